package io.scrip.snapshotter;

import io.scrip.engine.Journal;
import io.scrip.ledger.LedgerProcessor;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Copies of records that go from one thread to another together. Belongs to one thread at a time. */
final class RecordBatch {
    /** So many that waking the other thread costs little for each, so few that they stay in a cache. */
    private static final int MOST_RECORDS = 512;

    private static final int FULL_BYTES = 256 << 10;

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(FULL_BYTES);
    private final long[] sequences = new long[MOST_RECORDS];
    private final long[] timestampsNs = new long[MOST_RECORDS];
    private final int[] ends = new int[MOST_RECORDS];
    private int count;

    /** Told of the next few records before the first of them is applied. */
    @FunctionalInterface
    interface Foresight {
        void foresee(DirectBuffer record, int offset, int length);
    }

    void clear() {
        count = 0;
    }

    /** Only when it is not full; a record may be longer than any batch should be. */
    void add(long sequence, long timestampNs, DirectBuffer record, int offset, int length) {
        int start = end();
        bytes.putBytes(start, record, offset, length);
        sequences[count] = sequence;
        timestampsNs[count] = timestampNs;
        ends[count++] = start + length;
    }

    boolean isFull() {
        return count == MOST_RECORDS || end() >= FULL_BYTES;
    }

    /** Applies all records, and tells of the next few before the first of them. */
    void applyTo(Foresight foresight, Journal.RecordHandler handler) {
        for (int first = 0; first < count; first += LedgerProcessor.FORESEEN_TOGETHER) {
            int end = Math.min(first + LedgerProcessor.FORESEEN_TOGETHER, count);
            for (int i = first; i < end; i++) {
                foresight.foresee(bytes, start(i), length(i));
            }
            for (int i = first; i < end; i++) {
                handler.onRecord(sequences[i], timestampsNs[i], bytes, start(i), length(i));
            }
        }
    }

    int count() {
        return count;
    }

    DirectBuffer bytes() {
        return bytes;
    }

    long sequence(int index) {
        return sequences[index];
    }

    long timestampNs(int index) {
        return timestampsNs[index];
    }

    /** Where the record begins in {@link #bytes}. */
    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    int length(int index) {
        return ends[index] - start(index);
    }

    private int end() {
        return start(count);
    }
}
