package io.scrip.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a ledger takes to come back, and what snapshots cost the living one.
 *
 * <p>Builds a data folder by driving journal, core and event log in one process, leaves it as a killed process would,
 * and then measures each start in a Java of its own, cold, as a real start is: without a snapshot, with one at the end,
 * with one and a tail. The files are in the page cache or not as the machine's memory allows; nothing drops it.
 *
 * <pre>
 *   RecoveryBench [--folder DIR] [--commands N] [--accounts N] [--snapshot-accounts N] [--pause-seconds N]
 * </pre>
 */
public final class RecoveryBench implements Bench {
    private static final int PAUSE_SECONDS = 20;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String about() {
        return "P7: starts with and without a snapshot, snapshots written and loaded, pauses";
    }

    /** As {@link Options#DEFAULT}, in a folder beside the results, that is removed at the end; seconds are of the pauses. */
    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        Options usual = Options.DEFAULT;
        Path folder = options.folder().resolve("recovery-data");
        return run(
                new Options(folder, usual.commands(), usual.accounts(), usual.snapshotAccounts(), options.seconds()),
                progress);
    }

    /**
     * What is measured.
     *
     * @param folder           for the data; emptied at the end. Needs about 700 bytes a command
     * @param commands         in the journal, preparation included
     * @param accounts         in the ledger that is recovered, and in the one whose live thread is watched
     * @param snapshotAccounts in the snapshot that is written and loaded by itself; 0: not measured
     * @param pauseSeconds     of each half of the measurement of pauses; 0: not measured
     */
    public record Options(Path folder, long commands, int accounts, int snapshotAccounts, int pauseSeconds) {
        public static final Options DEFAULT =
                new Options(Path.of("target", "recovery-bench"), 10_000_000, 1_000_000, 10_000_000, PAUSE_SECONDS);

        public Options {
            if (accounts < 2 || commands < RecoveryWorkload.preparation(accounts)) {
                throw new IllegalArgumentException(
                        "two accounts at least, and two commands an account: " + accounts + ", " + commands);
            }
        }
    }

    /** Measures everything, each part in a Java of its own. */
    static List<Figure> run(Options options, Progress progress) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (ScratchFolder folder = ScratchFolder.at(options.folder())) {
            figures.addAll(part("build", options, progress));
            figures.addAll(part("recover-without", options, progress));
            figures.addAll(part("snapshot", options, progress));
            figures.addAll(part("recover-with", options, progress));
            figures.addAll(part("tail", options, progress));
            figures.addAll(part("recover-tail", options, progress));
            if (options.pauseSeconds() > 0) {
                figures.addAll(part("pauses", options, progress));
            }
            folder.clear();
            if (options.snapshotAccounts() > 0) {
                figures.addAll(part("large-write", options, progress));
                figures.addAll(part("large-load", options, progress));
            }
        }
        return figures;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.DEFAULT;
        String part = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            options = switch (args[i]) {
                case "--folder" -> with(options, Path.of(value), options.commands(), options.accounts());
                case "--commands" -> with(options, options.folder(), Long.parseLong(value), options.accounts());
                case "--accounts" -> with(options, options.folder(), options.commands(), Integer.parseInt(value));
                case "--snapshot-accounts" ->
                    new Options(
                            options.folder(),
                            options.commands(),
                            options.accounts(),
                            Integer.parseInt(value),
                            options.pauseSeconds());
                case "--pause-seconds" ->
                    new Options(
                            options.folder(),
                            options.commands(),
                            options.accounts(),
                            options.snapshotAccounts(),
                            Integer.parseInt(value));
                case "--part" -> {
                    part = value;
                    yield options;
                }
                default -> throw new IllegalArgumentException("no such option: " + args[i]);
            };
        }
        if (part != null) {
            new RecoveryParts(options).run(part).forEach(measured -> System.out.println(measured.toLine()));
            return;
        }
        List<Figure> figures = run(options, what -> System.out.println("  " + what));
        System.out.printf(
                Locale.ROOT,
                "%-66s %14s  %-12s %s%n",
                "load average " + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "measured",
                "unit",
                "target");
        figures.forEach(RecoveryBench::print);
    }

    private static Options with(Options options, Path folder, long commands, int accounts) {
        // The one is checked against the other, and they come one after the other.
        long enough = Math.max(commands, RecoveryWorkload.preparation(accounts));
        return new Options(folder, enough, accounts, options.snapshotAccounts(), options.pauseSeconds());
    }

    private static void print(Figure figure) {
        System.out.printf(
                Locale.ROOT,
                "%-66s %14s  %-12s %-22s %s%n",
                figure.name(),
                Figure.text(figure.value()),
                figure.unit(),
                figure.target(),
                figure.verdict());
    }

    private static List<Figure> part(String name, Options options, Progress progress)
            throws IOException, InterruptedException {
        progress.step(name);
        List<String> command = ScratchServer.java();
        command.add(RecoveryBench.class.getName());
        command.addAll(List.of("--folder", options.folder().toString()));
        command.addAll(List.of("--commands", Long.toString(options.commands())));
        command.addAll(List.of("--accounts", Integer.toString(options.accounts())));
        command.addAll(List.of("--snapshot-accounts", Integer.toString(options.snapshotAccounts())));
        command.addAll(List.of("--pause-seconds", Integer.toString(options.pauseSeconds())));
        command.addAll(List.of("--part", name));
        List<Figure> figures = new ArrayList<>();
        int code = ChildProcess.run(command, line -> {
            if (Measured.isLine(line)) {
                figures.add(Measured.parse(line).toFigure());
            } else if (!line.isBlank()) {
                progress.step(line);
            }
        });
        if (code != 0) {
            throw new IOException("the part " + name + " has failed with code " + code);
        }
        return figures;
    }

    /**
     * A number on its way from the Java that measured it.
     *
     * @param bound  its target; {@link Double#NaN}: none
     * @param atMost whether the target is the most it may be, and not the least
     */
    record Measured(String id, String name, double value, String unit, double bound, boolean atMost) {
        private static final String LINE = "figure\t";

        static Measured atMost(String id, String name, double value, String unit, double bound) {
            return new Measured(id, name, value, unit, bound, true);
        }

        static Measured atLeast(String id, String name, double value, String unit, double bound) {
            return new Measured(id, name, value, unit, bound, false);
        }

        static Measured of(String name, double value, String unit) {
            return new Measured("", name, value, unit, Double.NaN, true);
        }

        static boolean isLine(String line) {
            return line.startsWith(LINE);
        }

        static Measured parse(String line) {
            String[] part = line.substring(LINE.length()).split("\t", -1);
            return new Measured(
                    part[0],
                    part[1],
                    Double.parseDouble(part[2]),
                    part[3],
                    Double.parseDouble(part[4]),
                    Boolean.parseBoolean(part[5]));
        }

        String toLine() {
            return LINE + String.join("\t", id, name, value + "", unit, bound + "", atMost + "");
        }

        Figure toFigure() {
            Figure figure = Figure.of(id, name, value, unit);
            if (Double.isNaN(bound)) {
                return figure;
            }
            return atMost ? figure.atMost(bound) : figure.atLeast(bound);
        }
    }
}
