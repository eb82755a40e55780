package io.scrip.tools.torture;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip torture}: the fault catalogue, on real processes and real file systems. */
@Command(
        name = "torture",
        description = {
            "Run a real server under load and hurt it: kill it anywhere, cut its power, tear its sectors, fill and slow"
                    + " down its disk, fail its flushes, turn its clock, stop it. After each injury start it again and"
                    + " compare everything it shows with everything it answered.",
            "Some of it needs root, for file systems of its own; what cannot be done here is skipped and says why.",
            ""
        },
        sortOptions = false)
public final class TortureCommand implements Callable<Integer> {
    private static final List<Campaign> CATALOGUE = List.of(
            new Kills(),
            new BatchKills(),
            new SystemCallKills(),
            new PowerCuts(PowerCuts.Flush.REAL),
            new PowerCuts(PowerCuts.Flush.ASYNC),
            new PowerCuts(PowerCuts.Flush.SWALLOWED),
            new TornSectors(),
            new DamagedFiles(DamagedFiles.Kind.TRUNCATED),
            new DamagedFiles(DamagedFiles.Kind.FLIPPED),
            new DamagedFiles(DamagedFiles.Kind.FLIPPED_UNSEEN),
            new FullDisk(),
            new DeviceErrors(),
            new SlowDisk(),
            new ClockSteps(),
            new FullRing(),
            new SlowConsumers(),
            new InTests("T12", "a stage throws", "in ./scrip test: PipelineFaultTest, FaultyStageTest"),
            new ManyConnections(),
            new MalformedInputs(),
            new InTests("T16", "decoders fuzzed", "in ./scrip test: Fuzz…Test; ./scrip test --fuzz looks for more"),
            new Simulated(),
            new DoubleSpends(),
            new InTests("T20", "lock-free parts", "in ./scrip test: ReplyQueueInterleavingTest"),
            new InTests("T21", "two machines, one state", "in ./scrip test"),
            new SnapshotKills(),
            new Soak(),
            new Stalls());

    @CommandLine.ArgGroup
    private Tier tier = new Tier();

    /** How much of everything. */
    private static final class Tier {
        @Option(names = "--ci", description = "The short tier (default): at most 20 minutes on two cores.")
        private boolean ci;

        @Option(names = "--release", description = "The long tier: hours.")
        private boolean release;

