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
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One durable transfer per HTTP request: P3 beside bare Netty under the same driver with the same requests, P4 beside the
 * device's flush and a round trip, P8 at half of P3's rate in an open loop. Rounds are interleaved: the ledger evenly,
 * bare Netty, the ledger with one hot account, then again.
 */
final class HttpBench implements Bench {
    private static final int WALLETS = 100_000;
    private static final Shape SINGLE = new Shape(1, 1);
    private static final Shape TARGETED = new Shape(64, 1);
    /** From 1 to 1,024 requests in flight. */
    private static final List<Shape> SHAPES =
            List.of(SINGLE, new Shape(16, 1), TARGETED, new Shape(256, 1), new Shape(64, 16));

    private static final long WARM_UP_NS = 300_000_000;
    private static final long FIRST_WARM_UP_NS = 6_000_000_000L;
    private static final double NS_PER_MS = 1e6;

    private final int walletCount;
    private final List<Figure> figures = new ArrayList<>();
    private BenchOptions options;
    private Progress progress;
    private Wallets wallets;

    HttpBench() {
        this(WALLETS);
    }

    /** For tests, with fewer. */
    HttpBench(int walletCount) {
        this.walletCount = walletCount;
    }

    /** Connections, and requests under way on each. */
    private record Shape(int connections, int depth) {
        @Override
        public String toString() {
            String with = connections + (connections == 1 ? " connection" : " connections");
            return depth == 1 ? with : with + " x " + depth + " pipelined";
        }
    }

    /** Requests per second of each run. */
    private static final class Rates {
        final double[] uniform;
        final double[] bare;
        final double[] hot;
        final double[] uniformP50Ms;
        final double[] bareP50Ms;

        Rates(int runs) {
            uniform = new double[runs];
            bare = new double[runs];
            hot = new double[runs];
            uniformP50Ms = new double[runs];
            bareP50Ms = new double[runs];
        }
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String about() {
        return "P3, P4, P8: HTTP beside bare Netty, as fast as it goes and at a fixed rate";
    }

    @Override
    public List<Figure> run(BenchOptions chosen, Progress told) throws IOException, InterruptedException {
        options = chosen;
        progress = told;
        figures.clear();
        try (ScratchServer ledger = ScratchServer.scrip(options);
                ScratchServer bare = ScratchServer.of(BareNetty.class, "--port", "0")) {
            progress.step(String.format(Locale.ROOT, "opening %,d wallets", walletCount));
            wallets = Load.open(ledger.address(), ledger.operatorKey(), walletCount, Load.Observer.NONE);
            InetSocketAddress served = ledger.address();
            InetSocketAddress ceiling = bare.address();
            progress.step("warming up");
            long warmUpNs = Math.min(FIRST_WARM_UP_NS, 3 * options.durationNs());
            drive(LoadPlan.closed(served, TARGETED.connections(), warmUpNs), Skew.UNIFORM);
            drive(LoadPlan.closed(ceiling, TARGETED.connections(), warmUpNs / 2), Skew.UNIFORM);
            Rates targeted = null;
            for (Shape shape : SHAPES) {
                Rates rates = closedLoops(served, ceiling, shape);
                closedFigures(shape, rates);
                if (shape.equals(TARGETED)) {
                    targeted = rates;
                } else if (shape.equals(SINGLE)) {
                    singleFigure(rates);
                }
            }
            openLoop(served, ceiling, BenchOptions.median(targeted.uniform) / 2);
        }
        return List.copyOf(figures);
    }

    private LoadResult drive(LoadPlan plan, Skew skew) throws IOException, InterruptedException {
        LoadResult result = Load.run(plan, wallets, Mix.TRANSFERS, skew, 1, Load.Observer.NONE);
        if (result.applied() == 0 || result.faults() > 0) {
            throw new IOException("the load at " + plan.server() + " was not answered as it should be: "
                    + result.applied() + " applied, " + result.faults() + " faults, " + result.firstUnexpected());
        }
        return result;
    }

    private LoadPlan plan(InetSocketAddress server, Shape shape) {
        return LoadPlan.closed(server, shape.connections(), options.durationNs())
                .withDepth(shape.depth())
                .warmedUp(WARM_UP_NS);
    }

