package io.scrip.tools.torture;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what a load generator noted with what a running server shows. */
@Command(
        name = "check",
        description = {
            "Compare a load generator's notes with what a running server shows: every acknowledged id exactly once,"
                    + " nothing that was not asked for, balances that add up, a trial balance of zero.",
            "Notes are lines: `intent ID FROM TO AMOUNT` before sending, `ack ID` after 201; FROM and TO are lines of"
                    + " the keys file, from 0, AMOUNT is in millionths.",
            ""
        },
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private static final int VIOLATIONS_SHOWN = 20;

    @CommandLine.Mixin
    private Target target;

    @Option(
            names = "--funds",
            paramLabel = "AMOUNT",
            defaultValue = "1000",
            description = "Credits that each wallet began with (default: ${DEFAULT-VALUE}).")
    private String funds;

    @Parameters(arity = "1..*", paramLabel = "NOTES", description = "The load generator's notes.")
    private List<Path> notes;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String operatorKey = Target.operatorKey(spec.commandLine());
        Population population = target.population();
        Map<String, Notes.Intent> intents = new HashMap<>();
        Set<String> acknowledged = new HashSet<>();
        for (Path file : notes) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
                lines.forEach(line -> Notes.read(line, intents, acknowledged));
            }
        }
        Requests requests = new Requests(population, operatorKey);
        Survey survey = new Survey(target.server(), population, requests, operatorKey, target.connections());
        Observation observed = survey.observe(List.of());
        List<String> violations = Notes.check(intents, acknowledged, observed, Credits.micros(funds));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d intents, %,d acknowledged, %,d without an answer, %d violations%n",
                intents.size(),
                acknowledged.size(),
                intents.size() - acknowledged.size(),
                violations.size());
        violations.stream().limit(VIOLATIONS_SHOWN).forEach(violation -> out.println("  " + violation));
        out.flush();
        return violations.isEmpty() && !acknowledged.isEmpty() ? 0 : 1;
    }
}
