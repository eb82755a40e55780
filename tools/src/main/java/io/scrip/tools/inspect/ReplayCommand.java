package io.scrip.tools.inspect;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.JournalReader;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.tools.DataFolder;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import io.scrip.tools.ReplayProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Shows the ledger as it was after any record. */
@Command(
        name = "replay",
        description = {
            "Rebuild the ledger from its journal, up to any record, and print its trial balance and the hash of its"
                    + " state. Changes nothing; beside a running server it reads what was complete when it began.",
            ""
        },
        sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
    private static final int PROGRESS_EVERY = 1_024;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    private Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(names = "--to", paramLabel = "N", description = "Last sequence to apply (default: the journal's last).")
    private Long to;

    @Option(
            names = "--hash-every",
            paramLabel = "N",
            description = "Print the hash of the state after every N-th record.")
    private Long hashEvery;

    @Option(names = "--balances", description = "Print every account that holds anything.")
    private boolean balances;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        requirePositive("--to", to);
        requirePositive("--hash-every", hashEvery);
        EventSink nobody = (eventSequence, event, offset, length) -> {};
        DataFolder folder = DataFolder.existing(data);
        LedgerProcessor core;
        long beganNs = System.nanoTime();
        try (JournalReader journal = openAnyhow(folder.journal(), err)) {
            long last = to == null ? journal.lastSequence() : to;
            if (last > journal.lastSequence()) {
                throw new Refusal(ExitCode.USAGE, "--to " + last + ": the journal ends with " + journal.lastSequence());
            }
            core = Beginning.before(folder, journal.firstSequence(), last, nobody);
            if (journal.firstSequence() > 1) {
                err.println("scrip: older records have been pruned; beginning with the snapshot of command "
                        + core.lastSequence());
            }
            LedgerProcessor applied = core;
            ReplayProgress progress = new ReplayProgress("replaying the journal", err, System::nanoTime);
            journal.read(core.lastSequence() + 1, last, (sequence, timestampNs, command, offset, length) -> {
                applied.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
                if (sequence % PROGRESS_EVERY == 0) {
                    progress.onProgress(sequence, last);
                }
                if (hashEvery != null && sequence % hashEvery == 0) {
                    printHash(sequence, applied.stateHash(), out);
                }
            });
        }
        printEnd(core, System.nanoTime() - beganNs, out);
        out.flush();
        return ExitCode.OK.number();
    }

    /** Locked against writers if there is none; otherwise as far as it went when this began. */
    static JournalReader openAnyhow(Path journal, PrintWriter err) {
        try {
            return JournalReader.open(journal);
        } catch (JournalFailure failure) {
            if (failure.kind() != JournalFailure.Kind.LOCKED) {
                throw failure;
            }
        }
        JournalReader reader = JournalReader.openBesideWriter(journal);
        err.println("scrip: a server is running; reading up to record " + reader.lastSequence());
        err.flush();
        return reader;
    }

    static void requirePositive(String option, Long value) {
        if (value != null && value < 1) {
            throw new Refusal(ExitCode.USAGE, option + " must be 1 or more, not " + value);
        }
    }

    private void printHash(long sequence, long hash, PrintWriter out) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("sequence", sequence);
            object.put("state_hash", InspectText.hash(hash));
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            out.println("hash " + sequence + " " + InspectText.hash(hash));
        }
    }

    private void printEnd(LedgerProcessor core, long tookNs, PrintWriter out) {
        Books books = new Books(core);
        if (balances) {
            books.forEachAccount(account -> printAccount(account, out));
        }
        double perSecond = core.lastSequence() * 1e9 / Math.max(1, tookNs);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("sequence", core.lastSequence());
            object.put("time", InspectText.time(core.lastTimestampNs()));
            object.put("events", core.lastEventSequence());
            object.put("state_hash", InspectText.hash(core.stateHash()));
            object.put("records_per_second", Math.round(perSecond));
            object.put("tokens", TokenJson.list(books.trialBalance()));
            out.println(JsonMapper.shared().writeValueAsString(object));
            return;
        }
        for (Books.TokenSums token : books.trialBalance()) {
            out.printf(
                    Locale.ROOT,
                    "token %-8s %,d accounts, debits %s, credits %s, difference %s%n",
                    InspectText.token(token.token()),
                    token.accounts(),
                    Books.amount(token.debits(), token.scale()),
                    Books.amount(token.credits(), token.scale()),
                    Books.amount(token.difference(), token.scale()));
        }
        out.printf(
                Locale.ROOT,
                "sequence %d at %s, %,d events, %,.0f records/s%n",
                core.lastSequence(),
                InspectText.time(core.lastTimestampNs()),
                core.lastEventSequence(),
                perSecond);
        out.println("state hash " + InspectText.hash(core.stateHash()));
    }

    private void printAccount(Books.Account account, PrintWriter out) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("wallet", InspectText.wallet(account.wallet()));
        object.put("owner", account.owner());
        object.put("account", account.code());
        object.put("token", InspectText.token(account.token()));
        object.put("posted", Books.amount(account.posted(), account.scale()));
        object.put("held", Books.amount(account.held(), account.scale()));
        object.put("incoming", Books.amount(account.incoming(), account.scale()));
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            out.printf(
                    Locale.ROOT,
                    "account %s %-24s %5d %-8s posted %s held %s incoming %s%n",
                    object.values().toArray());
        }
    }
}
