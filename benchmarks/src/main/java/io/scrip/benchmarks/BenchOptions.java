package io.scrip.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What {@code scrip bench} was asked for.
 *
 * @param seconds   one measurement takes, after its warm-up
 * @param runs      of each measurement; their median is the figure
 * @param snapshots whether servers run with the follower that makes snapshots, as they do by default
 * @param folder    an existing folder for histograms and plots
 */
public record BenchOptions(int seconds, int runs, boolean snapshots, Path folder) {
    public BenchOptions {
        if (seconds < 1 || seconds > 3_600) {
            throw new IllegalArgumentException("seconds must be 1 to 3600, not " + seconds);
        }
        if (runs < 1 || runs > 99) {
            throw new IllegalArgumentException("runs must be 1 to 99, not " + runs);
        }
    }

    public long durationNs() {
        return seconds * 1_000_000_000L;
    }

    /** Of some runs; the mean of the middle two when their number is even. */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
