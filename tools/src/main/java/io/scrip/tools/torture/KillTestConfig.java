package io.scrip.tools.torture;

import java.nio.file.Path;
import java.util.List;

/**
 * One run of the kill test.
 *
 * @param serverCommand starts the server; {@code --data}, {@code --port} and {@code --rate-limit} are appended
 * @param folder        an empty or missing folder for the ledger's data and the test's own log
 * @param seconds       of load before the latest kill of each round
 */
record KillTestConfig(
        List<String> serverCommand, Path folder, int wallets, int connections, int seconds, int kills, long seed) {
    KillTestConfig {
        serverCommand = List.copyOf(serverCommand);
        inRange("--wallets", wallets, 2, 1_000_000);
        inRange("--connections", connections, 1, 1_000);
        inRange("--seconds", seconds, 1, 3_600);
        inRange("--kills", kills, 1, 10_000);
    }

    private static void inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
