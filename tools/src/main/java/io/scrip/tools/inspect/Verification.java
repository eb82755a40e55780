package io.scrip.tools.inspect;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.JournalReader;
import io.scrip.journal.RecoveryReport;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerFault;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.snapshotter.Recovery;
import io.scrip.tools.DataFolder;
import io.scrip.tools.inspect.Finding.Part;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Derives a ledger anew from its journal and holds everything else in its folder against that. Changes nothing on disk.
 * One thread.
 */
final class Verification {
    private static final int PROGRESS_EVERY = 1_024;

    private final DataFolder folder;
    private final Recovery.Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Verification(DataFolder folder, Recovery.Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param stateHash of the core at {@code lastSequence}
     * @param tokens    sums of all accounts per token
     */
    record Result(
            RecoveryReport journal,
            long records,
            long lastSequence,
            long lastTimestampNs,
            String lastHashHex,
            long events,
            long eventsCompared,
            long statements,
            int snapshots,
            int accounts,
            long stateHash,
            List<Books.TokenSums> tokens,
            List<Finding> findings,
            List<String> notes) {}

    /**
     * Looks at everything.
     *
     * @throws JournalFailure LOCKED when a server runs, DEVICE, UNREADABLE; damage is in the result
     */
    Result run() {
        RecoveryReport report = null;
        long lastSequence = 0;
        long lastTimestampNs = 0;
        String hash = "";
        try (JournalReader journal = JournalReader.open(folder.journal());
                EventCheck events = new EventCheck(folder, findings, notes)) {
            report = journal.report();
            lastSequence = journal.lastSequence();
            lastTimestampNs = journal.lastTimestampNs();
            hash = journal.lastHashHex();
            if (report.droppedBytes() > 0) {
                notes.add("journal: " + report.droppedRecords() + " unacknowledged record(s) in "
                        + report.droppedBytes() + " byte(s) are not part of it, at " + report.droppedAt());
            }
            LedgerProcessor core = Beginning.oldest(folder, journal.firstSequence(), events);
            SnapshotCheck snapshots = new SnapshotCheck(folder, findings);
            if (journal.firstSequence() > 1) {
                notes.add(
                        "commands before " + journal.firstSequence() + " have been pruned: derived from the snapshot of"
                                + " command " + core.lastSequence() + " on");
                events.beginBehind(core.lastEventSequence());
                snapshots.onApplied(core);
            }
            boolean whole = derive(journal, core, snapshots);
            if (whole) {
                snapshots.end(core.lastSequence());
                events.end(report.cleanShutdown());
            }
            List<Books.TokenSums> tokens = new Books(core).trialBalance();
            compareSums(tokens, events.legs());
            return new Result(
                    report,
                    core.lastSequence(),
                    lastSequence,
                    lastTimestampNs,
                    hash,
                    core.lastEventSequence(),
                    events.compared(),
                    events.statements(),
                    snapshots.right(),
                    events.legs().accounts(),
                    core.stateHash(),
                    tokens,
                    findings,
                    notes);
        } catch (JournalFailure failure) {
            if (failure.kind() != JournalFailure.Kind.DAMAGED) {
                throw failure;
            }
            findings.add(Finding.of(Part.JOURNAL, failure));
            return new Result(
                    report, 0, lastSequence, lastTimestampNs, hash, 0, 0, 0, 0, 0, 0, List.of(), findings, notes);
        }
    }

    /** Whether the core stands where the journal ends. */
    private boolean derive(JournalReader journal, LedgerProcessor core, SnapshotCheck snapshots) {
        long last = journal.lastSequence();
        try {
            journal.readAll((sequence, timestampNs, command, offset, length) -> {
                if (sequence <= core.lastSequence()) {
                    return;
                }
                core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
                snapshots.onApplied(core);
                if (sequence % PROGRESS_EVERY == 0) {
                    progress.onProgress(sequence, last);
                }
            });
            return true;
        } catch (JournalFailure failure) {
            if (failure.kind() != JournalFailure.Kind.DAMAGED) {
                throw failure;
            }
            findings.add(Finding.of(Part.JOURNAL, failure));
        } catch (LedgerFault | ArithmeticException fault) {
            findings.add(Finding.of(
                    Part.LEDGER, "record " + core.lastSequence() + " cannot be applied: " + fault.getMessage()));
        }
        return false;
    }

    private void compareSums(List<Books.TokenSums> tokens, LegSums legs) {
        Map<Long, BigInteger[]> added = legs.sums();
        for (Books.TokenSums token : tokens) {
            if (token.difference().signum() != 0) {
                findings.add(Finding.of(
                        Part.LEDGER,
                        "token " + InspectText.token(token.token()) + ": debits " + token.debits() + " and credits "
                                + token.credits() + " differ"));
            }
            BigInteger[] sums = added.getOrDefault(token.token(), new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
            if (legs.isWhole()
                    && legs.problem() == null
                    && !(sums[0].equals(token.debits()) && sums[1].equals(token.credits()))) {
                findings.add(Finding.of(
                        Part.LEDGER,
                        "token " + InspectText.token(token.token()) + ": the accounts hold " + token.debits() + " and "
                                + token.credits() + ", the legs add up to " + sums[0] + " and " + sums[1]));
            }
        }
    }
}
