package io.scrip.tools.torture;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            new SystemCallKills(),
            new PowerCuts(PowerCuts.Flush.REAL),
            new PowerCuts(PowerCuts.Flush.ASYNC),
            new PowerCuts(PowerCuts.Flush.SWALLOWED),
            new TornSectors(),
            new FullDisk(),
            new DeviceErrors(),
            new SlowDisk(),
            new ClockSteps(),
            new Stalls());

    @CommandLine.ArgGroup
    private Tier tier = new Tier();

    /** How much of everything. */
    private static final class Tier {
        @Option(names = "--ci", description = "The short tier (default): about a quarter of an hour.")
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
        List<CampaignResult> results = new ArrayList<>();
        for (Campaign campaign : chosen) {
            results.add(run(campaign, scratch, chosenSeed));
        }
        TortureReport report = new TortureReport(chosenSeed, results);
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
            if (only.isEmpty() || only.contains(line(campaign))) {
                chosen.add(campaign);
            }
        }
        for (String id : only) {
            if (CATALOGUE.stream().noneMatch(campaign -> line(campaign).equals(id))) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--only: there is no " + id + "; --list shows the catalogue");
            }
        }
        return chosen;
    }

    /** A control belongs to the line it controls. */
    private static String line(Campaign campaign) {
        return campaign.id().split(" ", 2)[0];
    }

    private static String describe(Campaign campaign) {
        String missing = campaign.missing();
        return String.format(
                Locale.ROOT,
                "%-13s %-46s %5d in CI, %5d for a release%s",
                campaign.id(),
                campaign.title(),
                campaign.ciInjuries(),
                campaign.releaseInjuries(),
                missing == null ? "" : "; skipped here: " + missing);
    }

    private int injuries(Campaign campaign) {
        if (tier.injuries != null) {
            return tier.injuries;
        }
        return tier.release ? campaign.releaseInjuries() : campaign.ciInjuries();
    }

    private CampaignResult run(Campaign campaign, Path scratch, long chosenSeed)
            throws IOException, InterruptedException {
        String missing = campaign.missing();
        if (missing != null) {
            say(campaign.id() + " " + campaign.title() + ": skipped, " + missing);
            return CampaignResult.skipped(campaign, missing);
        }
        List<String> server = new ArrayList<>(KillTestCommand.thisProgram());
        server.add("serve");
        Path own = scratch.resolve(campaign.id().replace(' ', '-'));
        int injuries = injuries(campaign);
        long beganNs = System.nanoTime();
        Bench bench =
                new Bench(server, own, chosenSeed ^ campaign.id().hashCode(), line -> say(campaign.id() + ": " + line));
        say(campaign.id() + " " + campaign.title() + ": " + injuries + " times");
        try {
            campaign.run(bench, injuries);
        } catch (IOException e) {
            bench.findings().violation("could not go on: " + e.getMessage());
        }
        CampaignResult result = CampaignResult.of(campaign, bench, (System.nanoTime() - beganNs) / 1e9);
        say(campaign.id() + " " + campaign.title() + ": " + result.verdict());
        return result;
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
