package io.scrip.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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
 *   RecoveryBench [--folder DIR] [--commands N] [--accounts N] [--snapshot-accounts N] [--pause-seconds N] [--json FILE]
 * </pre>
 */
public final class RecoveryBench {
    private static final String FIGURE = "figure ";

    private RecoveryBench() {}

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
                new Options(Path.of("target", "recovery-bench"), 10_000_000, 1_000_000, 10_000_000, 20);

        public Options {
            if (accounts < 2 || commands < RecoveryWorkload.preparation(accounts)) {
                throw new IllegalArgumentException(
                        "two accounts at least, and two commands an account: " + accounts + ", " + commands);
            }
        }
    }

    /**
     * One number.
     *
     * @param target what it should be; {@link Double#NaN}: it is for information
     * @param atMost whether the target is the most it may be, and not the least
     */
    public record Figure(String name, double value, String unit, double target, boolean atMost) {
        static Figure atMost(String name, double value, String unit, double target) {
            return new Figure(name, value, unit, target, true);
        }

        static Figure atLeast(String name, double value, String unit, double target) {
            return new Figure(name, value, unit, target, false);
        }

        static Figure of(String name, double value, String unit) {
            return new Figure(name, value, unit, Double.NaN, true);
        }

        /** Whether it is as good as it should be, or nobody has said what it should be. */
        public boolean isMet() {
            return Double.isNaN(target) || (atMost ? value <= target : value >= target);
        }

        /** One line of JSON. */
        public String toJson() {
            String wanted = Double.isNaN(target) ? "null" : String.format(Locale.ROOT, "%.3f", target);
            return String.format(
                    Locale.ROOT,
                    "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"target\":%s,\"atMost\":%b}",
                    name,
                    value,
                    unit,
                    wanted,
                    atMost);
        }

        private String toLine() {
            return FIGURE + name + "\t" + value + "\t" + unit + "\t" + target + "\t" + atMost;
        }

        private static Figure parse(String line) {
            String[] part = line.substring(FIGURE.length()).split("\t");
            return new Figure(
                    part[0],
                    Double.parseDouble(part[1]),
                    part[2],
                    Double.parseDouble(part[3]),
                    Boolean.parseBoolean(part[4]));
        }
    }

    /** Measures everything, each part in a Java of its own; prints what it does as it goes. */
    public static List<Figure> run(Options options) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        delete(options.folder());
        Files.createDirectories(options.folder());
        try {
            figures.addAll(part("build", options));
            figures.addAll(part("recover-without", options));
            figures.addAll(part("snapshot", options));
            figures.addAll(part("recover-with", options));
            figures.addAll(part("tail", options));
            figures.addAll(part("recover-tail", options));
            if (options.pauseSeconds() > 0) {
                figures.addAll(part("pauses", options));
            }
            delete(options.folder());
            if (options.snapshotAccounts() > 0) {
                Files.createDirectories(options.folder());
                figures.addAll(part("large-write", options));
                figures.addAll(part("large-load", options));
            }
        } finally {
            delete(options.folder());
        }
        return figures;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.DEFAULT;
        String part = null;
        Path json = null;
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
                case "--json" -> {
                    json = Path.of(value);
                    yield options;
                }
                default -> throw new IllegalArgumentException("no such option: " + args[i]);
            };
        }
        if (part != null) {
            new RecoveryParts(options).run(part).forEach(figure -> System.out.println(figure.toLine()));
            return;
        }
        List<Figure> figures = run(options);
        System.out.printf(
                Locale.ROOT,
                "%-58s %14s  %-12s %s%n",
                "load average " + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "measured",
                "unit",
                "target");
        figures.forEach(RecoveryBench::print);
        if (json != null) {
            Files.write(json, figures.stream().map(Figure::toJson).toList());
        }
    }

    private static Options with(Options options, Path folder, long commands, int accounts) {
        // The one is checked against the other, and they come one after the other.
        long enough = Math.max(commands, RecoveryWorkload.preparation(accounts));
        return new Options(folder, enough, accounts, options.snapshotAccounts(), options.pauseSeconds());
    }

    private static void print(Figure figure) {
        String target = Double.isNaN(figure.target())
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s %,.1f %s",
                        figure.atMost() ? "<=" : ">=",
                        figure.target(),
                        figure.isMet() ? "met" : "MISSED");
        System.out.printf(
                Locale.ROOT, "%-58s %,14.3f  %-12s %s%n", figure.name(), figure.value(), figure.unit(), target);
    }

    private static List<Figure> part(String name, Options options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RecoveryBench.class.getName()));
        command.addAll(List.of("--folder", options.folder().toString()));
        command.addAll(List.of("--commands", Long.toString(options.commands())));
        command.addAll(List.of("--accounts", Integer.toString(options.accounts())));
        command.addAll(List.of("--snapshot-accounts", Integer.toString(options.snapshotAccounts())));
        command.addAll(List.of("--pause-seconds", Integer.toString(options.pauseSeconds())));
        command.addAll(List.of("--part", name));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Figure> figures = new ArrayList<>();
        try (InputStream out = process.getInputStream()) {
            for (String line : new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith(FIGURE)) {
                    figures.add(Figure.parse(line));
                } else if (!line.isBlank()) {
                    System.out.println("  " + line);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the part " + name + " has failed");
        }
        return figures;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
