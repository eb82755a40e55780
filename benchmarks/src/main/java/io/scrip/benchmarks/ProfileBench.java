package io.scrip.benchmarks;

import io.scrip.tools.load.Load;
import io.scrip.tools.load.LoadPlan;
import io.scrip.tools.load.LoadResult;
import io.scrip.tools.load.Mix;
import io.scrip.tools.load.Skew;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a server under load spends its time and its garbage, way by way: CPU of each thread for a transfer, a table of
 * the methods that were running, a table of what was allocated where, and both as drawings. The samples are the JDK's
 * flight recorder's: they see Java with everything that was inlined, and not the kernel; CPU by thread has both.
 */
final class ProfileBench implements Bench {
    private static final int WALLETS = 100_000;
    private static final List<Way> WAYS = List.of(
            new Way("batches", true, 4, 1, 8_190),
            new Way("binary", true, 10, 10, 1),
            new Way("http", false, 64, 1, 1));
    /** Everything that has to do with a command between its arrival and its answer, or afterwards. */
    private static final List<String> THREADS = List.of("scrip-", "history-", "wallet-streams", "event-feeds");

    private static final int METHODS = 15;
    private static final int SITES = 12;
    private static final long WARM_UP_NS = 6_000_000_000L;
    private static final int RECORDED_TIMES = 5;
    private static final double LEAST_US = 0.02;
    private static final String OTHERS = "other threads of Java";
    private static final double NS_PER_US = 1e3;
    /** So that a method's samples are not moved to the next place where a thread may be stopped. */
    private static final List<String> SAMPLED_EXACTLY = List.of(
            "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints", "-XX:FlightRecorderOptions=stackdepth=128");

    private final int walletCount;

    ProfileBench() {
        this(WALLETS);
    }

    /** For tests, with fewer. */
    ProfileBench(int walletCount) {
        this.walletCount = walletCount;
    }

    /**
     * A way into the ledger.
     *
     * @param depth requests under way on each connection
     * @param batch transfers in a request
     */
    private record Way(String name, boolean binary, int connections, int depth, int batch) {
        @Override
        public String toString() {
            return switch (name) {
                case "batches" -> "batches of 8,190";
                case "binary" -> "binary, 100 in flight";
                default -> "HTTP, 64 connections";
            };
        }
    }

    /** Both doors of a server. */
    private record Doors(InetSocketAddress http, InetSocketAddress binary, Wallets wallets) {
        LoadResult drive(Way way, long durationNs) throws IOException, InterruptedException {
            LoadPlan plan = LoadPlan.closed(way.binary() ? binary : http, way.connections(), durationNs)
                    .withDepth(way.depth());
            LoadResult result = way.binary()
                    ? Load.runBinary(plan, wallets, Mix.TRANSFERS, Skew.UNIFORM, way.batch(), Load.Observer.NONE)
                    : Load.run(plan, wallets, Mix.TRANSFERS, Skew.UNIFORM, way.batch(), Load.Observer.NONE);
            if (result.applied() == 0 || result.notApplied() > 0) {
                throw new IOException("the server did not answer as it should: " + result.firstUnexpected());
            }
            return result;
        }
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String about() {
        return "where processor time and garbage go, by thread and method, with flame graphs";
    }

    @Override
    public boolean isInAll() {
        return false;
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        InetSocketAddress binary = ScratchServer.freeAddress();
        try (ScratchServer server =
                ScratchServer.scripWith(SAMPLED_EXACTLY, options, "--binary-listen", "127.0.0.1:" + binary.getPort())) {
            progress.step("opening wallets");
            Wallets wallets = Load.open(server.address(), server.operatorKey(), walletCount, Load.Observer.NONE);
            Doors doors = new Doors(server.address(), binary, wallets);
            try (JvmView jvm = JvmView.of(server.pid())) {
                for (Way way : WAYS) {
                    progress.step("warming up: " + way);
                    doors.drive(way, Math.min(WARM_UP_NS, 3 * options.durationNs()));
                    progress.step("recording: " + way);
                    figures.addAll(profile(options, server, jvm, doors, way));
                }
            }
        }
        return figures;
    }

