package io.scrip.tools;

import io.scrip.gateway.auth.RateLimit;
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
 */
record ServerConfig(
        Path dataFolder,
        String bindAddress,
        int port,
        DurabilityMode durability,
        RateLimit rateLimit,
        ThreadLayout threads,
        String operatorKey,
        SnapshotOptions snapshots) {

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
        if (operatorKey != null) {
            OperatorKey.check(operatorKey);
        }
    }

    /** A log that shows the configuration must not show the key. */
    @Override
    public String toString() {
        return "ServerConfig[" + dataFolder + ", " + bindAddress + ":" + port + ", " + durability + "]";
    }
}
