package io.scrip.engine;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stages of the {@link Pipeline} without its threads: the caller says when a batch is taken, so that a run is a
 * function of what it is given. Who has a clock to keep sends ticks. For the simulator; a server uses
 * {@link Pipeline}. One thread.
 *
 * <p>What a stage throws leaves through {@link #runBatch}; the host must then not be used any more, as a process with
 * a failed stage must not.
 */
public final class InlineHost implements CommandPort {
    private final RingBuffer<CommandSlot> ring;
    private final LargeMessages largeMessages = new LargeMessages(Long.MAX_VALUE);
    private final Sequence taken = new Sequence();
    private final Journal journal;
    private final Journaller journaller;
    private final OneThreadStages stages;
    private boolean failed;

    public InlineHost(
            int ringSize, Journal journal, LedgerProcessor processor, Clock clock, EventListener eventListener) {
        this.journal = journal;
        byte[] slab = new byte[ringSize * CommandSlot.INLINE_BYTES];
        int[] made = new int[1];
        ring = RingBuffer.createSingleProducer(() -> new CommandSlot(slab, made[0]++, largeMessages), ringSize);
        ring.addGatingSequences(taken);
        journaller = new Journaller(journal, clock);
        LedgerStage ledger = new LedgerStage(ring, processor, eventListener);
        stages = new OneThreadStages(ring, journaller, ledger);
    }

    @Override
    public boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        boolean changesState = MessageShape.isJournaled(message, offset, length);
        if (failed || (changesState && journaller.isReadOnly()) || !ring.hasAvailableCapacity(1)) {
            return false;
        }
        UnsafeBuffer large = length > CommandSlot.INLINE_BYTES ? largeMessages.take(length) : null;
        long slot = ring.next();
        ring.get(slot).fill(message, offset, length, large, sink, correlationId, changesState);
        ring.publish(slot);
        return true;
    }

    @Override
    public String refusalCause() {
        if (failed) {
            return "stopping";
        }
        return journaller.isReadOnly() ? "read_only" : null;
    }

    /**
     * Journals, forces, applies and answers what has been offered, as one batch.
     *
     * @param most messages taken at most
     * @return how many were taken
     */
    public int runBatch(int most) {
        requireSound();
        long first = taken.get() + 1;
        long last = Math.min(ring.getCursor(), taken.get() + most);
        failed = true;
        for (long at = first; at <= last; at++) {
            stages.onEvent(ring.get(at), at, at == last);
        }
        failed = false;
        taken.set(last);
        return (int) (last - first + 1);
    }

    /** What the pipeline does when nothing has come for a while. */
    public void idle() {
        requireSound();
        failed = true;
        stages.onTimeout(ring.getCursor());
        failed = false;
    }

    /** Forces and closes the journal; everything offered must have been answered. */
    public void close() {
        requireSound();
        failed = true;
        journal.force();
        journal.close();
    }

    private void requireSound() {
        if (failed) {
            throw new IllegalStateException("a stage has failed, or the host is closed");
        }
    }
}
