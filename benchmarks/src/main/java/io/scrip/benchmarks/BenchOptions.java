package io.scrip.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code scrip bench} was asked for.
 *
 * @param seconds   one measurement takes, after its warm-up
 * @param runs      of each measurement; their median is the figure
 * @param snapshots whether servers run with the follower that makes snapshots, as they do by default
 * @param folder    an existing folder for histograms and plots
 * @param accounts  numbers of accounts that was asked for, rising; empty for what each subject takes by itself
 */
public record BenchOptions(int seconds, int runs, boolean snapshots, Path folder, List<Integer> accounts) {
    private static final int LEAST_ACCOUNTS = 1_000;
    private static final int MOST_ACCOUNTS = 20_000_000;

    public BenchOptions {
        accounts = List.copyOf(accounts);
        if (seconds < 1 || seconds > 3_600) {
            throw new IllegalArgumentException("seconds must be 1 to 3600, not " + seconds);
        }
        if (runs < 1 || runs > 99) {
            throw new IllegalArgumentException("runs must be 1 to 99, not " + runs);
        }
    }

    /** With each subject's own numbers of accounts. */
    public BenchOptions(int seconds, int runs, boolean snapshots, Path folder) {
        this(seconds, runs, snapshots, folder, List.of());
    }

    /** The same with numbers of accounts, in any order. */
    BenchOptions withAccounts(List<Integer> counts) {
        for (int count : counts) {
            if (count < LEAST_ACCOUNTS || count > MOST_ACCOUNTS) {
                throw new IllegalArgumentException(
                        "accounts must be " + LEAST_ACCOUNTS + " to " + MOST_ACCOUNTS + ", not " + count);
            }
        }
        return new BenchOptions(
                seconds,
                runs,
                snapshots,
                folder,
                counts.stream().distinct().sorted().toList());
    }

    /** What was asked for, or else these. */
    List<Integer> accountsOr(List<Integer> usual) {
        return accounts.isEmpty() ? usual : accounts;
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