        @Option(names = "--injuries", paramLabel = "N", description = "So often each.")
        private Integer injuries;
    }

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "Only these lines of the catalogue, such as T3,T4 (a control is part of its line).")
    private List<String> only = List.of();

    @Option(names = "--list", description = "Show the catalogue, what is missing here, and stop.")
    private boolean list;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "2",
            description = "Lines at a time: most of them wait more than they work (default: ${DEFAULT-VALUE}).")
    private int lanes;

    @Option(names = "--seed", paramLabel = "N", description = "Of when and where it hurts (default: from the clock).")
    private Long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Empty or missing folder for data and logs; kept. Default: a temporary one, kept only after a"
                    + " violation.")
    private Path folder;

    @Option(names = "--json", description = "Print the results as one line of JSON.")
    private boolean json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also write the results as a table.")
    private Path markdown;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Campaign> chosen = chosen();
        if (list) {
            chosen.forEach(campaign -> out.println(describe(campaign)));
            out.flush();
            return 0;
        }
        if (!tier.ci && !tier.release && tier.injuries == null) {
            say("neither --ci nor --release: as with --ci");
        }
        Path scratch = folder == null ? Files.createTempDirectory("scrip-torture") : folder.toAbsolutePath();
        long chosenSeed = seed == null ? System.nanoTime() : seed;
        Interruption interruption = Interruption.install(scratch, folder == null);
        List<CampaignResult> results;
        long beganNs = System.nanoTime();
        ProcessorTime before = ProcessorTime.now();
        try {
            results = runAll(chosen, scratch, chosenSeed);
        } finally {
            interruption.workIsOver();
        }
        TortureReport report = new TortureReport(
                chosenSeed,
                (System.nanoTime() - beganNs) / 1e9,
                ProcessorTime.now().stolenPercentSince(before),
                results);
        if (markdown != null) {
            Files.writeString(markdown, report.markdown(), StandardCharsets.UTF_8);
        }
        out.print(json ? report.json() + System.lineSeparator() : report.text());
        out.flush();
        if (folder == null && report.passed()) {
            KillTestCommand.deleteRecursively(scratch);
        } else {
            say("data and logs are kept in " + scratch);
        }
        return report.passed() ? 0 : 1;
    }

    private List<Campaign> chosen() {
        List<Campaign> chosen = new ArrayList<>();
        for (Campaign campaign : CATALOGUE) {
            if (only.isEmpty() || only.contains(campaign.line().controlled())) {
                chosen.add(campaign);
            }
        }
        for (String id : only) {
            if (CATALOGUE.stream()
                    .noneMatch(campaign -> campaign.line().controlled().equals(id))) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--only: there is no " + id + "; --list shows the catalogue");
            }
        }
        return chosen;
    }

    private static String describe(Campaign campaign) {
        Line line = campaign.line();
        String missing = campaign.missing();
        String times = campaign instanceof InTests
                ? missing
                : String.format(Locale.ROOT, "%6d in CI, %7d for a release", line.ciInjuries(), line.releaseInjuries())
                        + (missing == null ? "" : "; skipped here: " + missing);
        return String.format(Locale.ROOT, "%-13s %-46s %s", line.id(), line.title(), times);
    }

    /** The longest first, so many at a time; the results in the catalogue's order. */
    private List<CampaignResult> runAll(List<Campaign> chosen, Path scratch, long chosenSeed)
            throws InterruptedException {
        if (lanes < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--lanes must be at least 1");
        }
        Map<Campaign, Future<CampaignResult>> running = new LinkedHashMap<>();
        List<Campaign> longestFirst = new ArrayList<>(chosen);
        longestFirst.sort(Comparator.comparingDouble(this::estimateSeconds).reversed());
        double seconds = chosen.stream().mapToDouble(this::estimateSeconds).sum() / lanes;
        say(String.format(Locale.ROOT, "%d lines, about %.0f minutes on two cores", chosen.size(), seconds / 60));
        ExecutorService workers = Executors.newFixedThreadPool(lanes);
        try {
            for (Campaign campaign : longestFirst) {
                running.put(campaign, workers.submit(() -> run(campaign, scratch, chosenSeed)));
            }
            List<CampaignResult> results = new ArrayList<>();
            for (Campaign campaign : chosen) {
                results.add(running.get(campaign).get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private double estimateSeconds(Campaign campaign) {
        return campaign.missing() == null ? injuries(campaign) * campaign.line().secondsEach() : 0;
    }

    private int injuries(Campaign campaign) {
        if (tier.injuries != null) {
            return tier.injuries;
        }
        return tier.release
                ? campaign.line().releaseInjuries()
                : campaign.line().ciInjuries();
    }

    private CampaignResult run(Campaign campaign, Path scratch, long chosenSeed)
            throws IOException, InterruptedException {
        String id = campaign.line().id();
        String missing = campaign.missing();
        if (missing == null && injuries(campaign) == 0) {
            return CampaignResult.notRun(campaign, "with --release only");
        }
        if (missing != null) {
            String why = campaign instanceof InTests ? missing : "skipped: " + missing;
            say(id + " " + campaign.line().title() + ": " + why);
            return CampaignResult.notRun(campaign, why);
        }
        Path own = scratch.resolve(id.replace(' ', '-'));
        int injuries = injuries(campaign);
        long beganNs = System.nanoTime();
        Bench bench = new Bench(own, chosenSeed ^ id.hashCode(), tier.release, line -> say(id + ": " + line));
        say(id + " " + campaign.line().title() + ": " + injuries + " times");
        String brokenOff = null;
        try {
            campaign.run(bench, injuries);
        } catch (IOException | RuntimeException e) {
            String lastWords = bench.lastWords();
            brokenOff = e + (lastWords.isEmpty() ? "" : "; the server said: " + lastWords);
        }
        CampaignResult result = CampaignResult.of(campaign, bench, brokenOff, (System.nanoTime() - beganNs) / 1e9);
        say(String.format(Locale.ROOT, "%s: %s (%.0f s)", id, result.verdict(), result.seconds()));
        return result;
    }

    private synchronized void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
