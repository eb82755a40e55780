package io.scrip.engine;

/**
 * Which API key hash belongs to whom: the gateway's view of keys that the core has recorded. A hash is the first
 * 16 bytes of SHA-256 over the key's UTF-8 bytes, as two big-endian longs.
 *
 * <p>Written by the pipeline's thread (and by recovery before it starts), read by any thread.
 */
public interface KeyDirectory {

    /** Whether this is the hash of a live key of that wallet. Constant time for a given wallet. */
    boolean isWalletKey(long wallet, long keyHashHigh, long keyHashLow);

    /** Whether this is the hash of a live operator key. */
    boolean isOperatorKey(long keyHashHigh, long keyHashLow);
}
