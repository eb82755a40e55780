package io.scrip.tools;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.BinaryConfig;
import io.scrip.journal.DurabilityMode;
import java.nio.file.Path;

/**
 * What {@code scrip serve} was asked to do.
 *
 * @param dataFolder  absolute; holds everything that outlives the process
 * @param bindAddress a numeric address or a host name of this machine
 * @param port        0 to 65,535; 0 takes a free one
 * @param durability  what an answer promises
 * @param rateLimit   of one wallet's key
 * @param threads     how many do what
 * @param operatorKey of the first start; {@code null}: make one
 * @param snapshots   whether and when they are made
 * @param binary      where binary connections are served beside {@code /ws/commands}
 * @param connections at the same time, of every kind together
 */
record ServerConfig(
        Path dataFolder,
        String bindAddress,
        int port,
        DurabilityMode durability,
        RateLimit rateLimit,
        ThreadLayout threads,
        String operatorKey,
        SnapshotOptions snapshots,
        BinaryConfig binary,
        int connections) {
    /** As many as one usually lets in. */
    static final int USUAL_CONNECTIONS = GatewayConfig.defaults().maxConnections();

    /** A million sockets take some gigabytes of the kernel's memory: whoever asks for more has mistyped. */
    private static final int MOST_CONNECTIONS = 1_000_000;

    /** Without a TCP listener for binary connections, and with as many connections as usual. */
    ServerConfig(
            Path dataFolder,
            String bindAddress,
            int port,
            DurabilityMode durability,
            RateLimit rateLimit,
            ThreadLayout threads,
            String operatorKey,
            SnapshotOptions snapshots) {
        this(
                dataFolder,
                bindAddress,
                port,
                durability,
                rateLimit,
                threads,
                operatorKey,
                snapshots,
                BinaryConfig.DEFAULT,
                USUAL_CONNECTIONS);
    }

    ServerConfig {
        if (!dataFolder.isAbsolute()) {
            throw new IllegalArgumentException("the data folder must be absolute: " + dataFolder);
        }
        if (port < 0 || port > 65_535) {
            throw new Refusal(ExitCode.USAGE, "--port must be 0 to 65535, not " + port);
        }
        if (bindAddress.isBlank()) {
            throw new Refusal(ExitCode.USAGE, "--bind needs an address, for example 127.0.0.1");
        }
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new Refusal(
                    ExitCode.USAGE, "--connections must be 1 to " + MOST_CONNECTIONS + ", not " + connections);
        }
        if (operatorKey != null) {
            OperatorKey.check(operatorKey);
        }
    }

    /** Where and within which limits the outside is served. */
    GatewayConfig gateway() {
        return threads.gateway()
                .withAddress(bindAddress, port)
                .withRateLimit(rateLimit)
                .withMaxConnections(connections);
    }

    /** A log that shows the configuration must not show the key. */
    @Override
    public String toString() {
        return "ServerConfig[" + dataFolder + ", " + bindAddress + ":" + port + ", " + durability + "]";
    }
}
