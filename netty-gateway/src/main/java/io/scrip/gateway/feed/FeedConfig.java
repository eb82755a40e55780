package io.scrip.gateway.feed;

import java.util.concurrent.TimeUnit;

/**
 * Limits of the event feeds. Times in nanoseconds of a monotonic clock, lengths in bytes.
 *
 * @param maxFeeds         clients at the same time
 * @param chunkBytes       length from which on a chunk of the answer is sent
 * @param heartbeatNs      silence after which a blank line is sent
 * @param unwritableLimitNs how long a client may leave its buffer full
 */
public record FeedConfig(int maxFeeds, int chunkBytes, long heartbeatNs, long unwritableLimitNs) {

    /** What the API documents. */
    public static final FeedConfig DEFAULT =
            new FeedConfig(32, 32 << 10, TimeUnit.SECONDS.toNanos(15), TimeUnit.SECONDS.toNanos(10));

    public FeedConfig {
        if (maxFeeds < 1 || chunkBytes < 1 || chunkBytes > 256 << 10) {
            throw new IllegalArgumentException("at least one feed, and chunks of 1 byte to 256 KiB");
        }
        if (heartbeatNs < 1 || unwritableLimitNs < 1) {
            throw new IllegalArgumentException("time limits are positive");
        }
    }
}
