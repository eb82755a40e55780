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
    private static final double LEAST_PART = 0.5;
    private static final long WARM_UP_NS = 300_000_000;
    private static final long FIRST_WARM_UP_NS = 4_000_000_000L;

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String about() {
        return "whole servers by number of accounts and of requests in flight";
    }

    @Override
    public boolean isInAll() {
        return false;
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        List<Integer> counts = options.accountsOr(ACCOUNTS);
        ScaleNeeds needs = ScaleNeeds.of(counts, options, WARM_UP_NS, firstWarmUpNs(options));
        String missing = needs.missing(
                availableBytes(), Files.getFileStore(options.folder()).getUsableSpace());
        if (missing != null) {
            return List.of(Figure.skipped("", "servers with " + counts + " accounts", missing));
        }
        List<Figure> figures = new ArrayList<>();
        progress.step("memory of the core alone");
        for (Figure figure : new IsolatedBench("memory").run(options, progress)) {
            figures.add(figure.in("memory of the core alone"));
        }
        List<ScaleSite> sites = new ArrayList<>();
        try (ScratchFolder scratch = ScratchFolder.in(options.folder(), "scale-bench")) {
            try {
                // The largest first: while it is made, nobody else needs memory.
                for (int i = counts.size() - 1; i >= 0; i--) {
                    sites.add(0, ScaleSite.open(scratch.path(), counts.get(i), needs.heapBytes(i), options, progress));
                }
                for (ScaleSite site : sites) {
                    site.settle(progress);
                }
                figures.addAll(memory(progress, sites));
                warmUp(options, progress, sites);
                for (ScaleWay way : ScaleWay.BY_ACCOUNTS) {
                    figures.addAll(byAccounts(options, progress, sites, way));
                }
                figures.addAll(byFlight(options, progress, sites, sites.get(needs.flightIndex())));
            } finally {
                close(sites);
            }
        }
        return figures;
    }

    /** All of them, even when one will not. */
    private static void close(List<ScaleSite> sites) throws IOException {
        IOException first = null;
        for (ScaleSite site : sites) {
            try {
                site.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Memory that new processes can have: what is free, and what only keeps files; all of it where nobody says. */
    private static long availableBytes() {
        String kib = Conditions.lineOf("/proc/meminfo", "MemAvailable", "").replaceAll("\\D", "");
        return kib.isEmpty()
                ? ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize()
                : Long.parseLong(kib) << 10;
    }

    private static long firstWarmUpNs(BenchOptions options) {
        return Math.min(FIRST_WARM_UP_NS, 2 * options.durationNs());
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
                    .note(String.format(
                            Locale.ROOT,
                            "a wallet, its key, its account, two ids and two events' places, twice but for the key and the"
                                    + " places: the follower has a copy; above the server with %,d",
                            sites.get(0).accounts()))
                    .in("memory of whole servers"));
        }
        return figures;
    }

    private static void warmUp(BenchOptions options, Progress progress, List<ScaleSite> sites)
            throws IOException, InterruptedException {
        for (ScaleSite site : sites) {
            for (ScaleWay way : ScaleWay.BY_ACCOUNTS) {
                progress.step("warming up the server with " + site.accounts() + " accounts");
                site.drive(way, 0, firstWarmUpNs(options));
            }
        }
    }

    private static List<Figure> byAccounts(BenchOptions options, Progress progress, List<ScaleSite> sites, ScaleWay way)
            throws IOException, InterruptedException {
        double[][] rates = new double[sites.size()][options.runs()];
        for (int run = 0; run < options.runs(); run++) {
            progress.step(way.name() + ", run " + (run + 1));
            for (int i = 0; i < sites.size(); i++) {
                ScaleSite.rest(sites);
                LoadResult load = sites.get(i).drive(way, WARM_UP_NS, options.durationNs());
                rates[i][run] = load.appliedPerSecond();
            }
        }
        List<Figure> figures = new ArrayList<>();
        double smallest = BenchOptions.median(rates[0]);
        for (int i = 0; i < sites.size(); i++) {
            String name = String.format(
                    Locale.ROOT, "%s, %,d accounts", way.name(), sites.get(i).accounts());
            Figure figure = Figure.of("", name, BenchOptions.median(rates[i]), "transfers/s")
                    .in("by number of accounts");
            if (i > 0) {
                String beside =
                        String.format(Locale.ROOT, "%,d accounts", sites.get(0).accounts());
                figure = figure.beside(beside, smallest);
            }
            figures.add(i > 0 && i == sites.size() - 1 ? figure.ratioAtLeast(LEAST_PART) : figure);
        }
        return figures;
    }

    private static List<Figure> byFlight(BenchOptions options, Progress progress, List<ScaleSite> sites, ScaleSite site)
            throws IOException, InterruptedException {
        double[][] rates = new double[ScaleWay.BY_FLIGHT.size()][options.runs()];
        double[][] p50s = new double[ScaleWay.BY_FLIGHT.size()][options.runs()];
        double[][] p99s = new double[ScaleWay.BY_FLIGHT.size()][options.runs()];
        for (int run = 0; run < options.runs(); run++) {
            for (int i = 0; i < ScaleWay.BY_FLIGHT.size(); i++) {
                ScaleWay way = ScaleWay.BY_FLIGHT.get(i);
                progress.step(way.name() + ", run " + (run + 1));
                ScaleSite.rest(sites);
                LoadResult load = site.drive(way, WARM_UP_NS, options.durationNs());
                rates[i][run] = load.appliedPerSecond();
                p50s[i][run] = load.percentileMs(50);
                p99s[i][run] = load.percentileMs(99);
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < ScaleWay.BY_FLIGHT.size(); i++) {
            figures.add(Figure.of("", ScaleWay.BY_FLIGHT.get(i).name(), BenchOptions.median(rates[i]), "transfers/s")
                    .in(String.format(Locale.ROOT, "by requests in flight, %,d accounts", site.accounts()))
                    .note(String.format(
                            Locale.ROOT,
                            "p50 %.3f ms, p99 %.3f ms",
                            BenchOptions.median(p50s[i]),
                            BenchOptions.median(p99s[i]))));
        }
        return figures;
    }
}
