package io.scrip.benchmarks;

import io.scrip.tools.load.Load;
import io.scrip.tools.load.LoadPlan;
import io.scrip.tools.load.LoadResult;
import io.scrip.tools.load.Mix;
import io.scrip.tools.load.Skew;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The guard against regressions: counters that a busy neighbour does not change much, held against recorded bounds
 * ({@code counters.properties} beside this class). Bytes allocated by a transfer in the core and by a request in the
 * gateway, forces of the journal for a thousand transfers, system calls for a request.
 */
final class CountersBench implements Bench {
    static final String NAME = "counters";

    private static final int ACCOUNTS = 10_000;
    /** More than ids are remembered, so that no table grows any more. */
    private static final int WARMING_TRANSFERS = 2_500_000;

    private static final int TRANSFERS = 500_000;
    /** So short that a table of ids grows in few of them: now and then one of its parts has more in it than ever. */
    private static final int TURNS = 500;

    private static final int WALLETS = 2_000;
    private static final int CONNECTIONS = 64;
    private static final long WARM_UP_NS = 8_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000;

    private final Properties bounds = new Properties();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "bytes allocated, forces and system calls for each transfer: what CI compares with recorded bounds";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        try (InputStream in = CountersBench.class.getResourceAsStream("counters.properties")) {
            bounds.load(in);
        }
        List<Figure> figures = new ArrayList<>();
        progress.step("transfers in the core");
        figures.add(bounded("core: allocated by a transfer", coreBytes(), "bytes", "core.bytes"));
        try (ScratchServer server = ScratchServer.scrip(options)) {
            progress.step("warming up a server");
            Wallets wallets = Load.open(server.address(), server.operatorKey(), WALLETS, Load.Observer.NONE);
            drive(server, wallets, WARM_UP_NS);
            progress.step("requests to the gateway");
            try (JvmView jvm = JvmView.of(server.pid())) {
                long gateway = jvm.allocatedBytes("scrip-http");
                long pipeline = jvm.allocatedBytes("scrip-pipeline");
                LoadResult load = drive(server, wallets, options.seconds() * SECOND_NS);
                double requests = load.answers();
                double gatewayBytes = (jvm.allocatedBytes("scrip-http") - gateway) / requests;
                double pipelineBytes = (jvm.allocatedBytes("scrip-pipeline") - pipeline) / requests;
                figures.add(bounded("gateway: allocated by a request", gatewayBytes, "bytes", "gateway.bytes"));
                figures.add(bounded("pipeline: allocated by a transfer", pipelineBytes, "bytes", "pipeline.bytes"));
            }
            progress.step("system calls");
            figures.addAll(calls(server, wallets, options));
        }
        return figures;
    }

    private Figure bounded(String name, double value, String unit, String bound) {
        String text = bounds.getProperty(bound);
        if (text == null) {
            throw new IllegalStateException("counters.properties has no " + bound);
        }
        return Figure.of("", name, value, unit).atMost(Double.parseDouble(text.strip()));
    }

    private static double coreBytes() {
        TransferBenchmark.Core core = new TransferBenchmark.Core();
        core.accounts = ACCOUNTS;
        core.setUp();
        for (int i = 0; i < WARMING_TRANSFERS; i++) {
            core.transfer();
        }
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        double[] turns = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < TRANSFERS / TURNS; i++) {
                core.transfer();
            }
            long bytes = threads.getThreadAllocatedBytes(thread) - before;
            // Whole bytes: the look itself allocates a little.
            turns[turn] = Math.floor((double) bytes * TURNS / TRANSFERS);
        }
        core.check();
        // A table that grows once is no allocation of each transfer.
        return BenchOptions.median(turns);
    }

    private static LoadResult drive(ScratchServer server, Wallets wallets, long durationNs)
            throws IOException, InterruptedException {
        LoadPlan plan = LoadPlan.closed(server.address(), CONNECTIONS, durationNs);
        LoadResult result = Load.run(plan, wallets, Mix.TRANSFERS, Skew.UNIFORM, 1, Load.Observer.NONE);
        if (result.applied() == 0 || result.faults() > 0) {
            throw new IOException("the server did not answer as it should: " + result.firstUnexpected());
        }
        return result;
    }

    private List<Figure> calls(ScratchServer server, Wallets wallets, BenchOptions options)
            throws IOException, InterruptedException {
        String forces = "journal: forces for a thousand transfers";
        String all = "server: system calls for a request";
        SystemCalls counted = null;
        LoadResult load = null;
        try (SystemCalls counting = SystemCalls.of(server.pid())) {
            load = drive(server, wallets, options.seconds() * SECOND_NS);
            counted = counting;
        } catch (IOException cannotTrace) {
            return List.of(
                    Figure.skipped("", forces, cannotTrace.getMessage()),
                    Figure.skipped("", all, cannotTrace.getMessage()));
        }
        double requests = load.answers();
        return List.of(
                bounded(forces, counted.forces() * 1_000 / requests, "forces", "journal.forces"),
                bounded(all, counted.all() / requests, "calls", "server.calls").note(counted.most(requests)));
    }
}
