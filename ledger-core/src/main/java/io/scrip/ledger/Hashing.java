package io.scrip.ledger;

import org.agrona.DirectBuffer;

/**
 * 64-bit mixing for maps, content comparison and state hashes: multiply to 128 bits and fold, as wyhash and its kin
 * do. Not cryptographic; where an adversary matters the bytes themselves are compared as well.
 */
final class Hashing {
    private static final long K0 = 0x9E3779B97F4A7C15L;
    private static final long K1 = 0xC2B2AE3D27D4EB4FL;
    private static final long K2 = 0x165667B19E3779F9L;

    private Hashing() {}

    static long mix(long a, long b) {
        long x = a ^ K0;
        long y = b ^ K1;
        long folded = (x * y) ^ Math.multiplyHigh(x, y);
        folded ^= folded >>> 32;
        folded *= K2;
        return folded ^ (folded >>> 29);
    }

    /** Hash of a stretch of a buffer; one that lies outside the heap, as none of the core's does, is copied. */
    static long ofBytes(long seed, DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        byte[] bytes = buffer.byteArray();
        if (bytes != null) {
            return ofBytes(seed, bytes, buffer.wrapAdjustment() + offset, length);
        }
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return ofBytes(seed, copy, 0, length);
    }

    /** Four words at a time go into four hashes of their own, so that no multiplication waits for the one before. */
    private static long ofBytes(long seed, byte[] bytes, int offset, int length) {
        long hash = mix(seed, length);
        int position = offset;
        int end = offset + length;
        if (length >= 4 * Long.BYTES) {
            long second = hash ^ K1;
            long third = hash ^ K2;
            long fourth = hash ^ K0;
            do {
                hash = mix(hash, LittleEndian.getLong(bytes, position));
                second = mix(second, LittleEndian.getLong(bytes, position + Long.BYTES));
                third = mix(third, LittleEndian.getLong(bytes, position + 2 * Long.BYTES));
                fourth = mix(fourth, LittleEndian.getLong(bytes, position + 3 * Long.BYTES));
                position += 4 * Long.BYTES;
            } while (end - position >= 4 * Long.BYTES);
            hash = mix(mix(hash, second), mix(third, fourth));
        }
        while (end - position >= Long.BYTES) {
            hash = mix(hash, LittleEndian.getLong(bytes, position));
            position += Long.BYTES;
        }
        if (position < end) {
            long tail = 0;
            for (int shift = 0; position < end; position++, shift += 8) {
                tail |= (bytes[position] & 0xFFL) << shift;
            }
            hash = mix(hash, tail);
        }
        return hash;
    }
}
