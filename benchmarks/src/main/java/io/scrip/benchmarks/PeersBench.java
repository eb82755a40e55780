package io.scrip.benchmarks;

import io.scrip.tools.load.Load;
import io.scrip.tools.load.LoadPlan;
import io.scrip.tools.load.LoadResult;
import io.scrip.tools.load.Mix;
import io.scrip.tools.load.Skew;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The ledger over HTTP and over its binary door beside PostgreSQL on the same device, all durable, evenly and with one
 * hot account. Everybody takes a turn in every run: PostgreSQL, then each way into the ledger.
 */
final class PeersBench implements Bench {
    private static final int WALLETS = 100_000;
    private static final double TIMES = 7;
    private static final long WARM_UP_NS = 300_000_000;
    private static final long FIRST_WARM_UP_NS = 5_000_000_000L;
    private static final double NS_PER_MS = 1e6;
    private static final String PEER = "PostgreSQL, 8 clients";

    /** With as much under way as PostgreSQL has, and with what the targets ask for. */
    private static final List<Way> WAYS = List.of(
            new Way("HTTP, 8 connections", false, 8, 1, 1),
            new Way("HTTP, 64 connections", false, 64, 1, 1),
            new Way("binary, 8 in flight", true, 8, 1, 1),
            new Way("binary, 64 in flight", true, 8, 8, 1),
            new Way("binary, 100 in flight", true, 10, 10, 1),
            new Way("binary, batches of 8,190, 4 in flight", true, 4, 1, 8_190));

    private static final int JUDGED = 1;

    private final int walletCount;

    PeersBench() {
        this(WALLETS);
    }

    /** For tests, with fewer. */
    PeersBench(int walletCount) {
        this.walletCount = walletCount;
    }

    /**
     * A way into the ledger.
     *
     * @param depth requests under way on each connection
     * @param batch transfers in a request
     */
    private record Way(String name, boolean binary, int connections, int depth, int batch) {}

    /** A ledger with both doors open. */
    private record Doors(InetSocketAddress http, InetSocketAddress binary, Wallets wallets) {
        LoadResult drive(Way way, Skew skew, long warmUpNs, long durationNs) throws IOException, InterruptedException {
            LoadPlan plan = LoadPlan.closed(way.binary() ? binary : http, way.connections(), durationNs)
                    .withDepth(way.depth())
                    .warmedUp(warmUpNs);
            LoadResult result = way.binary()
                    ? Load.runBinary(plan, wallets, Mix.TRANSFERS, skew, way.batch(), Load.Observer.NONE)
                    : Load.run(plan, wallets, Mix.TRANSFERS, skew, way.batch(), Load.Observer.NONE);
            // What was refused is no work that PostgreSQL does, too.
            if (result.applied() == 0 || result.notApplied() > 0) {
                throw new IOException("the ledger did not answer " + way.name() + " as it should: " + result.applied()
                        + " applied, " + result.notApplied() + " not, " + result.firstUnexpected());
            }
            return result;
        }
    }

    /** Rates and latencies of one way of picking accounts. */
    private static final class Series {
        final double[] peer;
        final double[][] ledger;
        final Histogram peerLatencies = new Histogram(3_600_000_000_000L, 3);
        final List<Histogram> ledgerLatencies = new ArrayList<>();