    private Rates closedLoops(InetSocketAddress served, InetSocketAddress ceiling, Shape shape)
            throws IOException, InterruptedException {
        Rates rates = new Rates(options.runs());
        for (int run = 0; run < options.runs(); run++) {
            progress.step(shape + ", run " + (run + 1) + " of " + options.runs());
            LoadResult uniform = drive(plan(served, shape), Skew.UNIFORM);
            LoadResult bare = drive(plan(ceiling, shape), Skew.UNIFORM);
            rates.uniform[run] = uniform.appliedPerSecond();
            rates.uniformP50Ms[run] = uniform.percentileMs(50);
            rates.bare[run] = bare.appliedPerSecond();
            rates.bareP50Ms[run] = bare.percentileMs(50);
            rates.hot[run] = drive(plan(served, shape), Skew.HOT).appliedPerSecond();
        }
        return rates;
    }

    private void closedFigures(Shape with, Rates rates) {
        double uniform = BenchOptions.median(rates.uniform);
        Figure evenly = Figure.of("P3", "HTTP, " + with + ", evenly", uniform, "requests/s")
                .beside("bare Netty", BenchOptions.median(rates.bare));
        Figure hot = Figure.of(
                        "P3", "HTTP, " + with + ", one hot account", BenchOptions.median(rates.hot), "requests/s")
                .beside("evenly", uniform);
        figures.add(with.equals(TARGETED) ? evenly.ratioAtLeast(0.7) : evenly);
        figures.add(with.equals(TARGETED) ? hot.ratioAtLeast(0.9) : hot);
    }

    private void singleFigure(Rates rates) throws IOException {
        progress.step("flushing the device");
        double flushMs = DeviceFlush.medianNs() / NS_PER_MS;
        double roundTripMs = BenchOptions.median(rates.bareP50Ms);
        figures.add(Figure.of("P4", "HTTP, one at a time, p50", BenchOptions.median(rates.uniformP50Ms), "ms")
                .beside("flush + round trip", flushMs + roundTripMs)
                .ratioAtMost(2)
                .note(String.format(
                        Locale.ROOT,
                        "p50 of fdatasync over 4 KiB in place %.3f ms, round trip to bare Netty %.3f ms",
                        flushMs,
                        roundTripMs)));
    }

    private void openLoop(InetSocketAddress served, InetSocketAddress ceiling, double rate)
            throws IOException, InterruptedException {
        double[] p50 = new double[options.runs()];
        double[] p99 = new double[options.runs()];
        double[] p999 = new double[options.runs()];
        Histogram ledger = null;
        Histogram bare = null;
        for (int run = 0; run < options.runs(); run++) {
            progress.step(String.format(Locale.ROOT, "open loop at %,.0f requests/s, run %d", rate, run + 1));
            LoadResult result = drive(plan(served, TARGETED).atRate(rate), Skew.UNIFORM);
            LoadResult beside = drive(plan(ceiling, TARGETED).atRate(rate), Skew.UNIFORM);
            p50[run] = result.percentileMs(50);
            p99[run] = result.percentileMs(99);
            p999[run] = result.percentileMs(99.9);
            ledger = sum(ledger, result.latencies());
            bare = sum(bare, beside.latencies());
        }
        String at = String.format(Locale.ROOT, "HTTP at %,.0f requests/s, ", rate);
        figures.add(Figure.of("P8", at + "p50", BenchOptions.median(p50), "ms")
                .beside("bare Netty", bare.getValueAtPercentile(50) / NS_PER_MS)
                .atMost(0.3));
        figures.add(Figure.of("P8", at + "p99", BenchOptions.median(p99), "ms")
                .beside("bare Netty", bare.getValueAtPercentile(99) / NS_PER_MS)
                .atMost(2));
        figures.add(Figure.of("P8", at + "p99.9", BenchOptions.median(p999), "ms")
                .beside("bare Netty", bare.getValueAtPercentile(99.9) / NS_PER_MS)
                .atMost(10));
        Map<String, Histogram> series = new LinkedHashMap<>();
        series.put("Scrip, durable", ledger);
        series.put("bare Netty", bare);
        LatencyPlot.write(options.folder(), "http-open-loop", at + TARGETED + ", open loop", series);
    }

    private static Histogram sum(Histogram sum, Histogram more) {
        if (sum == null) {
            return more.copy();
        }
        sum.add(more);
        return sum;
    }
}
