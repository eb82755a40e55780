package io.scrip.engine;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place in the ring: a copy of a message and who waits for the answer. Small messages lie in the slot's own piece
 * of one slab; a larger one brings a buffer that is given back as soon as it is answered.
 */
final class CommandSlot {
    static final int INLINE_BYTES = 512;

    private final UnsafeBuffer inline;
    private final LargeMessages largeMessages;
    private UnsafeBuffer large;
    private int length;
    private ReplySink sink;
    private long correlationId;
    private boolean journaled;

    /** Set by the journaller: 0 for a query. */
    long sequence;

    long timestampNs;
    /** Set by the journaller when there was no room for the command. */
    boolean refused;

    CommandSlot(byte[] slab, int index, LargeMessages largeMessages) {
        this.largeMessages = largeMessages;
        inline = new UnsafeBuffer(slab, index * INLINE_BYTES, INLINE_BYTES);
    }

    void fill(
            DirectBuffer message,
            int offset,
            int messageLength,
            UnsafeBuffer ownBuffer,
            ReplySink replySink,
            long correlation,
            boolean changesState) {
        // Without a sink until everything is in place: if the copy fails, the slot is an empty one.
        sink = null;
        large = ownBuffer;
        buffer().putBytes(0, message, offset, messageLength);
        length = messageLength;
        correlationId = correlation;
        journaled = changesState;
        sequence = 0;
        timestampNs = 0;
        refused = false;
        sink = replySink;
    }

    /** A place that was claimed but holds nothing: every stage passes it over. */
    boolean isEmpty() {
        return sink == null;
    }

    /** Whether the message belongs into the journal. */
    boolean isJournaled() {
        return journaled;
    }

    UnsafeBuffer buffer() {
        return large != null ? large : inline;
    }

    int length() {
        return length;
    }

    ReplySink sink() {
        return sink;
    }

    long correlationId() {
        return correlationId;
    }

    void clear() {
        if (large != null) {
            largeMessages.giveBack(large);
            large = null;
        }
        sink = null;
    }
}
