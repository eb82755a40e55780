package io.scrip.engine;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.concurrent.locks.LockSupport;

/**
 * The stages with a thread to help: while a large batch is applied there, the next one is journalled and forced here.
 * What is small, and has nothing before it that is still being applied, is applied here at once: to hand it over would
 * take longer than to do it, and somebody waits.
 *
 * <pre>
 *   ring ──► journal, force ──┬── small, and the helper is idle ──► apply here
 *                             └── otherwise ──► {@link #durable} ──► apply there, in order
 * </pre>
 *
 * The ledger belongs to whoever applies. The helper takes it up only when {@code durable} is ahead of {@code applied},
 * and lets go of it by moving {@code applied} there; here it is taken up only when both are equal, and {@code durable}
 * is moved after {@code applied}. So there is never but one owner, and each sees what the one before it has written.
 */
final class TwoThreadStages implements EventHandler<CommandSlot> {
    /** Takes some hundred microseconds to apply, many times what a hand-over takes. */
    static final int LARGE_BYTES = 32 << 10;

    private static final int SPINS = 100;

    private final RingBuffer<CommandSlot> ring;
    private final Journaller journaller;
    private final LedgerStage ledger;
    private final boolean spin;
    /** Written by the ledger's owner. */
    private final Sequence applied = new Sequence();
    /** Written here alone. */
    private volatile long durable = applied.get();

    private volatile Thread helper;
    private volatile boolean isHelperAsleep;
    private volatile boolean isStopping;
    private long first = -1;
    private long bytes;

    /** @param spin whether the helper waits awake */
    TwoThreadStages(RingBuffer<CommandSlot> ring, Journaller journaller, LedgerStage ledger, boolean spin) {
        this.ring = ring;
        this.journaller = journaller;
        this.ledger = ledger;
        this.spin = spin;
    }

    /** Up to where slots may be used again. */
    Sequence applied() {
        return applied;
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        if (first < 0) {
            first = ringSequence;
            bytes = 0;
        }
        bytes += slot.length();
        journaller.onEvent(slot, ringSequence, endOfBatch);
        if (!endOfBatch) {
            return;
        }
        if (bytes < LARGE_BYTES && applied.get() == first - 1) {
            apply(first, ringSequence);
            durable = ringSequence;
        } else {
            durable = ringSequence;
            wakeHelper();
        }
        first = -1;
    }

    @Override
    public void onTimeout(long ringSequence) {
        journaller.onTimeout(ringSequence);
        if (applied.get() == durable) {
            ledger.onTimeout(ringSequence);
        }
    }

    /** The helper's whole life. */
    void help() {
        helper = Thread.currentThread();
        while (true) {
            long upTo = durable;
            long from = applied.get() + 1;
            if (from <= upTo) {
                applyInPieces(from, upTo);
            } else if (isStopping) {
                return;
            } else {
                await();
            }
        }
    }

    /** What waits is applied first. */
    void stop() {
        isStopping = true;
        wakeHelper();
    }

    private void wakeHelper() {
        if (isHelperAsleep) {
            LockSupport.unpark(helper);
        }
    }

    // Yielding is the point: the helper gives its core away only while there is nothing to do.
    @SuppressWarnings("ThreadPriorityCheck")
    private void await() {
        for (int i = 0; i < SPINS; i++) {
            if (hasWork()) {
                return;
            }
            Thread.onSpinWait();
        }
        if (spin) {
            Thread.yield();
            return;
        }
        // Said before the last look: whoever moves on after it sees it.
        isHelperAsleep = true;
        if (!hasWork() && !isStopping) {
            LockSupport.park(this);
        }
        isHelperAsleep = false;
    }

    private boolean hasWork() {
        return durable > applied.get();
    }

    /** So that who waits for the first of several large batches need not wait for the last. */
    private void applyInPieces(long from, long upTo) {
        long begin = from;
        while (begin <= upTo) {
            long end = begin;
            for (long sum = ring.get(end).length();
                    sum < LARGE_BYTES && end < upTo;
                    sum += ring.get(end).length()) {
                end++;
            }
            apply(begin, end);
            begin = end + 1;
        }
    }

    private void apply(long from, long upTo) {
        ledger.onBatchStart(upTo - from + 1, 0);
        for (long sequence = from; sequence <= upTo; sequence++) {
            ledger.onEvent(ring.get(sequence), sequence, sequence == upTo);
        }
        applied.set(upTo);
    }
}
