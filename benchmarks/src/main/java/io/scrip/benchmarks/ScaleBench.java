package io.scrip.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.scrip.tools.load.LoadResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the whole server's throughput changes with the number of accounts, and with the number of requests in flight. The
 * servers, one for each number of accounts, run side by side and take turns, so that what else the machine does falls on
 * all of them. The core alone is in {@link CoreBench}, an account's and an id's memory in {@link MemoryBench}.
 */
final class ScaleBench implements Bench {
    private static final List<Integer> ACCOUNTS = List.of(10_000, 1_000_000, 10_000_000);
    private static final List<ScaleSite.Way> BY_ACCOUNTS = List.of(
            new ScaleSite.Way("binary, batches of 8,190, 4 in flight", true, 4, 1, 8_190),
            new ScaleSite.Way("binary, 100 in flight", true, 10, 10, 1),
            new ScaleSite.Way("HTTP, 64 connections", false, 64, 1, 1));
    private static final List<ScaleSite.Way> BY_FLIGHT = List.of(
            new ScaleSite.Way("binary, 1 in flight", true, 1, 1, 1),
            new ScaleSite.Way("binary, 10 in flight", true, 10, 1, 1),
            new ScaleSite.Way("binary, 100 in flight", true, 10, 10, 1),
            new ScaleSite.Way("binary, 1,000 in flight", true, 10, 100, 1),
            new ScaleSite.Way("HTTP, 1 in flight", false, 1, 1, 1),
            new ScaleSite.Way("HTTP, 10 in flight", false, 10, 1, 1),
            new ScaleSite.Way("HTTP, 100 in flight", false, 100, 1, 1),
            new ScaleSite.Way("HTTP, 1,000 in flight", false, 1_000, 1, 1));
    private static final double LEAST_PART = 0.5;
    private static final long WARM_UP_NS = 300_000_000;
    private static final long FIRST_WARM_UP_NS = 4_000_000_000L;
    /** Journal, event log, snapshots and what the measurements add. */
    private static final long DISK_BYTES_PER_ACCOUNT = 2_500;

    private static final long OTHER_BYTES = 4L << 30;

    private final List<Integer> counts;

    ScaleBench() {
        this(ACCOUNTS);
    }

