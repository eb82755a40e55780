package io.scrip.testkit.sim;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** A hash over everything that happens in a run, in order: two runs of a seed must end with the same one. */
final class Trace {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long hash = FACTOR;

    void note(long value) {
        long mixed = (hash ^ value) * FACTOR;
        hash = mixed ^ (mixed >>> 29);
    }

    void note(DirectBuffer buffer, int offset, int length) {
        note(hashOf(buffer, offset, length));
    }

    long hash() {
        return hash;
    }

    /** For telling contents apart, not for keeping anybody from making equal ones. */
    static long hashOf(DirectBuffer buffer, int offset, int length) {
        long hash = FACTOR ^ length;
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ buffer.getLong(at, ByteOrder.LITTLE_ENDIAN)) * FACTOR;
            hash ^= hash >>> 31;
        }
        for (; at < end; at++) {
            hash = (hash ^ buffer.getByte(at)) * FACTOR;
            hash ^= hash >>> 31;
        }
        return hash;
    }
}
