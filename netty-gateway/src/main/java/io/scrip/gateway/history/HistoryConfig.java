package io.scrip.gateway.history;

/**
 * How much of the machine reading history may take.
 *
 * @param threads          reader threads
 * @param queueLength      requests that may wait for one; the next one is refused
 * @param maxScannedEvents event records read for one page of transactions
 */
public record HistoryConfig(int threads, int queueLength, int maxScannedEvents) {

    /** Two threads, 1,024 waiting requests, 20,000 records a page. */
    public static final HistoryConfig DEFAULT = new HistoryConfig(2, 1_024, 20_000);

    public HistoryConfig {
        if (threads < 1 || queueLength < 1 || maxScannedEvents < 1) {
            throw new IllegalArgumentException("threads, queue length and scanned events are at least 1");
        }
    }
}
