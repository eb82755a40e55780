package io.scrip.engine;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;

/**
 * Spins, then yields, and gives up after a while so that the handler hears of idleness: the lowest latency there is,
 * for a whole core.
 */
final class TimedWait implements WaitStrategy {
    private static final int SPINS = 200;

    private final long timeoutNs;

    TimedWait(long timeoutNs) {
        this.timeoutNs = timeoutNs;
    }

    // Yielding is the point: the thread gives its core away only while there is nothing to do.
    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException, TimeoutException {
        long available = dependent.get();
        if (available >= sequence) {
            return available;
        }
        long startNs = System.nanoTime();
        int spins = SPINS;
        while ((available = dependent.get()) < sequence) {
            barrier.checkAlert();
            if (spins > 0) {
                spins--;
                Thread.onSpinWait();
            } else if (System.nanoTime() - startNs > timeoutNs) {
                throw TimeoutException.INSTANCE;
            } else {
                Thread.yield();
            }
        }
        return available;
    }

    @Override
    public void signalAllWhenBlocking() {
        // Nobody blocks.
    }
}
