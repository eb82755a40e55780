package io.scrip.benchmarks;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scrip bench}: runs subjects one after the other and prints what they found. */
@Command(
        name = "scrip bench",
        description = {
            "Measure this build on this machine, each figure beside a ceiling measured in the same run, and print them"
                    + " with the targets they are held against. Every server runs in a process of its own on a free"
                    + " loopback port over a scratch folder, and is gone afterwards.",
            "--list names the subjects; without one all are measured, each in a process of its own, in less than 20"
                    + " minutes, but for those that --list shows as not in all. Let nothing else run meanwhile.",
            ""
        },
        sortOptions = false,
        mixinStandardHelpOptions = false)
final class BenchCommand implements Callable<Integer> {
    private static final int HELP_WIDTH = 110;
    private static final long QUIET_NS = 2_000_000_000L;

    @Parameters(paramLabel = "SUBJECT", arity = "0..*", description = "What to measure (default: all).")
    private List<String> subjects = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "One measurement takes (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Measurements whose median is the figure (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--snapshots",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Whether servers follow their journal and make snapshots (default: ${DEFAULT-VALUE}).")
    private String snapshots;

    @Option(
            names = "--accounts",
            paramLabel = "N,…",
            split = ",",
            description =
                    "How many accounts core, memory and scale are measured with (default: 10000,1000000,10000000).")
    private List<Integer> accounts = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for histograms (.hgrm) and plots (.svg); default: target/bench beside the launcher.")
    private Path folder = Path.of(System.getProperty("scrip.home", "."), "target", "bench");

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the figures as JSON; - prints them instead of the table.")
    private String json;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Also write conditions, targets and figures as Markdown.")
    private Path markdown;

    @Option(names = "--list", description = "List the subjects and end.")
    private boolean list;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Map<String, Bench> known = new LinkedHashMap<>();

    /** What stands for a subject that is not the only one. */
    private final UnaryOperator<Bench> isolation;

    private BenchCommand(List<Bench> benches, UnaryOperator<Bench> isolation) {
        benches.forEach(bench -> known.put(bench.name(), bench));
        this.isolation = isolation;
    }

    /** Runs with what this build can measure. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Subjects.all(), bench -> new IsolatedBench(bench.name()), out, err, args);
    }

    static int run(
            List<Bench> benches, UnaryOperator<Bench> isolation, PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine = new CommandLine(new BenchCommand(benches, isolation))
                .setOut(out)
                .setErr(err);
        commandLine.setParameterExceptionHandler((failure, arguments) ->
                report(err, ExitCode.USAGE, failure.getMessage() + "; see `scrip bench --help`"));
        commandLine.setExecutionExceptionHandler((failure, command, arguments) -> {
            ExitCode code = failure instanceof Refusal refusal ? refusal.exitCode() : ExitCode.INTERNAL;
            return report(err, code, String.valueOf(failure.getMessage() == null ? failure : failure.getMessage()));
        });
        Map<String, String> exitCodes = new LinkedHashMap<>();
        exitCodes.put("  0", "measured; whether targets are met is what the table says");
        exitCodes.put("  1", "a subject could not be measured, or `counters` found more than its bounds");
        exitCodes.put("  2", "the command line is wrong");
        exitCodes.put(" 70", "a fault of the program");
        commandLine
                .getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build())
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes)
                .width(HELP_WIDTH);
        return commandLine.execute(args);
    }

    private static int report(PrintWriter err, ExitCode code, String line) {
        err.println("scrip: " + line.strip().replaceAll("\\s*\\R\\s*", " "));
        err.flush();
        return code.number();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            known.values()
                    .forEach(bench -> out.printf(
                            "%-10s %s%s%n", bench.name(), bench.about(), bench.isInAll() ? "" : " (not in all)"));
            return ExitCode.OK.number();
        }
        Set<Bench> chosen = chosen();
        BenchOptions options = options();
        requireWritable("--json", json == null || json.equals("-") ? null : Path.of(json));
        requireWritable("--markdown", markdown);
        requireFolder();
        Map<String, SubjectRun> runs = new LinkedHashMap<>();
        BenchReport report = new BenchReport(Conditions.now(options), runs);
        for (Bench bench : chosen) {
            Bench apart = chosen.size() > 1 ? isolation.apply(bench) : bench;
            runs.put(bench.name(), SubjectRun.of(apart, options, progress(bench.name())));
            // Whoever ends it early keeps what was measured.
            writeFiles(report);
        }
        if ("-".equals(json)) {
            out.println(report.json());
        } else {
            out.print(report.text());
            out.println("histograms and plots: " + folder.toAbsolutePath().normalize());
        }
        out.flush();
        if (!report.broken().isEmpty()) {
            throw new Refusal(ExitCode.FAILED, "could not be measured: " + String.join(", ", report.broken()));
        }
        List<String> exceeded = report.exceeded(CountersBench.NAME);
        if (!exceeded.isEmpty()) {
            throw new Refusal(ExitCode.FAILED, "more than the recorded bound: " + String.join("; ", exceeded));
        }
        return ExitCode.OK.number();
    }

    /** Who has waited for minutes does not want to hear of it then. */
    private void requireWritable(String option, Path file) {
        if (file != null
                && (Files.isDirectory(file)
                        || !isWritableFolder(file.toAbsolutePath().getParent()))) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), option + " names no file that can be written: " + file);
        }
    }

    private static boolean isWritableFolder(Path folder) {
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private void requireFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--out names no folder that can be made: " + folder, e);
        }
    }

    private void writeFiles(BenchReport report) throws IOException {
        if (json != null && !json.equals("-")) {
            Files.writeString(Path.of(json), report.json() + System.lineSeparator());
        }
        if (markdown != null) {
            Files.writeString(markdown, new MarkdownReport(report).text());
        }
    }

    private BenchOptions options() {
        if (!snapshots.equals("on") && !snapshots.equals("off")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--snapshots must be on or off");
        }
        try {
            return new BenchOptions(seconds, runs, snapshots.equals("on"), folder).withAccounts(accounts);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private Set<Bench> chosen() {
        Set<Bench> chosen = new LinkedHashSet<>();
        for (String subject : subjects.isEmpty() ? List.of("all") : subjects) {
            if (subject.equals("all")) {
                known.values().stream().filter(Bench::isInAll).forEach(chosen::add);
            } else if (known.containsKey(subject)) {
                chosen.add(known.get(subject));
            } else {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "no subject \"" + subject + "\"; there are all, "
                                + known.keySet().stream().collect(Collectors.joining(", ")));
            }
        }
        return chosen;
    }

    /** A line whenever something else begins, at most one in two seconds. */
    private Progress progress(String name) {
        PrintWriter err = spec.commandLine().getErr();
        long beganNs = System.nanoTime();
        long[] lastNs = {beganNs - QUIET_NS};
        return what -> {
            long nowNs = System.nanoTime();
            if (nowNs - lastNs[0] >= QUIET_NS) {
                lastNs[0] = nowNs;
                err.printf(Locale.ROOT, "scrip: bench %s: %s (%d s)%n", name, what, (nowNs - beganNs) / 1_000_000_000);
                err.flush();
            }
        };
    }
}
