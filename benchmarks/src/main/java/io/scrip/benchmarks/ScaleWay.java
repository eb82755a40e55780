package io.scrip.benchmarks;

import java.util.List;

/**
 * A way into the ledger, with so much in flight.
 *
 * @param depth requests under way on each connection
 * @param batch transfers in a request
 */
record ScaleWay(String name, boolean binary, int connections, int depth, int batch) {
    /** With as many accounts as there are servers. */
    static final List<ScaleWay> BY_ACCOUNTS = List.of(
            new ScaleWay("binary, batches of 8,190, 4 in flight", true, 4, 1, 8_190),
            new ScaleWay("binary, 100 in flight", true, 10, 10, 1),
            new ScaleWay("HTTP, 64 connections", false, 64, 1, 1));

    /** With one number of accounts. */
    static final List<ScaleWay> BY_FLIGHT = List.of(
            new ScaleWay("binary, 1 in flight", true, 1, 1, 1),
            new ScaleWay("binary, 10 in flight", true, 10, 1, 1),
            new ScaleWay("binary, 100 in flight", true, 10, 10, 1),
            new ScaleWay("binary, 1,000 in flight", true, 10, 100, 1),
            new ScaleWay("HTTP, 1 in flight", false, 1, 1, 1),
            new ScaleWay("HTTP, 10 in flight", false, 10, 1, 1),
            new ScaleWay("HTTP, 100 in flight", false, 100, 1, 1),
            new ScaleWay("HTTP, 1,000 in flight", false, 1_000, 1, 1));

    private static final int MOST_IN_BATCHES = 800_000;
    private static final int MOST_BINARY = 400_000;
    private static final int MOST_HTTP = 120_000;
    private static final int MOST_OF_ONE_IN_FLIGHT = 20_000;

    /** More transfers a second than two cores have been seen to do: what room is made for. */
    long mostPerSecond() {
        if (batch > 1) {
            return MOST_IN_BATCHES;
        }
        return Math.min((long) MOST_OF_ONE_IN_FLIGHT * connections * depth, binary ? MOST_BINARY : MOST_HTTP);
    }
}
