package io.scrip.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What the servers of {@link ScaleBench} need when the machine is as fast as it can be: every transfer leaves two ids in
 * memory (the core's and its follower's) and two records on the disk, and a fast machine does many of them.
 *
 * @param counts      of accounts, one server each, rising
 * @param flightIndex which of the servers is also measured by requests in flight
 */
record ScaleNeeds(List<Integer> counts, int flightIndex, double byAccountsSeconds, double byFlightSeconds) {
    /** A wallet with its key and account and two ids, twice but for the key, as in the table of live heaps. */
    private static final long HEAP_BYTES_PER_ACCOUNT = 850;

    private static final long HEAP_BYTES_PER_TRANSFER = 110;
    /** Young generation, classes' data, and room to collect in. */
    private static final long LEAST_HEAP_BYTES = 1L << 30;

    private static final long REMEMBERED_IDS = 50_000_000;
    private static final long DISK_BYTES_PER_ACCOUNT = 1_800;
    private static final long DISK_BYTES_PER_TRANSFER = 560;
    /** This process, and what three of the servers have beside their heaps. */
    private static final long OTHER_MEMORY_BYTES = 2L << 30;

    private static final long OTHER_DISK_BYTES = 2L << 30;
    private static final double MAKER_PART = 0.7;

    static ScaleNeeds of(List<Integer> counts, BenchOptions options, long warmUpNs, long firstWarmUpNs) {
        double each = options.runs() * (options.durationNs() + warmUpNs) / 1e9;
        return new ScaleNeeds(counts, counts.size() / 2, each + firstWarmUpNs / 1e9, each);
    }

    /** Why it cannot be done here, null when it can. */
    String missing(long availableMemoryBytes, long freeDiskBytes) {
        long memory = OTHER_MEMORY_BYTES;
        long disk = OTHER_DISK_BYTES;
        for (int i = 0; i < counts.size(); i++) {
            memory += heapBytes(i);
            disk += counts.get(i) * DISK_BYTES_PER_ACCOUNT + transfers(i) * DISK_BYTES_PER_TRANSFER;
        }
        if (memory > availableMemoryBytes) {
            return String.format(
                    Locale.ROOT,
                    "needs %.1f GiB of memory, %.1f are available; --accounts asks for fewer",
                    gib(memory),
                    gib(availableMemoryBytes));
        }
        if (disk > freeDiskBytes) {
            return String.format(
                    Locale.ROOT,
                    "needs %.1f GiB on the disk, %.1f are free; --accounts asks for fewer, --out for another disk",
                    gib(disk),
                    gib(freeDiskBytes));
        }
        return null;
    }

    private static double gib(long bytes) {
        return (double) bytes / (1L << 30);
    }

    /** That the server with this index is given. */
    long heapBytes(int index) {
        return LEAST_HEAP_BYTES
                + counts.get(index) * HEAP_BYTES_PER_ACCOUNT
                + Math.min(REMEMBERED_IDS, transfers(index)) * HEAP_BYTES_PER_TRANSFER;
    }

    /** That making such a ledger takes: one core, and no follower. */
    static long makerHeapBytes(int accounts) {
        return LEAST_HEAP_BYTES + (long) (accounts * MAKER_PART * HEAP_BYTES_PER_ACCOUNT);
    }

    private long transfers(int index) {
        double sum = 0;
        for (ScaleWay way : ScaleWay.BY_ACCOUNTS) {
            sum += way.mostPerSecond() * byAccountsSeconds;
        }
        if (index == flightIndex) {
            for (ScaleWay way : ScaleWay.BY_FLIGHT) {
                sum += way.mostPerSecond() * byFlightSeconds;
            }
        }
        return (long) sum;
    }
}
