package io.scrip.journal;

import java.util.HexFormat;

/**
 * A place in the order of records: what was true after record {@code sequence}.
 *
 * @param hashHex SHA-256 of the chain up to it, 64 lower-case hexadecimal digits; all zero before the first record
 */
record Mark(long sequence, long timestampNs, String hashHex) {
    static final Mark START = new Mark(0, 0, "0".repeat(2 * Chain.HASH_LENGTH));

    Mark {
        if (sequence < 0 || timestampNs < 0 || hashHex.length() != 2 * Chain.HASH_LENGTH) {
            throw new IllegalArgumentException("no such mark: " + sequence + " " + timestampNs + " " + hashHex);
        }
    }

    static Mark of(long sequence, long timestampNs, byte[] hash) {
        return new Mark(sequence, timestampNs, HexFormat.of().formatHex(hash));
    }

    /** For logs without a chain. */
    static Mark of(long sequence) {
        return new Mark(sequence, 0, START.hashHex);
    }

    void copyHashTo(byte[] target) {
        byte[] bytes = HexFormat.of().parseHex(hashHex);
        System.arraycopy(bytes, 0, target, 0, bytes.length);
    }
}
