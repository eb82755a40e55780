package io.scrip.testkit.sim;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.LongArrayList;

/** The simulator's own copy of what was journaled, from the first record on. */
final class CommandLog {
    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(1 << 16);
    private final LongArrayList ends = new LongArrayList();
    private final LongArrayList timestamps = new LongArrayList();

    /** Receives one command. */
    interface Handler {
        void onCommand(long sequence, long timestampNs, DirectBuffer buffer, int offset, int length);
    }

    long last() {
        return ends.size();
    }

    /** Bytes of all commands together. */
    long lengthBytes() {
        return end();
    }

    void add(long timestampNs, DirectBuffer command, int offset, int length) {
        int at = end();
        bytes.putBytes(at, command, offset, length);
        ends.addLong(at + length);
        timestamps.addLong(timestampNs);
    }

    void truncateAfter(long sequence) {
        while (last() > sequence) {
            ends.removeAt(ends.size() - 1);
            timestamps.removeAt(timestamps.size() - 1);
        }
    }

    boolean holds(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        if (sequence < 1 || sequence > last() || timestamps.getLong((int) sequence - 1) != timestampNs) {
            return false;
        }
        int start = start(sequence);
        if ((int) ends.getLong((int) sequence - 1) - start != length) {
            return false;
        }
        return isSame(bytes, start, command, offset, length);
    }

    /** Whether two stretches hold the same bytes. */
    static boolean isSame(DirectBuffer one, int oneOffset, DirectBuffer other, int otherOffset, int length) {
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if (one.getLong(oneOffset + at) != other.getLong(otherOffset + at)) {
                return false;
            }
        }
        for (; at < length; at++) {
            if (one.getByte(oneOffset + at) != other.getByte(otherOffset + at)) {
                return false;
            }
        }
        return true;
    }

    void each(long from, long to, Handler handler) {
        for (long sequence = from; sequence <= to; sequence++) {
            int start = start(sequence);
            int length = (int) ends.getLong((int) sequence - 1) - start;
            handler.onCommand(sequence, timestamps.getLong((int) sequence - 1), bytes, start, length);
        }
    }

    private int start(long sequence) {
        return sequence == 1 ? 0 : (int) ends.getLong((int) sequence - 2);
    }

    private int end() {
        return start(last() + 1);
    }
}
