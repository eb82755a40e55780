package io.scrip.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * The core alone: P5 and how throughput changes with the number of accounts. The core and the naive loops take turns of
 * 50,000 transfers in one thread, in CPU time of that thread, so that what else the machine does falls on all of them.
 */
final class CoreBench implements Bench {
    private static final int TRANSFERS_PER_TURN = 50_000;
    private static final int WARMING_TURNS = 30;
    private static final int TURNS_PER_RUN = 20;
    private static final List<Integer> ACCOUNTS = List.of(10_000, 1_000_000, 10_000_000);
    private static final double LEAST_PART = 0.5;
    private static final long BYTES_PER_ACCOUNT = 400;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long allocatedBytes;

    /**
     * Transfers per second of CPU time, and bytes allocated by one transfer of the core.
     *
     * @param alone one at a time, as when nothing else waits
     */
    private record Speeds(double core, double alone, double naive, double idsOnly, double bytes) {}

    @Override
    public String name() {
        return "core";
    }

    @Override
    public String about() {
        return "P5: the core alone beside naive loops, by number of accounts";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) {
        List<Figure> figures = new ArrayList<>();
        double smallest = Double.NaN;
        List<Integer> counts = options.accountsOr(ACCOUNTS);
        int first = counts.get(0);
        int last = counts.get(counts.size() - 1);
        for (int accounts : counts) {
            String with = String.format(Locale.ROOT, "core, %,d accounts", accounts);
            if (accounts * BYTES_PER_ACCOUNT > Runtime.getRuntime().maxMemory()) {
                figures.add(Figure.skipped(
                        "P5", with, "needs a heap of " + ((accounts * BYTES_PER_ACCOUNT) >> 20) + " MiB"));
                continue;
            }
            progress.step(with);
            Speeds speeds = measure(accounts, options.runs() * TURNS_PER_RUN);
            Figure core = Figure.of("P5", with, speeds.core(), "transfers/s").beside("naive loop", speeds.naive());
            figures.add(accounts == first ? core.ratioAtLeast(LEAST_PART) : core);
            figures.add(Figure.of("P5", with + ", allocated", speeds.bytes(), "bytes each")
                    .atMost(0));
            figures.add(Figure.of("P5", with, speeds.core(), "transfers/s").beside("ids only", speeds.idsOnly()));
            figures.add(Figure.of("P5", with + ", none waiting", speeds.alone(), "transfers/s")
                    .beside("naive loop", speeds.naive()));
            if (Double.isNaN(smallest)) {
                smallest = speeds.core();
            } else {
                String beside = String.format(Locale.ROOT, "%,d accounts", first);
                Figure grown = Figure.of("", with, speeds.core(), "transfers/s").beside(beside, smallest);
                figures.add(accounts == last ? grown.ratioAtLeast(LEAST_PART) : grown);
            }
        }
        return figures;
    }

    private Speeds measure(int accounts, int turns) {
        TransferBenchmark.Core core = new TransferBenchmark.Core();
        TransferBenchmark.Naive naive = new TransferBenchmark.Naive();
        core.accounts = accounts;
        naive.accounts = accounts;
        core.setUp();
        naive.setUp();
        BooleanSupplier ofCore = () -> core.waiting() != null;
        BooleanSupplier ofCoreAlone = () -> core.transfer() != null;
        for (int i = 0; i < WARMING_TURNS; i++) {
            turn(ofCore);
            turn(ofCoreAlone);
            turn(naive::transfer);
            turn(naive::remember);
        }
        double[] coreNs = new double[turns];
        double[] aloneNs = new double[turns];
        double[] naiveNs = new double[turns];
        double[] idsNs = new double[turns];
        double[] bytes = new double[turns];
        for (int i = 0; i < turns; i++) {
            coreNs[i] = turn(ofCore);
            // What the look itself allocates is far below a hundredth of a byte each.
            bytes[i] = Math.floor(100.0 * allocatedBytes / TRANSFERS_PER_TURN) / 100;
            aloneNs[i] = turn(ofCoreAlone);
            naiveNs[i] = turn(naive::transfer);
            idsNs[i] = turn(naive::remember);
        }
        core.check();
        return new Speeds(
                perSecond(coreNs),
                perSecond(aloneNs),
                perSecond(naiveNs),
                perSecond(idsNs),
                BenchOptions.median(bytes));
    }

    private static double perSecond(double[] turnsNs) {
        return TRANSFERS_PER_TURN * 1e9 / BenchOptions.median(turnsNs);
    }

    private long turn(BooleanSupplier transfer) {
        long thread = Thread.currentThread().getId();
        long bytesBefore = threads.getThreadAllocatedBytes(thread);
        long beganNs = threads.getCurrentThreadCpuTime();
        boolean all = true;
        for (int i = 0; i < TRANSFERS_PER_TURN; i++) {
            all &= transfer.getAsBoolean();
        }
        long tookNs = threads.getCurrentThreadCpuTime() - beganNs;
        allocatedBytes = threads.getThreadAllocatedBytes(thread) - bytesBefore;
        if (!all) {
            throw new IllegalStateException("a transfer was refused");
        }
        return tookNs;
    }
}
