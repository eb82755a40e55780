package io.scrip.tools.inspect;

import io.scrip.engine.JournalFailure;
import io.scrip.tools.DataFolder;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import io.scrip.tools.ReplayProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Says whether a ledger's folder is what its journal makes of it. */
@Command(
        name = "verify",
        description = {
            "Derive everything in a stopped ledger's folder from its journal again, and compare: every record's length,"
                    + " checksum, sequence, time and chain, every event, every leg's balances, the sums of every token,"
                    + " snapshots, signed statements.",
            "Changes nothing. Ends with 0 when all is well, 5 when the journal is damaged, 1 when something derived from"
                    + " it is wrong; names file, byte and sequence and what to do. Beside a running server it refuses"
                    + " with 4: verify a backup instead.",
            ""
        },
        sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    private Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        DataFolder folder = DataFolder.existing(data);
        Verification.Result result;
        try {
            result = new Verification(folder, new ReplayProgress("verifying", err, System::nanoTime)).run();
        } catch (JournalFailure failure) {
            if (failure.kind() == JournalFailure.Kind.LOCKED) {
                throw new Refusal(
                        ExitCode.DATA_LOCKED,
                        failure.getMessage() + "; stop the server, or make a backup and verify that",
                        failure);
            }
            throw failure;
        }
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(object(result)));
        } else {
            print(result, out);
        }
        out.flush();
        return exitCode(result).number();
    }

    static ExitCode exitCode(Verification.Result result) {
        ExitCode code = ExitCode.OK;
        for (Finding finding : result.findings()) {
            ExitCode own = finding.part().exitCode();
            code = code.number() < own.number() ? own : code;
        }
        return code;
    }

    private static void print(Verification.Result result, PrintWriter out) {
        if (result.journal() != null) {
            out.printf(
                    Locale.ROOT,
                    "journal    %,d of %,d records checked, last at %s (%s)%n",
                    result.records(),
                    result.lastSequence(),
                    InspectText.time(result.lastTimestampNs()),
                    result.journal().cleanShutdown() ? "closed in order" : "not closed in order");
            out.printf(
                    Locale.ROOT,
                    "events     %,d of %,d are in the event log%n",
                    result.eventsCompared(),
                    result.events());
            out.printf(Locale.ROOT, "proof      %,d signed statements are right%n", result.statements());
            out.printf(Locale.ROOT, "snapshots  %,d are what the journal derives%n", result.snapshots());
            out.printf(Locale.ROOT, "balances   of %,d accounts follow from their legs%n", result.accounts());
            for (Books.TokenSums token : result.tokens()) {
                out.printf(
                        Locale.ROOT,
                        "           %-8s debits %s, credits %s, difference %s%n",
                        InspectText.token(token.token()),
                        Books.amount(token.debits(), token.scale()),
                        Books.amount(token.credits(), token.scale()),
                        Books.amount(token.difference(), token.scale()));
            }
            out.printf("state      hash %s, chain %s%n", InspectText.hash(result.stateHash()), result.lastHashHex());
        }
        result.notes().forEach(note -> out.println("note       " + note));
        for (Finding finding : result.findings()) {
            out.println("DAMAGED    " + finding.line());
            out.println("           " + finding.part().advice());
        }
        out.println(
                result.findings().isEmpty()
                        ? "good"
                        : "not good: " + result.findings().size() + " finding(s)");
    }

    private static Map<String, Object> object(Verification.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("good", result.findings().isEmpty());
        object.put("records", result.records());
        object.put("last_sequence", result.lastSequence());
        object.put("last_time", InspectText.time(result.lastTimestampNs()));
        object.put("chain_hash", result.lastHashHex());
        object.put(
                "closed_in_order", result.journal() != null && result.journal().cleanShutdown());
        object.put("events", result.events());
        object.put("events_compared", result.eventsCompared());
        object.put("statements", result.statements());
        object.put("snapshots", result.snapshots());
        object.put("accounts", result.accounts());
        object.put("state_hash", InspectText.hash(result.stateHash()));
        object.put("tokens", TokenJson.list(result.tokens()));
        object.put("notes", result.notes());
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("part", finding.part().title());
            row.put("file", finding.file());
            row.put("byte", finding.offsetBytes() < 0 ? null : finding.offsetBytes());
            row.put("sequence", finding.sequence() < 0 ? null : finding.sequence());
            row.put("problem", finding.problem());
            row.put("advice", finding.part().advice());
            findings.add(row);
        }
        object.put("findings", findings);
        return object;
    }
}
