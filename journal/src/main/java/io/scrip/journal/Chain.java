package io.scrip.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where a journal stands after a record: its sequence, its timestamp and the hash over everything up to it.
 *
 * <p>The hash of a record is SHA-256 over its sequence, timestamp, the hash before it and its payload. What depends on
 * when a force happened stays out, so the chain is a function of the commands alone. One thread; allocates nothing
 * after it was made.
 */
final class Chain {
    static final int HASH_LENGTH = 32;

    private final MessageDigest sha256;
    private final byte[] hash = new byte[HASH_LENGTH];
    private long sequence;
    private long timestampNs;

    Chain() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    static Chain at(Mark mark) {
        Chain chain = new Chain();
        chain.moveTo(mark);
        return chain;
    }

    void moveTo(Mark mark) {
        sha256.reset();
        sequence = mark.sequence();
        timestampNs = mark.timestampNs();
        mark.copyHashTo(hash);
    }

    Mark mark() {
        return Mark.of(sequence, timestampNs, hash);
    }

    long sequence() {
        return sequence;
    }

    long timestampNs() {
        return timestampNs;
    }

    /** The hash itself, not a copy: read only. */
    byte[] hash() {
        return hash;
    }

    /** Adds bytes of the next record. */
    void add(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
    }

    /** The bytes added are the next record. */
    void advance(long recordSequence, long recordTimestampNs) {
        try {
            sha256.digest(hash, 0, HASH_LENGTH);
        } catch (DigestException wrongLength) {
            throw new IllegalStateException("SHA-256 does not fit its own length", wrongLength);
        }
        sequence = recordSequence;
        timestampNs = recordTimestampNs;
    }

    /** Forgets bytes that were added for a record that turned out not to be one. */
    void forget() {
        sha256.reset();
    }
}
