package io.scrip.benchmarks;

import io.scrip.journal.JournalConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * P6: records of 128 bytes made durable so many at a time, by the journal of the server, by a bare Chronicle queue with
 * a force of its file, and by a file that is there already. They take turns, for the device is not the same all day.
 */
final class JournalBench implements Bench {
    private static final int RECORD_BYTES = 128;
    private static final int[] PER_FORCE = {1, 16, 64, 256, 1024, 8192};
    private static final int JUDGED_PER_FORCE = 64;
    private static final int TURNS_PER_RUN = 4;
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
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        List<Figure> figures = new ArrayList<>();
        for (int perForce : PER_FORCE) {
            progress.step(perForce + " per force");
            figures.addAll(measure(options, perForce, JournalConfig.DEFAULT_BLOCK_SIZE_BYTES));
        }
        return figures;
    }

    /** New files each time, so that no size pays for what another has written. */
    private List<Figure> measure(BenchOptions options, int perForce, int blockSizeBytes) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.in(options.folder(), "journal-bench")) {
            return measure(options, perForce, blockSizeBytes, scratch.path());
        }
    }

    private List<Figure> measure(BenchOptions options, int perForce, int blockSizeBytes, Path folder)
            throws IOException {
        DurableLog[] logs = {
            DurableLog.ofJournal(folder.resolve("journal"), blockSizeBytes),
            DurableLog.ofBareChronicle(folder.resolve("bare"), blockSizeBytes),
            DurableLog.ofPreallocatedFile(folder.resolve("file"), FILE_BYTES)
        };
        int turns = options.runs() * TURNS_PER_RUN;
        long turnNs = options.durationNs() / TURNS_PER_RUN;
        double[][] perSecond = new double[logs.length][turns];
        double[][] cpuNsEach = new double[logs.length][turns];
        Histogram[] forcesNs = new Histogram[logs.length];
        try {
            for (int i = 0; i < logs.length; i++) {
                turn(logs[i], perForce, turnNs, new Histogram(3));
                forcesNs[i] = new Histogram(3);
            }
            for (int at = 0; at < turns; at++) {
                for (int i = 0; i < logs.length; i++) {
                    int log = (at + i) % logs.length;
                    perSecond[log][at] = turn(logs[log], perForce, turnNs, forcesNs[log]);
                    cpuNsEach[log][at] = lastCpuNsEach;
                }
            }
        } finally {
            for (DurableLog log : logs) {
                log.close();
            }
        }
        return figures(perForce, perSecond, cpuNsEach, forcesNs);
    }

    private static List<Figure> figures(
            int perForce, double[][] perSecond, double[][] cpuNsEach, Histogram[] forcesNs) {
        List<Figure> figures = new ArrayList<>();
        double bare = BenchOptions.median(perSecond[1]);
        for (int i = 0; i < NAMES.length; i++) {
            String name = NAMES[i] + ", durable every " + perForce;
            Figure figure = Figure.of("P6", name, BenchOptions.median(perSecond[i]), "records/s");
            if (i != 1) {
                figure = figure.beside(NAMES[1], bare);
            }
            if (i == 0 && perForce == JUDGED_PER_FORCE) {
                figure = figure.ratioAtLeast(0.8);
            }
            figures.add(figure.note(String.format(
                    Locale.ROOT,
                    "%.0f ns of CPU each, force p50 %.0f µs, p99 %.0f µs",
                    BenchOptions.median(cpuNsEach[i]),
                    forcesNs[i].getValueAtPercentile(50) / 1e3,
                    forcesNs[i].getValueAtPercentile(99) / 1e3)));
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
