package io.scrip.benchmarks;

import io.scrip.journal.JournalConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * P6: records of 128 bytes made durable so many at a time, by the journal of the server, by a bare Chronicle queue with
 * a force of its file, and by a file that is there already. They take turns, for the device is not the same all day.
 * Then the journal with blocks and files of other sizes.
 */
final class JournalBench implements Bench {
    private static final int RECORD_BYTES = 128;
    private static final int[] PER_FORCE = {1, 16, 64, 256, 1024, 8192};
    private static final int JUDGED_PER_FORCE = 64;
    private static final int TURNS_PER_RUN = 4;
    private static final List<Integer> BLOCKS_MIB = List.of(1, 2, 4, 8, 16, 64);
    private static final List<Integer> FILES_MIB = List.of(64, 256, 1_024);
    private static final int MIB_SHIFT = 20;
    private static final int FILE_BYTES = 64 << 20;
    private static final String[] NAMES = {"journal", "bare Chronicle", "preallocated file"};

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final byte[] record = new byte[RECORD_BYTES];
    /** Of the last turn: no neighbour can take it away. */
    private double lastCpuNsEach;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String about() {
        return "P6: the journal beside a bare Chronicle queue and a pre-allocated file; sizes of blocks and files";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        List<Figure> figures = new ArrayList<>();
        for (int perForce : PER_FORCE) {
            progress.step(perForce + " per force");
            figures.addAll(measure(options, perForce));
        }
        int usualBlock = JournalConfig.DEFAULT_BLOCK_SIZE_BYTES;
        long usualRoll = JournalConfig.DEFAULT_ROLL_SIZE_BYTES;
        progress.step("sizes of blocks");
        figures.addAll(sizes(
                options, "blocks", BLOCKS_MIB, usualBlock >> MIB_SHIFT, mib -> new Sizes(mib << MIB_SHIFT, usualRoll)));
        progress.step("sizes of files");
        figures.addAll(sizes(
                options,
                "files",
                FILES_MIB,
                (int) (usualRoll >> MIB_SHIFT),
                mib -> new Sizes(usualBlock, (long) mib << MIB_SHIFT)));
        return figures;
    }

    /** What Chronicle maps at once, and when the next file begins. */
    private record Sizes(int blockBytes, long rollBytes) {}

    /** What came out of the turns of some logs: of each log, of each turn. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Turns(double[][] perSecond, double[][] cpuNsEach, Histogram[] forcesNs) {
        double perSecond(int log) {
            return BenchOptions.median(perSecond[log]);
        }

        String note(int log) {
            return String.format(
                    Locale.ROOT,
                    "%.0f ns of CPU each, force p50 %.0f µs, p99 %.0f µs, longest %.1f ms",
                    BenchOptions.median(cpuNsEach[log]),
                    forcesNs[log].getValueAtPercentile(50) / 1e3,
                    forcesNs[log].getValueAtPercentile(99) / 1e3,
                    forcesNs[log].getMaxValue() / 1e6);
        }
    }

    /** New files each time, so that no size pays for what another has written. */
    private List<Figure> measure(BenchOptions options, int perForce) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.in(options.folder(), "journal-bench")) {
            Path folder = scratch.path();
            int blockSizeBytes = JournalConfig.DEFAULT_BLOCK_SIZE_BYTES;
            return figures(
                    perForce,
                    take(
                            options,
                            perForce,
                            List.of(
                                    DurableLog.ofJournal(folder.resolve("journal"), blockSizeBytes),
                                    DurableLog.ofBareChronicle(folder.resolve("bare"), blockSizeBytes),
                                    DurableLog.ofPreallocatedFile(folder.resolve("file"), FILE_BYTES))));
        }
    }

    /** What the journal's two sizes were chosen by: each beside the chosen one. */
    private List<Figure> sizes(
            BenchOptions options, String what, List<Integer> mebibytes, int chosen, IntFunction<Sizes> sizesOf)
            throws IOException {
        try (ScratchFolder scratch = ScratchFolder.in(options.folder(), "journal-bench")) {
            List<DurableLog> logs = new ArrayList<>();
            for (int size : mebibytes) {
                Sizes sizes = sizesOf.apply(size);
                logs.add(DurableLog.ofJournal(
                        scratch.path().resolve("journal-" + size), sizes.blockBytes(), sizes.rollBytes()));
            }
            Turns turns = take(options, JUDGED_PER_FORCE, logs);
            List<Figure> figures = new ArrayList<>();
            double usual = turns.perSecond(mebibytes.indexOf(chosen));
            for (int i = 0; i < mebibytes.size(); i++) {
                Figure figure =
                        Figure.of("", what + " of " + mebibytes.get(i) + " MiB", turns.perSecond(i), "records/s");
                figures.add(figure.beside(chosen + " MiB", usual)
                        .note(turns.note(i))
                        .in("the journal's " + what + ", durable every " + JUDGED_PER_FORCE));
            }
            return figures;
        }
    }

    /** All logs in turns, and closes them. */
    private Turns take(BenchOptions options, int perForce, List<DurableLog> logs) throws IOException {
        int count = options.runs() * TURNS_PER_RUN;
        long turnNs = options.durationNs() / TURNS_PER_RUN;
        Turns turns =
                new Turns(new double[logs.size()][count], new double[logs.size()][count], new Histogram[logs.size()]);
        try {
            for (int i = 0; i < logs.size(); i++) {
                turn(logs.get(i), perForce, turnNs, new Histogram(3));
                turns.forcesNs[i] = new Histogram(3);
            }
            for (int at = 0; at < count; at++) {
                for (int i = 0; i < logs.size(); i++) {
                    int log = (at + i) % logs.size();
                    turns.perSecond[log][at] = turn(logs.get(log), perForce, turnNs, turns.forcesNs[log]);
                    turns.cpuNsEach[log][at] = lastCpuNsEach;
                }
            }
        } finally {
            for (DurableLog log : logs) {
                log.close();
            }
        }
        return turns;
    }

    private static List<Figure> figures(int perForce, Turns turns) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            String name = NAMES[i] + ", durable every " + perForce;
            Figure figure = Figure.of("P6", name, turns.perSecond(i), "records/s");
            if (i != 1) {
                figure = figure.beside(NAMES[1], turns.perSecond(1));
            }
            if (i == 0 && perForce == JUDGED_PER_FORCE) {
                figure = figure.ratioAtLeast(0.8);
            }
            figures.add(figure.note(turns.note(i)));
        }
        return figures;
    }

    /** Records a second over one turn. */
    private double turn(DurableLog log, int perForce, long turnNs, Histogram forcesNs) throws IOException {
        long records = 0;
        long cpuBeganNs = threads.getCurrentThreadCpuTime();
        long beganNs = System.nanoTime();
        long nowNs = beganNs;
        while (nowNs - beganNs < turnNs) {
            for (int i = 0; i < perForce; i++) {
                log.append(record);
            }
            long appendedNs = System.nanoTime();
            log.force();
            nowNs = System.nanoTime();
            forcesNs.recordValue(nowNs - appendedNs);
            records += perForce;
        }
        lastCpuNsEach = (threads.getCurrentThreadCpuTime() - cpuBeganNs) / (double) records;
        return records * 1e9 / (nowNs - beganNs);
    }
}
