package io.scrip.client;

import java.time.Duration;
import java.util.Objects;

/**
 * Where a client connects and how it behaves. Immutable; {@link #to} and the {@code with…} methods build one.
 *
 * @param host               of the server's binary listener
 * @param port               its port
 * @param key                an API key; everything the client sends comes on its authority
 * @param deadline           how long a request may take in all, retries among it
 * @param connectTimeout     how long an attempt to connect may take
 * @param maxPending         requests without an answer; what happens beyond is said by {@code whenFull}
 * @param whenFull           what to do with a request that is one too many
 * @param maxBatchItems      most commands that are sent as one batch; 1: none are put together
 * @param maxBatchesInFlight batches without an answer; while there are so many, what comes gathers for the next one
 */
public record ClientOptions(
        String host,
        int port,
        String key,
        Duration deadline,
        Duration connectTimeout,
        int maxPending,
        WhenFull whenFull,
        int maxBatchItems,
        int maxBatchesInFlight) {
    /** Most commands the server takes in one batch. */
    public static final int MAX_BATCH_ITEMS = 8_190;

    /** What to do when as many requests wait as may. */
    public enum WhenFull {
        /** The calling thread waits, unless it is the client's own, which must not. */
        BLOCK,
        /** The request fails at once: nothing was sent. */
        FAIL
    }

    public ClientOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(whenFull, "whenFull");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
        }
        if (deadline.isNegative() || deadline.isZero() || connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("deadline and connectTimeout must be positive");
        }
        if (maxPending < 1 || maxPending > 1 << 20) {
            throw new IllegalArgumentException("maxPending must be 1 to 2^20, not " + maxPending);
        }
        if (maxBatchItems < 1 || maxBatchItems > MAX_BATCH_ITEMS) {
            throw new IllegalArgumentException("maxBatchItems must be 1 to 8,190, not " + maxBatchItems);
        }
        if (maxBatchesInFlight < 1 || maxBatchesInFlight > 1_024) {
            throw new IllegalArgumentException("maxBatchesInFlight must be 1 to 1,024, not " + maxBatchesInFlight);
        }
    }

    /** Waits when full, ten seconds for everything, and batches of all that has gathered. */
    public static ClientOptions to(String host, int port, String key) {
        return new ClientOptions(
                host,
                port,
                key,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                32_768,
                WhenFull.BLOCK,
                MAX_BATCH_ITEMS,
                2);
    }

    public ClientOptions withDeadline(Duration limit) {
        return new ClientOptions(
                host, port, key, limit, connectTimeout, maxPending, whenFull, maxBatchItems, maxBatchesInFlight);
    }

    public ClientOptions withPending(int most, WhenFull then) {
        return new ClientOptions(
                host, port, key, deadline, connectTimeout, most, then, maxBatchItems, maxBatchesInFlight);
    }

    public ClientOptions withBatches(int mostItems, int mostInFlight) {
        return new ClientOptions(
                host, port, key, deadline, connectTimeout, maxPending, whenFull, mostItems, mostInFlight);
    }

    /** A log that shows the options must not show the key. */
    @Override
    public String toString() {
        return "ClientOptions[" + host + ":" + port + ", deadline " + deadline + "]";
    }
}
