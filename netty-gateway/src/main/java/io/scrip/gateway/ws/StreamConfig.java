package io.scrip.gateway.ws;

import java.util.concurrent.TimeUnit;

/**
 * Limits of the wallet streams. Times in nanoseconds of a monotonic clock, lengths in bytes.
 *
 * @param maxMessageBytes    longest inbound message, all its fragments together
 * @param maxFragments       most frames of one inbound message
 * @param messagesPerSecond  inbound messages and pings answered in a second
 * @param pingIntervalNs     silence after which the server sends a ping, and again after as long
 * @param silenceLimitNs     silence after which a connection is dropped
 * @param unwritableLimitNs  how long a consumer may leave its buffer full
 * @param maxBehindBytes     how much news may pile up for a consumer that leaves its buffer full for a second and more
 * @param highWaterBytes     outbound bytes of a connection from which on its buffer counts as full
 * @param stateTimeoutNs     how long to try to get a wallet's state into the ring
 * @param closeTimeoutNs     how long a peer may take to answer a close frame
 * @param maxPerWallet       subscriptions of one wallet
 */
public record StreamConfig(
        int maxMessageBytes,
        int maxFragments,
        int messagesPerSecond,
        long pingIntervalNs,
        long silenceLimitNs,
        long unwritableLimitNs,
        long maxBehindBytes,
        int highWaterBytes,
        long stateTimeoutNs,
        long closeTimeoutNs,
        int maxPerWallet) {

    /** What the API documents. */
    public static final StreamConfig DEFAULT = new StreamConfig(
            64 << 10,
            16,
            50,
            TimeUnit.SECONDS.toNanos(20),
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(10),
            1 << 20,
            64 << 10,
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.SECONDS.toNanos(5),
            200);

    public StreamConfig {
        if (maxMessageBytes < 125 || maxFragments < 1 || messagesPerSecond < 1 || maxPerWallet < 1) {
            throw new IllegalArgumentException("a stream lets at least one short message in");
        }
        if (pingIntervalNs < 1 || silenceLimitNs <= pingIntervalNs) {
            throw new IllegalArgumentException("silence is allowed for longer than from one ping to the next");
        }
        if (unwritableLimitNs < 1 || stateTimeoutNs < 1 || closeTimeoutNs < 1) {
            throw new IllegalArgumentException("time limits are positive");
        }
        if (highWaterBytes < 1_024 || maxBehindBytes < 1_024) {
            throw new IllegalArgumentException("a consumer may be at least a kilobyte behind");
        }
    }

    int lowWaterBytes() {
        return highWaterBytes / 2;
    }
}
