package io.scrip.gateway.binary;

import io.scrip.ledger.MessageShape;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and within which limits binary connections are served.
 *
 * @param bindAddress      address or host name of the TCP listener
 * @param port             its port, 0 for any free one; {@link #NO_LISTENER} for none: only {@code /ws/commands} serves
 * @param maxInFlight      requests of one connection without an answer; further ones wait unread
 * @param maxBytesInFlight bytes of such requests, from which on nothing more is read
 * @param hello            from the accept to the whole of the first message
 * @param idle             silence after which a connection is closed
 * @param frame            from the first byte of a frame to its last
 * @param ringWait         how long a frame may wait for a place in the ring before it is refused
 */
public record BinaryConfig(
        String bindAddress,
        int port,
        int maxInFlight,
        int maxBytesInFlight,
        Duration hello,
        Duration idle,
        Duration frame,
        Duration ringWait) {
    /** A port that stands for no listener. */
    public static final int NO_LISTENER = -1;

    /** The request number and the longest message. */
    public static final int MAX_FRAME_BYTES = Long.BYTES + MessageShape.MAX_MESSAGE_BYTES;

    /** What the documentation says. */
    public static final BinaryConfig DEFAULT = new BinaryConfig(
            "127.0.0.1",
            NO_LISTENER,
            4_096,
            16 << 20,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMillis(250));

    public BinaryConfig {
        Objects.requireNonNull(bindAddress, "bindAddress");
        if (port < NO_LISTENER || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, or -1 for none, not " + port);
        }
        if (maxInFlight < 1 || maxInFlight > Requests.MAX_SLOTS || maxBytesInFlight < 1) {
            throw new IllegalArgumentException("at least one request must be allowed in flight, at most 2^20");
        }
        requirePositive("hello", hello);
        requirePositive("idle", idle);
        requirePositive("frame", frame);
        requirePositive("ringWait", ringWait);
    }

    /** The same with a TCP listener. */
    public BinaryConfig withAddress(String address, int tcpPort) {
        return new BinaryConfig(address, tcpPort, maxInFlight, maxBytesInFlight, hello, idle, frame, ringWait);
    }

    /** The same with other bounds on what is in flight. */
    public BinaryConfig withInFlight(int requests, int bytes) {
        return new BinaryConfig(bindAddress, port, requests, bytes, hello, idle, frame, ringWait);
    }

    /** The same with other time limits. */
    public BinaryConfig withTimeouts(
            Duration helloLimit, Duration idleLimit, Duration frameLimit, Duration ringWaitLimit) {
        return new BinaryConfig(
                bindAddress, port, maxInFlight, maxBytesInFlight, helloLimit, idleLimit, frameLimit, ringWaitLimit);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("timeout " + name + " must be positive, not " + duration);
        }
    }
}