    private static List<Figure> profile(BenchOptions options, ScratchServer server, JvmView jvm, Doors doors, Way way)
            throws IOException, InterruptedException {
        Path file = options.folder().resolve("profile-" + way.name() + ".jfr").toAbsolutePath();
        Map<String, JvmView.Cpu> before = jvm.cpuByThread();
        long processBeforeNs = processNs(server);
        LoadResult load;
        try (JvmView.Recording recording = jvm.record()) {
            load = doors.drive(way, RECORDED_TIMES * options.durationNs());
            recording.write(file);
        }
        long processNs = processNs(server) - processBeforeNs;
        Map<String, JvmView.Cpu> after = jvm.cpuByThread();
        FlightRecording recorded = FlightRecording.read(file, THREADS);
        draw(options, way, "", "samples", recorded.running());
        draw(options, way, "-allocated", "bytes", recorded.allocated());
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("", "all of it, while recorded", load.appliedPerSecond(), "transfers/s")
                .in(cpuTable(way)));
        figures.addAll(cpu(way, before, after, processNs, load.applied()));
        figures.addAll(methods(way, recorded.running()));
        figures.addAll(sites(way, recorded.allocated(), load.applied()));
        return figures;
    }

    private static long processNs(ScratchServer server) throws IOException {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(() -> new IOException("the server has ended"));
    }

    private static void draw(BenchOptions options, Way way, String suffix, String unit, Stacks stacks)
            throws IOException {
        String name = "profile-" + way.name() + suffix;
        Files.writeString(options.folder().resolve(name + ".collapsed"), stacks.collapsed());
        Files.writeString(options.folder().resolve(name + ".svg"), FlameGraph.svg(way.toString(), unit, stacks));
    }

    /** Of threads that are called alike together, and of what the JVM does for itself. */
    static List<Figure> cpu(
            Object way,
            Map<String, JvmView.Cpu> before,
            Map<String, JvmView.Cpu> after,
            long processNs,
            long transfers) {
        Map<String, JvmView.Cpu> spent = new TreeMap<>();
        long javaNs = 0;
        for (Map.Entry<String, JvmView.Cpu> thread : after.entrySet()) {
            JvmView.Cpu more = thread.getValue().since(before.get(thread.getKey()));
            javaNs += more.ns();
            boolean ours = THREADS.stream().anyMatch(thread.getKey()::startsWith);
            String name = ours ? kind(thread.getKey()) : OTHERS;
            spent.merge(name, more, JvmView.Cpu::plus);
        }
        List<Figure> figures = new ArrayList<>();
        spent.forEach((name, cpu) -> {
            double us = cpu.ns() / NS_PER_US / transfers;
            if (us >= LEAST_US) {
                // The kernel counts user time in ticks, and may round it up beyond the whole.
                double userUs = Math.min(us, cpu.userNs() / NS_PER_US / transfers);
                figures.add(Figure.of("", name, us, "µs a transfer")
                        .note(String.format(Locale.ROOT, "%.2f user, %.2f system", userUs, us - userUs))
                        .in(cpuTable(way)));
            }
        });
        double own = Math.max(0, processNs - javaNs) / NS_PER_US / transfers;
        figures.add(Figure.of("", "the JVM's own threads", own, "µs a transfer")
                .note("compiler, collector, recorder")
                .in(cpuTable(way)));
        return figures;
    }

    private static String cpuTable(Object way) {
        return way + ": processor time of each kind of thread";
    }

    /** Threads of one kind differ in a number at the end. */
    private static String kind(String thread) {
        return thread.replaceFirst("-\\d+$", "");
    }

    /** Innermost frames, for each kind of thread apart. */
    static List<Figure> methods(Object way, Stacks running) {
        List<Figure> figures = new ArrayList<>();
        for (Stacks.Share method : running.innermostByThread(ProfileBench::kind, METHODS)) {
            double percent = 100.0 * method.weight() / running.total();
            figures.add(Figure.of("", method.name(), percent, "% of samples")
                    .in(way + ": methods that were running, by thread"));
        }
        return figures;
    }

    /** By what was allocated, and the innermost of our own methods that led there. */
    static List<Figure> sites(Object way, Stacks allocated, long transfers) {
        String table = way + ": allocated";
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("", "everything", (double) allocated.total() / transfers, "bytes a transfer")
                .in(table));
        for (Stacks.Share site : allocated.sites("io.scrip.", SITES)) {
            double bytes = (double) site.weight() / transfers;
            figures.add(Figure.of("", site.name(), bytes, "bytes a transfer").in(table));
        }
        return figures;
    }
}
