package io.scrip.tools.load;

import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Counts answers and records latencies of one driver. Written by the driver's thread; {@link #addTo} and {@link #count}
 * may be called by one other thread.
 */
// An array with a place for each counter is what its reader and its writer can share without locks.
@SuppressWarnings("EnumOrdinal")
final class Meter {
    static final long HIGHEST_NS = 3_600_000_000_000L;
    static final int DIGITS = 3;

    private final SingleWriterRecorder latencies = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
    private final AtomicLongArray counts = new AtomicLongArray(Count.values().length);
    private Histogram recycled;

    /** What is counted. */
    enum Count {
        /** Answered requests. */
        ANSWERS("answers"),
        /** Operations in them that were applied, or reads that were answered; a batch has many. */
        APPLIED("applied"),
        /** Operations refused by the ledger's rules, such as for want of funds. */
        REFUSED("refused"),
        /** 429: the server's limit of a key. */
        LIMITED("limited"),
        /** 503: not accepted. */
        OVERLOADED("overloaded"),
        /** Any other answer. */
        UNEXPECTED("unexpected"),
        /** Requests whose connection broke before the answer. */
        LOST("lost"),
        /** Requests that were due and could not be sent before the end. */
        UNSENT("unsent");

        private final String word;

        Count(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Histogram newHistogram() {
        return new Histogram(HIGHEST_NS, DIGITS);
    }

    void record(long latencyNs) {
        latencies.recordValue(Math.max(0, Math.min(latencyNs, HIGHEST_NS)));
    }

    void add(Count count, long more) {
        // One writer: no need for an atomic addition.
        counts.lazySet(count.ordinal(), counts.get(count.ordinal()) + more);
    }

    long count(Count count) {
        return counts.get(count.ordinal());
    }

    /** Adds what was recorded since the last call. */
    void addTo(Histogram sum) {
        recycled = latencies.getIntervalHistogram(recycled);
        sum.add(recycled);
    }
}
