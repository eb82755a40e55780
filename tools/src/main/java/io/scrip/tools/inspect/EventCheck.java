package io.scrip.tools.inspect;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.EventLogReader;
import io.scrip.ledger.EventSink;
import io.scrip.proof.StatementAudit;
import io.scrip.tools.DataFolder;
import io.scrip.tools.inspect.Finding.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Takes the events that a core derives from the journal, and holds them against everything else that knows of them:
 * the event log, the signed statements, and the sums of the legs. One thread.
 */
final class EventCheck implements EventSink, AutoCloseable {
    private final List<Finding> findings;
    private final List<String> notes;
    private final LegSums legs = new LegSums();
    private final Path path;
    private EventLogReader log;
    private StatementAudit statements;
    private boolean logEnded;
    private boolean legsWrong;
    private long compared;
    private long derived;

    /** Opens what there is; what cannot be opened is a finding. */
    EventCheck(DataFolder folder, List<Finding> findings, List<String> notes) {
        this.findings = findings;
        this.notes = notes;
        path = folder.events();
        openLog(folder);
        openStatements(folder);
    }

    private void openLog(DataFolder folder) {
        if (!Files.exists(folder.events())) {
            notes.add("event log: there is none; the next start makes it from the journal");
            return;
        }
        try {
            log = EventLogReader.open(folder.events());
        } catch (JournalFailure failure) {
            if (failure.kind() == JournalFailure.Kind.LOCKED) {
                throw failure;
            }
            findings.add(Finding.of(Part.EVENTS, failure));
        }
    }

    private void openStatements(DataFolder folder) {
        try {
            statements = StatementAudit.open(folder.proof());
            if (statements == null) {
                notes.add("proof: there are no statements");
            }
        } catch (JournalFailure failure) {
            findings.add(Finding.of(Part.PROOF, failure));
        }
    }

    /** What was before an event cannot be derived any more: it is read, and compared with nothing. */
    void beginBehind(long eventSequence) {
        legs.beginLater();
        derived = eventSequence;
        if (statements != null) {
            statements.beginBehind(eventSequence);
        }
        while (log != null && log.sequence() < eventSequence && log.next()) {
            compared = log.sequence();
        }
        logEnded = log != null && log.sequence() < eventSequence;
        compared = log == null ? 0 : log.sequence();
    }

    @Override
    public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        derived = eventSequence;
        if (!legsWrong && !legs.onEvent(event, offset)) {
            legsWrong = true;
            findings.add(Finding.of(Part.LEDGER, "event " + eventSequence + ": " + legs.problem()));
        }
        if (statements != null) {
            statements.onEvent(eventSequence, event, offset);
        }
        if (log == null || logEnded) {
            return;
        }
        if (!log.next()) {
            logEnded = true;
        } else if (isStored(event, offset, length)) {
            compared++;
        } else {
            logEnded = true;
            findings.add(Finding.at(
                    Part.EVENTS,
                    log.file(),
                    log.offsetBytes(),
                    eventSequence,
                    "the record is good and not what the journal derives"));
        }
    }

    private boolean isStored(DirectBuffer event, int offset, int length) {
        if (length != log.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (event.getByte(offset + i) != log.buffer().getByte(log.offset() + i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The journal has been read to its end.
     *
     * @param closedInOrder whether the process that wrote it ended it: then nothing derived may be missing
     */
    void end(boolean closedInOrder) {
        if (log != null) {
            endLog(closedInOrder);
        }
        if (statements != null) {
            statements.end();
            if (statements.wrong() != null) {
                StatementAudit.Wrong wrong = statements.wrong();
                findings.add(Finding.at(Part.PROOF, wrong.file(), wrong.offsetBytes(), wrong.number(), wrong.reason()));
            } else if (statements.lastEvent() < derived) {
                notes.add("proof: events from " + (statements.lastEvent() + 1) + " to " + derived
                        + " are not signed yet; a running server signs them");
            }
        }
    }

    private void endLog(boolean closedInOrder) {
        if (!logEnded && log.next()) {
            findings.add(Finding.at(
                    Part.JOURNAL,
                    log.file(),
                    log.offsetBytes(),
                    log.sequence(),
                    "the event log has this event, and the journal ends before it: the journal has lost its end, or is"
                            + " an older copy"));
        } else if (log.fault() != null) {
            EventLogReader.Fault fault = log.fault();
            findings.add(
                    Finding.at(Part.EVENTS, fault.file(), fault.offsetBytes(), fault.eventSequence(), fault.reason()));
        } else if (log.sequence() < derived && compared == log.sequence()) {
            String shorter = "ends with event " + log.sequence() + ", the journal derives " + derived;
            if (closedInOrder) {
                findings.add(Finding.at(Part.EVENTS, path, -1, log.sequence() + 1, shorter));
            } else {
                notes.add("event log: " + shorter + "; the next start completes it");
            }
        }
    }

    /** Events that the event log has as the journal derives them. */
    long compared() {
        return compared;
    }

    /** Statements that are right. */
    long statements() {
        return statements == null ? 0 : statements.count();
    }

    LegSums legs() {
        return legs;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
