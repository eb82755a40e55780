package io.scrip.engine;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Sleeps until it is told that there is something, and gives up after a while so that the handler hears of idleness.
 *
 * <p>Publishing does not wake anybody, unlike with the Disruptor's own blocking strategies: a producer that has many
 * messages publishes them all and then calls {@link #signal} once. So a batch is what arrived together, not its first
 * message alone with the rest one force later. A signal that never comes costs the rest of the timeout, nothing else.
 */
final class SignalledWait implements WaitStrategy {
    private static final int SPINS = 1_000;

    private final long timeoutNs;
    private final Object lock = new Object();
    private volatile int sleepers;

    SignalledWait(long timeoutNs) {
        this.timeoutNs = timeoutNs;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException, InterruptedException, TimeoutException {
        if (cursor.get() < sequence) {
            sleep(sequence, cursor, barrier);
        }
        return follow(sequence, dependent, barrier);
    }

    // The only writers of the number of sleepers hold the lock.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void sleep(long sequence, Sequence cursor, SequenceBarrier barrier)
            throws AlertException, InterruptedException, TimeoutException {
        long deadlineNs = System.nanoTime() + timeoutNs;
        synchronized (lock) {
            // Said before the last look: whoever publishes after it sees it, see signal().
            sleepers++;
            try {
                while (cursor.get() < sequence) {
                    barrier.checkAlert();
                    long leftNs = deadlineNs - System.nanoTime();
                    if (leftNs <= 0) {
                        throw TimeoutException.INSTANCE;
                    }
                    TimeUnit.NANOSECONDS.timedWait(lock, leftNs);
                }
            } finally {
                sleepers--;
            }
        }
    }

    /** The stage before this one has the messages in hand and will not be long. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static long follow(long sequence, Sequence dependent, SequenceBarrier barrier) throws AlertException {
        int spins = SPINS;
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            if (spins > 0) {
                spins--;
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            available = dependent.get();
        }
        return available;
    }

    /** Wakes whoever sleeps. After what was published; any thread. */
    void signal() {
        // Between the publication and the look at the sleepers; the sleeper has its own order the other way round.
        VarHandle.fullFence();
        if (sleepers != 0) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        // The pipeline signals by itself, once for many.
    }
}
