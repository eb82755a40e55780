package io.scrip.tools;

import java.nio.file.Path;

/**
 * What {@code scrip serve} was asked to do.
 *
 * @param dataFolder        absolute; holds everything that outlives the process
 * @param bindAddress       a numeric address or a host name of this machine
 * @param port              0 to 65,535; 0 takes a free one
 * @param syncEachBatch     true: an answer means that the device has it; false: that the operating system has it
 * @param requestsPerSecond of one key; 0: unlimited
 * @param operatorKey       of the first start; {@code null}: make one
 */
record ServerConfig(
        Path dataFolder,
        String bindAddress,
        int port,
        boolean syncEachBatch,
        int requestsPerSecond,
        String operatorKey) {

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
        if (requestsPerSecond < 0) {
            throw new Refusal(ExitCode.USAGE, "--rate-limit must be 0 (unlimited) or more, not " + requestsPerSecond);
        }
        if (operatorKey != null) {
            OperatorKey.check(operatorKey);
        }
    }

    /** Two ledgers' keys must not meet in a log: neither does this record print its own. */
    @Override
    public String toString() {
        return "ServerConfig[" + dataFolder + ", " + bindAddress + ":" + port + ", sync=" + syncEachBatch + "]";
    }
}