    /** For tests, with fewer accounts; the first is what the others are compared to. */
    ScaleBench(List<Integer> counts) {
        this.counts = counts;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public boolean isInAll() {
        return false;
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        String missing =
                missing(memoryBytes(), Files.getFileStore(options.folder()).getUsableSpace());
        if (missing != null) {
            return List.of(Figure.skipped("", "servers with " + counts + " accounts", missing));
        }
        List<Figure> figures = new ArrayList<>();
        List<ScaleSite> sites = new ArrayList<>();
        try (ScratchFolder scratch = ScratchFolder.in(options.folder(), "scale-bench")) {
            try {
                // The largest first: while it is made, nobody else needs memory.
                for (int i = counts.size() - 1; i >= 0; i--) {
                    sites.add(0, ScaleSite.open(scratch.path(), counts.get(i), options, progress));
                }
                for (ScaleSite site : sites) {
                    progress.step("waiting for the server with " + site.accounts() + " accounts to settle");
                    site.settle();
                }
                figures.addAll(memory(progress, sites));
                warmUp(options, progress, sites);
                for (ScaleSite.Way way : BY_ACCOUNTS) {
                    figures.addAll(byAccounts(options, progress, sites, way));
                }
                figures.addAll(byFlight(options, progress, sites.get(sites.size() / 2)));
            } finally {
                for (ScaleSite site : sites) {
                    site.close();
                }
            }
        }
        return figures;
    }

    /** Why it cannot be done here, null when it can. */
    String missing(long memoryBytes, long diskBytes) {
        long heaps = counts.stream().mapToLong(ScaleSite::heapBytes).sum() + OTHER_BYTES;
        long disk = counts.stream()
                        .mapToLong(count -> count * DISK_BYTES_PER_ACCOUNT)
                        .sum()
                + OTHER_BYTES;
        if (heaps > memoryBytes) {
            return String.format(
                    Locale.ROOT, "needs %d GiB of memory, the machine has %d", heaps >> 30, memoryBytes >> 30);
        }
        if (disk > diskBytes) {
            return String.format(Locale.ROOT, "needs %d GiB on the disk, %d are free", disk >> 30, diskBytes >> 30);
        }
        return null;
    }

    private static long memoryBytes() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    private static List<Figure> memory(Progress progress, List<ScaleSite> sites) throws IOException {
        List<Figure> figures = new ArrayList<>();
        long smallest = sites.get(0).liveHeapBytes();
        for (ScaleSite site : sites.subList(1, sites.size())) {
            progress.step("collecting the heap of the server with " + site.accounts() + " accounts");
            double bytes = site.liveHeapBytes() - smallest;
            double more = site.accounts() - sites.get(0).accounts();
            String name = String.format(Locale.ROOT, "server with %,d accounts, live heap", site.accounts());
            figures.add(Figure.of("", name, bytes / more, "bytes an account")
                    .note(
                            "a wallet, its key, its account, two ids and two events' places, twice but for the key and the"
                                    + " places: the follower has a copy; above the server with "
                                    + String.format(
                                            Locale.ROOT, "%,d", sites.get(0).accounts())));
        }
        return figures;
    }

    private static void warmUp(BenchOptions options, Progress progress, List<ScaleSite> sites)
            throws IOException, InterruptedException {
        long warmUpNs = Math.min(FIRST_WARM_UP_NS, 2 * options.durationNs());
        for (ScaleSite site : sites) {
            for (ScaleSite.Way way : BY_ACCOUNTS) {
                progress.step("warming up the server with " + site.accounts() + " accounts");
                site.drive(way, 0, warmUpNs);
            }
        }
    }

    private static List<Figure> byAccounts(
            BenchOptions options, Progress progress, List<ScaleSite> sites, ScaleSite.Way way)
            throws IOException, InterruptedException {
        double[][] rates = new double[sites.size()][options.runs()];
        for (int run = 0; run < options.runs(); run++) {
            progress.step(way.name() + ", run " + (run + 1));
            for (int i = 0; i < sites.size(); i++) {
                LoadResult load = sites.get(i).drive(way, WARM_UP_NS, options.durationNs());
                rates[i][run] = load.appliedPerSecond();
            }
        }
        List<Figure> figures = new ArrayList<>();
        double smallest = BenchOptions.median(rates[0]);
        for (int i = 0; i < sites.size(); i++) {
            String name = String.format(
                    Locale.ROOT, "%s, %,d accounts", way.name(), sites.get(i).accounts());
            Figure figure = Figure.of("", name, BenchOptions.median(rates[i]), "transfers/s");
            if (i > 0) {
                String beside =
                        String.format(Locale.ROOT, "%,d accounts", sites.get(0).accounts());
                figure = figure.beside(beside, smallest);
            }
            figures.add(i == sites.size() - 1 ? figure.ratioAtLeast(LEAST_PART) : figure);
        }
        return figures;
    }

    private static List<Figure> byFlight(BenchOptions options, Progress progress, ScaleSite site)
            throws IOException, InterruptedException {
        double[][] rates = new double[BY_FLIGHT.size()][options.runs()];
        double[][] p50s = new double[BY_FLIGHT.size()][options.runs()];
        double[][] p99s = new double[BY_FLIGHT.size()][options.runs()];
        for (int run = 0; run < options.runs(); run++) {
            for (int i = 0; i < BY_FLIGHT.size(); i++) {
                ScaleSite.Way way = BY_FLIGHT.get(i);
                progress.step(way.name() + ", run " + (run + 1));
                LoadResult load = site.drive(way, WARM_UP_NS, options.durationNs());
                rates[i][run] = load.appliedPerSecond();
                p50s[i][run] = load.percentileMs(50);
                p99s[i][run] = load.percentileMs(99);
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < BY_FLIGHT.size(); i++) {
            String name = String.format(
                    Locale.ROOT, "%s, %,d accounts", BY_FLIGHT.get(i).name(), site.accounts());
            figures.add(Figure.of("", name, BenchOptions.median(rates[i]), "transfers/s")
                    .note(String.format(
                            Locale.ROOT,
                            "p50 %.3f ms, p99 %.3f ms",
                            BenchOptions.median(p50s[i]),
                            BenchOptions.median(p99s[i]))));
        }
        return figures;
    }
}
