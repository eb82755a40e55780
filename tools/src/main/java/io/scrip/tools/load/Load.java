package io.scrip.tools.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Drives a server: opens and funds wallets, then sends what a mix asks for. Blocks the caller until it is done. */
public final class Load {
    private static final int SET_UP_CONNECTIONS = 32;
    private static final int SET_UP_DEPTH = 4;
    private static final long START_IN_NS = 20_000_000;
    private static final long NO_END_NS = TimeUnit.DAYS.toNanos(7);
    private static final long SECOND_NS = 1_000_000_000;

    private Load() {}

    /** What happens meanwhile, once a second. */
    @FunctionalInterface
    public interface Observer {
        /** For those who do not look. */
        Observer NONE = (second, counts) -> {};

        /**
         * A second has gone by.
         *
         * @param second what was recorded since the last call, in nanoseconds; gone when this returns
         * @param sums   counts since the beginning
         */
        void second(Histogram second, Map<String, Long> sums);
    }

    /** Opens so many wallets and gives each a million credits. */
    public static Wallets open(InetSocketAddress server, String operatorKey, int count, Observer observer)
            throws IOException, InterruptedException {
        Wallets wallets = new Wallets(count);
        String prefix = "load-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        LoadPlan plan = LoadPlan.closed(server, Math.min(SET_UP_CONNECTIONS, count), NO_END_NS)
                .withDepth(SET_UP_DEPTH);
        setUp(plan, SetUp.opening(server, operatorKey, prefix, wallets), observer);
        setUp(plan, SetUp.funding(server, operatorKey, wallets), observer);
        return wallets;
    }

    private static void setUp(LoadPlan plan, SetUp work, Observer observer) throws IOException, InterruptedException {
        run(plan, List.of(work), observer);
        if (work.problem() != null) {
            throw new IOException("wallets could not be set up: " + work.problem());
        }
    }

    /** Drives operations of these wallets over HTTP. */
    public static LoadResult run(LoadPlan plan, Wallets wallets, Mix mix, Skew skew, int batch, Observer observer)
            throws IOException, InterruptedException {
        List<Workload> works = new ArrayList<>();
        for (int thread = 0; thread < plan.threads(); thread++) {
            works.add(new LedgerLoad(plan.server(), wallets, mix, skew, batch, share(plan, thread), seed()));
        }
        return drive(plan.withBatch(batch), works, observer);
    }

    /** The same over the binary door, which the plan's address must be; each connection has one payer. */
    public static LoadResult runBinary(LoadPlan plan, Wallets wallets, Mix mix, Skew skew, int batch, Observer observer)
            throws IOException, InterruptedException {
        BinaryLoad.require(mix);
        List<Workload> works = new ArrayList<>();
        int first = 0;
        for (int thread = 0; thread < plan.threads(); thread++) {
            works.add(new BinaryLoad(wallets, mix, skew, batch, first, share(plan, thread), seed()));
            first += share(plan, thread);
        }
        return drive(plan.withBatch(batch), works, observer);
    }

    private static long seed() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static LoadResult drive(LoadPlan plan, List<Workload> works, Observer observer)
            throws IOException, InterruptedException {
        Histogram latencies = Meter.newHistogram();
        Map<Meter.Count, Long> counts = new EnumMap<>(Meter.Count.class);
        double seconds = run(plan, works, latencies, counts, observer);
        String unexpected = works.stream()
                .map(Workload::firstUnexpected)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new LoadResult(seconds, counts, latencies, unexpected);
    }

    private static void run(LoadPlan plan, List<Workload> works, Observer observer)
            throws IOException, InterruptedException {
        run(plan, works, Meter.newHistogram(), new EnumMap<>(Meter.Count.class), observer);
    }

    private static int share(LoadPlan plan, int thread) {
        int threads = plan.threads();
        return plan.connections() / threads + (thread < plan.connections() % threads ? 1 : 0);
    }

    /** The seconds it took. */
    static double run(
            LoadPlan plan, List<Workload> works, Histogram latencies, Map<Meter.Count, Long> counts, Observer observer)
            throws IOException, InterruptedException {
        if (plan.threads() > plan.connections()) {
            throw new IllegalArgumentException("more threads than connections");
        }
        long startNs = System.nanoTime() + START_IN_NS;
        long measureNs = startNs + plan.warmUpNs();
        Driver.Times times = new Driver.Times(startNs, measureNs, measureNs + plan.durationNs());
        List<Driver> drivers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < plan.threads(); i++) {
            drivers.add(new Driver(plan, share(plan, i), plan.rate() / plan.threads(), times, works.get(i)));
            threads.add(new Thread(drivers.get(i), "load-" + i));
        }
        threads.forEach(Thread::start);
        try {
            watch(drivers, threads, latencies, observer);
        } finally {
            drivers.forEach(Driver::stop);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        long firstNs = Long.MAX_VALUE;
        long lastNs = measureNs + 1;
        for (Driver driver : drivers) {
            if (driver.failure() != null) {
                throw new IOException(driver.failure());
            }
            driver.meter().addTo(latencies);
            firstNs = Math.min(firstNs, driver.measureNs());
            lastNs = Math.max(lastNs, driver.lastAnswerNs());
        }
        for (Meter.Count what : Meter.Count.values()) {
            counts.put(what, sum(drivers, what));
        }
        return (lastNs - Math.min(firstNs, lastNs - 1)) / 1e9;
    }

    private static void watch(List<Driver> drivers, List<Thread> threads, Histogram latencies, Observer observer)
            throws InterruptedException {
        Histogram second = Meter.newHistogram();
        long nextNs = System.nanoTime() + SECOND_NS;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                thread.join(Math.max(1, (nextNs - System.nanoTime()) / 1_000_000));
                if (System.nanoTime() - nextNs >= 0) {
                    nextNs += SECOND_NS;
                    second.reset();
                    drivers.forEach(driver -> driver.meter().addTo(second));
                    latencies.add(second);
                    Map<String, Long> sums = new java.util.LinkedHashMap<>();
                    for (Meter.Count what : Meter.Count.values()) {
                        sums.put(what.word(), sum(drivers, what));
                    }
                    observer.second(second, sums);
                }
            }
        }
    }

    private static long sum(List<Driver> drivers, Meter.Count what) {
        return drivers.stream().mapToLong(driver -> driver.meter().count(what)).sum();
    }
}
