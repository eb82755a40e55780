package io.scrip.benchmarks;

import io.scrip.tools.load.Load;
import io.scrip.tools.load.LoadPlan;
import io.scrip.tools.load.LoadResult;
import io.scrip.tools.load.Mix;
import io.scrip.tools.load.Skew;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The ledger over HTTP beside PostgreSQL on the same device, both durable, evenly and with one hot account. */
final class PeersBench implements Bench {
    private static final int WALLETS = 100_000;
    private static final int[] CONNECTIONS = {8, 64};
    private static final double TIMES = 7;
    private static final long WARM_UP_NS = 300_000_000;
    private static final long FIRST_WARM_UP_NS = 5_000_000_000L;
    private static final double NS_PER_MS = 1e6;
    private static final String PEER = "PostgreSQL, 8 clients";

    /** Rates and latencies of one way of picking accounts. */
    private static final class Series {
        final double[] peer;
        final double[][] ledger;
        final Histogram peerLatencies = new Histogram(3_600_000_000_000L, 3);
        final Histogram ledgerLatencies = new Histogram(3_600_000_000_000L, 3);

        Series(int runs) {
            peer = new double[runs];
            ledger = new double[CONNECTIONS.length][runs];
        }
    }

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        String missing = PostgresPeer.missing();
        if (missing != null) {
            return List.of(Figure.skipped("P3", "HTTP beside PostgreSQL", missing));
        }
        progress.step("starting PostgreSQL and a ledger");
        List<Figure> figures = new ArrayList<>();
        try (PostgresPeer peer = PostgresPeer.start();
                ScratchServer ledger = ScratchServer.scrip(options)) {
            Wallets wallets = Load.open(ledger.address(), ledger.operatorKey(), WALLETS, Load.Observer.NONE);
            drive(ledger, wallets, 64, FIRST_WARM_UP_NS, Skew.UNIFORM);
            peer.measure(false, 1);
            for (boolean hot : new boolean[] {false, true}) {
                Skew skew = hot ? Skew.HOT : Skew.UNIFORM;
                Series series = new Series(options.runs());
                for (int run = 0; run < options.runs(); run++) {
                    progress.step((hot ? "one hot account" : "evenly") + ", run " + (run + 1));
                    PostgresPeer.Run beside = peer.measure(hot, options.seconds());
                    series.peer[run] = beside.perSecond();
                    series.peerLatencies.add(beside.latenciesNs());
                    for (int i = 0; i < CONNECTIONS.length; i++) {
                        LoadResult load = drive(ledger, wallets, CONNECTIONS[i], options.durationNs(), skew);
                        series.ledger[i][run] = load.appliedPerSecond();
                        if (CONNECTIONS[i] == 8) {
                            series.ledgerLatencies.add(load.latencies());
                        }
                    }
                }
                figures.addAll(figures(hot, series, peer.version()));
                plot(options, hot, series);
            }
        }
        return figures;
    }

    private static List<Figure> figures(boolean hot, Series series, String version) {
        List<Figure> figures = new ArrayList<>();
        String picked = hot ? ", one hot account" : ", evenly";
        double peer = BenchOptions.median(series.peer);
        for (int i = 0; i < CONNECTIONS.length; i++) {
            String name = "HTTP, " + CONNECTIONS[i] + " connections" + picked;
            Figure figure = Figure.of("P3", name, BenchOptions.median(series.ledger[i]), "transfers/s")
                    .beside(PEER, peer);
            figures.add(CONNECTIONS[i] == 64 ? figure.ratioAtLeast(TIMES).note(version) : figure);
        }
        for (double percentile : new double[] {50, 99}) {
            double ledgerMs = series.ledgerLatencies.getValueAtPercentile(percentile) / NS_PER_MS;
            double peerMs = series.peerLatencies.getValueAtPercentile(percentile) / NS_PER_MS;
            figures.add(Figure.of("", "HTTP, 8 connections" + picked + ", p" + (int) percentile, ledgerMs, "ms")
                    .beside(PEER, peerMs));
        }
        return figures;
    }

    private static void plot(BenchOptions options, boolean hot, Series series) throws IOException {
        Map<String, Histogram> lines = new LinkedHashMap<>();
        lines.put("Scrip, HTTP", series.ledgerLatencies);
        lines.put("PostgreSQL", series.peerLatencies);
        String name = hot ? "peers-hot" : "peers-uniform";
        String title = "One durable transfer at a time on 8 connections, " + (hot ? "one hot account" : "evenly");
        LatencyPlot.write(options.folder(), name, title, lines);
    }

    private static LoadResult drive(ScratchServer server, Wallets wallets, int connections, long ns, Skew skew)
            throws IOException, InterruptedException {
        LoadPlan plan = LoadPlan.closed(server.address(), connections, ns).warmedUp(WARM_UP_NS);
        LoadResult result = Load.run(plan, wallets, Mix.TRANSFERS, skew, 1, Load.Observer.NONE);
        if (result.applied() == 0 || result.faults() > 0) {
            throw new IOException("the server did not answer as it should: " + result.firstUnexpected());
        }
        return result;
    }
}
