package io.scrip.benchmarks;

import io.scrip.client.ClientOptions;
import io.scrip.client.CommandIds;
import io.scrip.client.Result;
import io.scrip.client.ScripClient;
import io.scrip.client.TokenCode;
import io.scrip.client.TransferRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * The binary door end to end: a server process with durable answers, and in this process the Java client. Batches of the
 * largest size (P1), single transfers with many in flight (P2), and one at a time (P4) beside what the device and the
 * loopback take for themselves.
 */
public final class BinaryBench implements Bench {
    private static final long CRD = TokenCode.of("CRD");
    private static final int PAYEES = 1_000;
    private static final int BATCH_ITEMS = ClientOptions.MAX_BATCH_ITEMS;
    private static final int BATCHES_IN_FLIGHT = 4;
    private static final List<Integer> IN_FLIGHT = List.of(100, 1_000);
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_US = 1e3;
    private static final long MAX_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);

    @Override
    public String name() {
        return "binary";
    }

    @Override
    public String about() {
        return "P1, P2, P4: batches, many and one in flight over the binary door";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        String port = Integer.toString(ScratchServer.freeAddress().getPort());
        try (ScratchServer server = ScratchServer.scrip(options, "--binary-listen", "127.0.0.1:" + port)) {
            progress.step("opening " + PAYEES + " wallets");
            Wallets wallets = Wallets.open(server, PAYEES);
            ClientOptions client = ClientOptions.to("127.0.0.1", Integer.parseInt(port), wallets.payerKey())
                    .withDeadline(Duration.ofSeconds(60));
            try (ScripClient operator =
                    ScripClient.connect(ClientOptions.to("127.0.0.1", Integer.parseInt(port), server.operatorKey()))) {
                Result issued = operator.issue(CommandIds.next(), wallets.payer(), CRD, Long.MAX_VALUE / 4)
                        .join();
                require(issued);
            }
            List<Figure> figures = new ArrayList<>();
            Map<String, Histogram> latencies = new LinkedHashMap<>();
            for (int inFlight : IN_FLIGHT) {
                figures.addAll(
                        singles(options, progress, client.withBatches(BATCH_ITEMS, 2), wallets, inFlight, latencies));
            }
            figures.addAll(oneAtATime(options, progress, server, client, wallets, latencies));
            LatencyPlot.write(options.folder(), "binary", "Durable transfers over the binary door", latencies);
            figures.add(batches(options, progress, client, wallets));
            return figures;
        }
    }

    private static void require(Result result) {
        if (!result.isApplied()) {
            throw new IllegalStateException("refused: " + result.outcome());
        }
    }

    private static Figure batches(BenchOptions options, Progress progress, ClientOptions client, Wallets wallets) {
        double[] runs = new double[options.runs()];
        for (int run = 0; run < runs.length; run++) {
            progress.step("batches of " + BATCH_ITEMS + ", run " + (run + 1));
            try (ScripClient connection = ScripClient.connect(client)) {
                batchRate(connection, wallets, options.durationNs() / 4);
                runs[run] = batchRate(connection, wallets, options.durationNs());
            }
        }
        return Figure.of("P1", "batches of 8,190, 4 in flight, 1 connection", BenchOptions.median(runs), "transfers/s")
                .atLeast(600_000);
    }

    private static double batchRate(ScripClient client, Wallets wallets, long durationNs) {
        SplittableRandom random = new SplittableRandom(7);
        List<CompletableFuture<List<Result>>> flying = new ArrayList<>();
        long startNs = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - startNs < durationNs || !flying.isEmpty()) {
            while (flying.size() < BATCHES_IN_FLIGHT && System.nanoTime() - startNs < durationNs) {
                List<TransferRequest> items = new ArrayList<>(BATCH_ITEMS);
                for (int i = 0; i < BATCH_ITEMS; i++) {
                    items.add(TransferRequest.of(wallets.payer(), wallets.payee(random), CRD, 1));
                }
                flying.add(client.batch(items, false));
            }
            if (!flying.isEmpty()) {
                for (Result result : flying.remove(0).join()) {
                    require(result);
                    done++;
                }
            }
        }
        return done * 1e9 / (System.nanoTime() - startNs);
    }

    private static List<Figure> singles(
            BenchOptions options,
            Progress progress,
            ClientOptions client,
            Wallets wallets,
            int inFlight,
            Map<String, Histogram> latencies) {
        Histogram all = new Histogram(MAX_LATENCY_NS, 3);
        latencies.put(inFlight + " in flight", all);
        double[] rates = new double[options.runs()];
        double[] p50s = new double[options.runs()];
        double[] p99s = new double[options.runs()];
        for (int run = 0; run < rates.length; run++) {
            progress.step("single transfers, " + inFlight + " in flight, run " + (run + 1));
            try (ScripClient connection = ScripClient.connect(client)) {
                new ClosedLoop(connection, wallets).run(inFlight, options.durationNs() / 2);
                ClosedLoop measured = new ClosedLoop(connection, wallets);
                rates[run] = measured.run(inFlight, options.durationNs());
                p50s[run] = measured.latencies.getValueAtPercentile(50) / NS_PER_MS;
                p99s[run] = measured.latencies.getValueAtPercentile(99) / NS_PER_MS;
                all.add(measured.latencies);
            }
        }
        String name = "single transfers, " + inFlight + " in flight";
        Figure rate = Figure.of(inFlight == 100 ? "P2" : "", name, BenchOptions.median(rates), "transfers/s");
        Figure p50 = Figure.of("", name + ", p50", BenchOptions.median(p50s), "ms");
        Figure p99 = Figure.of(inFlight == 100 ? "P2" : "", name + ", p99", BenchOptions.median(p99s), "ms");
        return inFlight == 100 ? List.of(rate.atLeast(190_000), p50, p99.atMost(3)) : List.of(rate, p50, p99);
    }

    /** Keeps a number of transfers in flight: each answer sends the next. */
    private static final class ClosedLoop {
        final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
        private final ScripClient client;
        private final Wallets wallets;
        private final SplittableRandom random = new SplittableRandom(11);
        private final AtomicLong flying = new AtomicLong();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private long untilNs;
        private long done;

        ClosedLoop(ScripClient client, Wallets wallets) {
            this.client = client;
            this.wallets = wallets;
        }

        double run(int inFlight, long durationNs) {
            long startNs = System.nanoTime();
            untilNs = startNs + durationNs;
            flying.set(inFlight);
            // Begun on the client's thread, so that everything of this object stays there.
            CompletableFuture<Void> begun = client.wallet(wallets.payer()).thenAccept(ready -> {
                for (int i = 0; i < inFlight; i++) {
                    next();
                }
            });
            begun.join();
            ended.join();
            return done * 1e9 / (System.nanoTime() - startNs);
        }

        private void next() {
            long sentNs = System.nanoTime();
            CompletableFuture<Result> unused = client.transfer(
                            TransferRequest.of(wallets.payer(), wallets.payee(random), CRD, 1))
                    .whenComplete((result, failure) -> onAnswer(sentNs, result, failure));
        }

        private void onAnswer(long sentNs, Result result, Throwable failure) {
            long nowNs = System.nanoTime();
            if (failure != null || !result.isApplied()) {
                ended.completeExceptionally(
                        failure != null ? failure : new CompletionException("refused: " + result.outcome(), null));
                return;
            }
            latencies.recordValue(nowNs - sentNs);
            done++;
            if (nowNs - untilNs < 0) {
                next();
            } else if (flying.decrementAndGet() == 0) {
                ended.complete(null);
            }
        }
    }

    private static List<Figure> oneAtATime(
            BenchOptions options,
            Progress progress,
            ScratchServer server,
            ClientOptions client,
            Wallets wallets,
            Map<String, Histogram> all)
            throws IOException, InterruptedException {
        Histogram everyRun = new Histogram(MAX_LATENCY_NS, 3);
        all.put("one at a time", everyRun);
        double[] ours = new double[options.runs()];
        double[] floors = new double[options.runs()];
        for (int run = 0; run < ours.length; run++) {
            progress.step("one transfer at a time, run " + (run + 1));
            long syncNs = Floors.fdatasyncP50Ns(server.data());
            long roundTripNs = Floors.loopbackP50Ns();
            floors[run] = (syncNs + roundTripNs) / NS_PER_US;
            try (ScripClient connection = ScripClient.connect(client)) {
                SplittableRandom random = new SplittableRandom(5);
                Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
                long startNs = System.nanoTime();
                while (System.nanoTime() - startNs < options.durationNs()) {
                    long sentNs = System.nanoTime();
                    require(connection
                            .transfer(TransferRequest.of(wallets.payer(), wallets.payee(random), CRD, 1))
                            .join());
                    latencies.recordValue(System.nanoTime() - sentNs);
                }
                ours[run] = latencies.getValueAtPercentile(50) / NS_PER_US;
                everyRun.add(latencies);
            }
        }
        return List.of(Figure.of("P4", "one transfer at a time, p50", BenchOptions.median(ours), "µs")
                .beside("fdatasync p50 + loopback round trip p50", BenchOptions.median(floors))
                .ratioAtMost(2));
    }
}