        Series(int runs) {
            peer = new double[runs];
            ledger = new double[WAYS.size()][runs];
            WAYS.forEach(way -> ledgerLatencies.add(new Histogram(3_600_000_000_000L, 3)));
        }
    }

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public String about() {
        return "P3: PostgreSQL beside both doors, evenly and with one hot account";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        String missing = PostgresPeer.missing();
        if (missing != null) {
            return List.of(Figure.skipped("P3", "HTTP beside PostgreSQL", missing));
        }
        progress.step("starting PostgreSQL and a ledger");
        List<Figure> figures = new ArrayList<>();
        InetSocketAddress binary = ScratchServer.freeAddress();
        try (PostgresPeer peer = PostgresPeer.start();
                ScratchServer ledger =
                        ScratchServer.scrip(options, "--binary-listen", "127.0.0.1:" + binary.getPort())) {
            Wallets wallets = Load.open(ledger.address(), ledger.operatorKey(), walletCount, Load.Observer.NONE);
            Doors doors = new Doors(ledger.address(), binary, wallets);
            progress.step("warming up");
            doors.drive(WAYS.get(1), Skew.UNIFORM, 0, Math.min(FIRST_WARM_UP_NS, 3 * options.durationNs()));
            for (Way way : WAYS.subList(2, WAYS.size())) {
                doors.drive(way, Skew.UNIFORM, 0, options.durationNs() / 2);
            }
            peer.measure(false, 1);
            for (boolean hot : new boolean[] {false, true}) {
                Series series = series(options, progress, peer, doors, hot);
                figures.addAll(figures(hot, series, peer.version()));
                plot(options, hot, series);
            }
        }
        return figures;
    }

    private static Series series(BenchOptions options, Progress progress, PostgresPeer peer, Doors doors, boolean hot)
            throws IOException, InterruptedException {
        Skew skew = hot ? Skew.HOT : Skew.UNIFORM;
        Series series = new Series(options.runs());
        for (int run = 0; run < options.runs(); run++) {
            progress.step((hot ? "one hot account" : "evenly") + ", run " + (run + 1));
            PostgresPeer.Run beside = peer.measure(hot, options.seconds());
            series.peer[run] = beside.perSecond();
            series.peerLatencies.add(beside.latenciesNs());
            for (int i = 0; i < WAYS.size(); i++) {
                LoadResult load = doors.drive(WAYS.get(i), skew, WARM_UP_NS, options.durationNs());
                series.ledger[i][run] = load.appliedPerSecond();
                series.ledgerLatencies.get(i).add(load.latencies());
            }
        }
        return series;
    }

    private static List<Figure> figures(boolean hot, Series series, String version) {
        List<Figure> figures = new ArrayList<>();
        String picked = hot ? ", one hot account" : ", evenly";
        double peer = BenchOptions.median(series.peer);
        for (int i = 0; i < WAYS.size(); i++) {
            double rate = BenchOptions.median(series.ledger[i]);
            Way way = WAYS.get(i);
            Figure figure = Figure.of(way.binary() ? "" : "P3", way.name() + picked, rate, "transfers/s")
                    .beside(PEER, peer);
            figures.add(i == JUDGED ? figure.ratioAtLeast(TIMES).note(version) : figure);
        }
        for (int i = 0; i < WAYS.size(); i++) {
            for (double percentile : new double[] {50, 99}) {
                String name = WAYS.get(i).name() + picked + ", p" + (int) percentile;
                double ledgerMs = series.ledgerLatencies.get(i).getValueAtPercentile(percentile) / NS_PER_MS;
                double peerMs = series.peerLatencies.getValueAtPercentile(percentile) / NS_PER_MS;
                Figure figure = Figure.of("", name, ledgerMs, "ms");
                // A batch is not late because it is large.
                figures.add(WAYS.get(i).batch() == 1 ? figure.beside(PEER, peerMs) : figure);
            }
        }
        return figures;
    }

    private static void plot(BenchOptions options, boolean hot, Series series) throws IOException {
        Map<String, Histogram> lines = new LinkedHashMap<>();
        for (int i = 0; i < WAYS.size(); i++) {
            lines.put(WAYS.get(i).name(), series.ledgerLatencies.get(i));
        }
        lines.put("PostgreSQL, 8 clients", series.peerLatencies);
        String name = hot ? "peers-hot" : "peers-uniform";
        LatencyPlot.write(options.folder(), name, "Durable transfers, " + (hot ? "one hot account" : "evenly"), lines);
    }
}
