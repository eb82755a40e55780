package io.scrip.gateway;

import io.scrip.gateway.auth.RateLimit;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and within which limits the gateway serves. {@link #defaults()} and the {@code with…} methods build one.
 *
 * @param bindAddress address or host name to listen on
 * @param port TCP port, 0 for any free one
 * @param threads event loops
 * @param rateLimit of each wallet key; the operator's has none
 * @param maxConnections at the same time, in all
 * @param maxConnectionsPerAddress at the same time from one remote address
 * @param limitLoopback whether the limit per address also holds for connections from this machine, which usually come
 *     from a proxy or a load driver
 * @param timeouts how long anything may take
 * @param transport how the event loops talk to the kernel
 * @param lingerNs  how long an event loop stays awake after it had something to do; 0: not at all
 */
public record GatewayConfig(
        String bindAddress,
        int port,
        int threads,
        RateLimit rateLimit,
        int maxConnections,
        int maxConnectionsPerAddress,
        boolean limitLoopback,
        Timeouts timeouts,
        Transport transport,
        long lingerNs) {

    /** Largest body of an ordinary request. */
    public static final int MAX_BODY_BYTES = 16 << 10;

    /** Largest body of a batch. */
    public static final int MAX_BATCH_BODY_BYTES = 2 << 20;

    /** A thread that stays awake for longer than this does nothing but that. */
    public static final long MAX_LINGER_NS = 10_000_000;

    /** Requests that a connection may have in hand; further ones wait unread. */
    public static final int MAX_PIPELINED = 16;

    /**
     * Absolute limits, none of them reset by progress.
     *
     * @param head from the first byte of a request (or from the accept) to the end of its head
     * @param body from the end of the head to the end of the body
     * @param idle between an answer and the next request
     * @param outcome from the acceptance of a command to its outcome; then the answer is 504
     * @param write how long a client may leave its answers unread
     */
    public record Timeouts(Duration head, Duration body, Duration idle, Duration outcome, Duration write) {
        /** What the reliability checklist asks for. */
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));

        public Timeouts {
            requirePositive("head", head);
            requirePositive("body", body);
            requirePositive("idle", idle);
            requirePositive("outcome", outcome);
            requirePositive("write", write);
        }

        private static void requirePositive(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("timeout " + name + " must be positive, not " + duration);
            }
        }
    }

    public GatewayConfig {
        Objects.requireNonNull(bindAddress, "bindAddress");
        Objects.requireNonNull(rateLimit, "rateLimit");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(transport, "transport");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be 1 to 256, not " + threads);
        }
        if (lingerNs < 0 || lingerNs > MAX_LINGER_NS) {
            throw new IllegalArgumentException("lingerNs must be 0 to " + MAX_LINGER_NS + ", not " + lingerNs);
        }
        if (maxConnections < 1 || maxConnectionsPerAddress < 1) {
            throw new IllegalArgumentException("at least one connection must be allowed");
        }
    }

    /** Loopback, port 8080, and what suits the number of cores. */
    public static GatewayConfig defaults() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new GatewayConfig(
                "127.0.0.1",
                8080,
                Math.max(1, cores / 2),
                RateLimit.ORDINARY,
                10_000,
                64,
                false,
                Timeouts.DEFAULT,
                Transport.AUTO,
                0);
    }

    public GatewayConfig withAddress(String address, int tcpPort) {
        return copy(address, tcpPort, threads, rateLimit, timeouts, transport, lingerNs);
    }

    public GatewayConfig withThreads(int count) {
        return copy(bindAddress, port, count, rateLimit, timeouts, transport, lingerNs);
    }

    public GatewayConfig withRateLimit(RateLimit limit) {
        return copy(bindAddress, port, threads, limit, timeouts, transport, lingerNs);
    }

    public GatewayConfig withConnections(int total, int perAddress, boolean alsoLoopback) {
        return new GatewayConfig(
                bindAddress, port, threads, rateLimit, total, perAddress, alsoLoopback, timeouts, transport, lingerNs);
    }

    /** The same with another limit in all; the limit per address stays. */
    public GatewayConfig withMaxConnections(int total) {
        return withConnections(total, maxConnectionsPerAddress, limitLoopback);
    }

    public GatewayConfig withTimeouts(Timeouts limits) {
        return copy(bindAddress, port, threads, rateLimit, limits, transport, lingerNs);
    }

    public GatewayConfig withTransport(Transport wanted) {
        return copy(bindAddress, port, threads, rateLimit, timeouts, wanted, lingerNs);
    }

    public GatewayConfig withLinger(long ns) {
        return copy(bindAddress, port, threads, rateLimit, timeouts, transport, ns);
    }

    private GatewayConfig copy(
            String address, int tcpPort, int loops, RateLimit limit, Timeouts limits, Transport io, long ns) {
        return new GatewayConfig(
                address,
                tcpPort,
                loops,
                limit,
                maxConnections,
                maxConnectionsPerAddress,
                limitLoopback,
                limits,
                io,
                ns);
    }
}
