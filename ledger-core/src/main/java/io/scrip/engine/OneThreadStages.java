package io.scrip.engine;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;

/**
 * Both stages on one thread, for machines with few cores: journals a whole batch, then applies that batch. The order
 * is the same as with two threads, only without their hand-over.
 */
final class OneThreadStages implements EventHandler<CommandSlot> {
    private final RingBuffer<CommandSlot> ring;
    private final Journaller journaller;
    private final LedgerStage ledger;
    private long first = -1;

    OneThreadStages(RingBuffer<CommandSlot> ring, Journaller journaller, LedgerStage ledger) {
        this.ring = ring;
        this.journaller = journaller;
        this.ledger = ledger;
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        if (first < 0) {
            first = ringSequence;
        }
        journaller.onEvent(slot, ringSequence, endOfBatch);
        if (endOfBatch) {
            ledger.onBatchStart(ringSequence - first + 1, 0);
            for (long sequence = first; sequence <= ringSequence; sequence++) {
                ledger.onEvent(ring.get(sequence), sequence, sequence == ringSequence);
            }
            first = -1;
        }
    }

    @Override
    public void onTimeout(long ringSequence) {
        journaller.onTimeout(ringSequence);
        ledger.onTimeout(ringSequence);
    }
}
