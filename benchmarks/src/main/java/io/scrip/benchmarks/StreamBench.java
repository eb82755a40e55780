package io.scrip.benchmarks;

import io.scrip.tools.load.Load;
import io.scrip.tools.load.LoadPlan;
import io.scrip.tools.load.LoadResult;
import io.scrip.tools.load.Mix;
import io.scrip.tools.load.Skew;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * P9: ten thousand wallets, each followed by a WebSocket of its own, while transfers between them come at a fixed rate; how late their {@code transaction_completed} is, from the timestamp that the ledger gave the
 * command to the moment a subscriber has read it, and what a connection without traffic costs the server in memory.
 */
final class StreamBench implements Bench {
    private static final int SUBSCRIBERS = 10_000;
    /** Connections that the server takes beside the subscribers': those of the load. */
    private static final int SPARE_CONNECTIONS = 100;

    private static final int TRANSFERS_PER_SECOND = 20_000;
    private static final int BATCH = 50;
    private static final int LOAD_CONNECTIONS = 8;
    private static final int SPARE_FILES = 1_000;
    private static final long SETTLE_MS = 1_000;
    private static final long WARM_UP_NS = 3_000_000_000L;
    private static final double NS_PER_MS = 1e6;
    /** A heap of one size, all of it touched: what else grows is not heap. */
    private static final List<String> FIXED_HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private final int wanted;
    private final int rate;

    StreamBench() {
        this(SUBSCRIBERS, TRANSFERS_PER_SECOND);
    }

    /** For tests, with fewer. */
    StreamBench(int subscribers, int transfersPerSecond) {
        wanted = subscribers;
        rate = transfersPerSecond;
    }

    @Override
    public String name() {
        return "ws";
    }

    @Override
    public String about() {
        return "P9: 10,000 WebSockets, how long an update takes and what an idle one costs";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        long files = openFilesAllowed();
        if (files < wanted + SPARE_FILES) {
            return List.of(Figure.skipped("P9", "WebSocket subscribers", tooFewFiles(wanted, files)));
        }
        List<Figure> figures = new ArrayList<>();
        try (ScratchServer server = ScratchServer.scripWith(
                FIXED_HEAP, options, "--connections", String.valueOf(wanted + SPARE_CONNECTIONS))) {
            progress.step(String.format(Locale.ROOT, "opening %,d wallets", wanted));
            Wallets wallets = Load.open(server.address(), server.operatorKey(), wanted, Load.Observer.NONE);
            LoadPlan plan = LoadPlan.closed(server.address(), LOAD_CONNECTIONS, options.durationNs() * options.runs())
                    .warmedUp(WARM_UP_NS)
                    .atRate((double) rate / BATCH);
            progress.step("warming up");
            load(plan, wallets);
            try (JvmView jvm = JvmView.of(server.pid());
                    Subscribers subscribers = new Subscribers(server.address(), wallets)) {
                long before = jvm.liveHeapBytes() + jvm.residentBytes();
                progress.step("subscribing");
                subscribers.connect();
                Thread.sleep(SETTLE_MS);
                long bytes = jvm.liveHeapBytes() + jvm.residentBytes() - before;
                figures.add(Figure.of("P9", "idle WebSocket connection", bytes / 1_024.0 / wanted, "KiB")
                        .atMost(32)
                        .note(String.format(
                                Locale.ROOT,
                                "%,d subscribers; live heap and resident memory of the server, without the kernel's"
                                        + " buffers",
                                wanted)));
                progress.step(String.format(Locale.ROOT, "%,d transfers a second", rate));
                subscribers.measure(WARM_UP_NS);
                LoadResult load = load(plan, wallets);
                figures.addAll(figures(options, subscribers, load));
            }
        }
        return figures;
    }

    private List<Figure> figures(BenchOptions options, Subscribers subscribers, LoadResult load)
            throws IOException, InterruptedException {
        var latencies = subscribers.latencies();
        if (latencies.getTotalCount() == 0) {
            throw new IOException("no subscriber was sent a transfer");
        }
        String at = String.format(Locale.ROOT, "%,d subscribers, %,d transfers/s, ", wanted, rate);
        LatencyPlot.write(options.folder(), "ws", at + "update", Map.of("update", latencies));
        Figure reached = Figure.of("P9", at + "reached", load.appliedPerSecond(), "transfers/s")
                .atLeast(Math.floor(0.95 * rate));
        Figure p99 = Figure.of("P9", at + "update p99", latencies.getValueAtPercentile(99) / NS_PER_MS, "ms")
                .atMost(20);
        return List.of(
                reached,
                Figure.of("P9", at + "update p50", latencies.getValueAtPercentile(50) / NS_PER_MS, "ms"),
                p99.note(String.format(
                        Locale.ROOT,
                        "%,d of %,d messages read; batches of %d over HTTP",
                        latencies.getTotalCount(),
                        subscribers.messages(),
                        BATCH)));
    }

    private static LoadResult load(LoadPlan plan, Wallets wallets) throws IOException, InterruptedException {
        LoadResult result = Load.run(plan, wallets, Mix.TRANSFERS, Skew.UNIFORM, BATCH, Load.Observer.NONE);
        // A machine that cannot keep up says so in what was reached.
        if (result.firstUnexpected() != null) {
            throw new IOException("the server did not answer as it should: " + result.firstUnexpected());
        }
        return result;
    }

    static String tooFewFiles(int subscribers, long allowed) {
        return String.format(
                Locale.ROOT,
                "%,d subscribers need %,d open files in each of two processes, and only %,d are allowed (ulimit -Hn)",
                subscribers,
                subscribers + SPARE_FILES,
                allowed);
    }

    /** Java raises its own limit to the hard one. */
    private static long openFilesAllowed() throws IOException {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.exists(limits)) {
            return Long.MAX_VALUE;
        }
        for (String line : Files.readAllLines(limits)) {
            if (line.startsWith("Max open files")) {
                String hard = line.replaceAll("\\s+", " ").split(" ")[4];
                return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
            }
        }
        return Long.MAX_VALUE;
    }
}
