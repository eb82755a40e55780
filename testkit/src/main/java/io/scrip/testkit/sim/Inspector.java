package io.scrip.testkit.sim;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares the server with what must be: a replica that has applied every command from the first on, a core that was
 * read from the last checkpoint's snapshot and has applied the commands after it, the model, and a list of every event
 * that there ever was. What a replay of the journal itself gives is the server's own state after each restart. One
 * thread.
 */
final class Inspector {
    private final Referee referee;
    private final CommandLog log;
    private final Trace trace;
    private final LongArrayList events = new LongArrayList();
    /** Never restored from anything; follows at checkpoints. */
    private final LedgerProcessor replica;
    /** Out of the snapshot of the last checkpoint; follows at restarts and checkpoints. */
    private LedgerProcessor restored;

    private long restoredFrom;
    private final DirectBuffer[] reply = new DirectBuffer[1];

    Inspector(Referee referee, CommandLog log, Trace trace) {
        this.referee = referee;
        this.log = log;
        this.trace = trace;
        replica = new LedgerProcessor(referee.retention(), this::onEventAgain);
        restored = Snapshot.of(replica).restore(referee.retention(), this::onEventAgain);
    }

    /** An event of the live core, or of the one that recovers. */
    void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        if (eventSequence <= events.size()) {
            onEventAgain(eventSequence, event, offset, length);
            return;
        }
        Violation.when(
                eventSequence != events.size() + 1,
                Check.EVENT_LOG,
                () -> "event " + eventSequence + " comes after event " + events.size());
        events.addLong(Trace.hashOf(event, offset, length));
        try {
            referee.onEvent(eventSequence, event, offset, length);
        } catch (RuntimeException mismatch) {
            throw new Violation(Check.MODEL, mismatch);
        }
    }

    /** An event of a core that applies what was applied before. */
    private void onEventAgain(long eventSequence, DirectBuffer event, int offset, int length) {
        Violation.when(
                eventSequence > events.size()
                        || events.getLong((int) eventSequence - 1) != Trace.hashOf(event, offset, length),
                Check.REPLAY,
                () -> "event " + eventSequence + " is another one when it is replayed");
    }

    /** Lets the model decide what the engine has decided, and compares. */
    void decide(Offer offer) {
        try {
            referee.decide(offer.sequence, offer.timestampNs, offer.request.message, offer.reply);
        } catch (RuntimeException mismatch) {
            throw new Violation(Check.MODEL, mismatch);
        }
    }

    void checkSettled() {
        try {
            referee.checkSettled();
        } catch (RuntimeException mismatch) {
            throw new Violation(Check.MODEL, mismatch);
        }
    }

    void checkDryRun(Offer offer) {
        try {
            referee.checkDryRun(offer.request.message, offer.reply);
        } catch (RuntimeException mismatch) {
            throw new Violation(Check.MODEL, mismatch);
        }
    }

    void checkZeroSum(LedgerProcessor core) {
        Violation.when(!core.trialBalance().isZero(), Check.ZERO_SUM, "debits and credits of a token differ");
    }

    /** Whether a state is the one that a snapshot and the commands after it give. */
    void checkAgainstSnapshot(long stateHash, long sequence) {
        follow(restored, sequence);
        Violation.when(
                restored.lastSequence() != sequence || restored.stateHash() != stateHash,
                Check.SNAPSHOT,
                "the state at sequence " + sequence + " is not the one that a snapshot taken at sequence "
                        + restoredFrom + " and the commands after it give");
    }

    private void follow(LedgerProcessor core, long sequence) {
        log.each(
                core.lastSequence() + 1,
                sequence,
                (next, timestampNs, command, offset, length) ->
                        core.onCommand(next, timestampNs, command, offset, length, CommandReplySink.NONE));
    }

    /** The event log holds exactly the events that there were. */
    void checkEvents(SimulatedServer server) {
        long last = server.eventLog.lastEventSequence();
        Violation.when(
                last != events.size() || last != server.core.lastEventSequence(),
                Check.EVENT_LOG,
                "the event log ends with " + last + ", the core with " + server.core.lastEventSequence()
                        + ", and there were " + events.size());
        server.readEvents((eventSequence, event, offset, length) -> Violation.when(
                events.getLong((int) eventSequence - 1) != Trace.hashOf(event, offset, length),
                Check.EVENT_LOG,
                () -> "event " + eventSequence + " in the log is another one"));
    }

    /** Everything at once, when nothing is under way. */
    void checkpoint(LedgerProcessor core) {
        trace.note(core.stateHash());
        Snapshot snapshot = checkStates(core);
        restored = snapshot.restore(referee.retention(), this::onEventAgain);
        restoredFrom = snapshot.sequence();
        checkZeroSum(core);
        Violation.when(
                core.nextDeadlineNs() != referee.nextDeadlineNs(),
                Check.MODEL,
                "the core's next deadline is " + core.nextDeadlineNs() + ", the model's " + referee.nextDeadlineNs());
        try {
            referee.compareAll(query -> ask(core, query));
        } catch (RuntimeException mismatch) {
            throw new Violation(Check.MODEL, mismatch);
        }
    }

    /** A replay, and a snapshot and the commands after it, give the same state, and the same snapshot: this one. */
    Snapshot checkStates(LedgerProcessor core) {
        follow(replica, log.last());
        Violation.when(
                replica.lastSequence() != core.lastSequence() || replica.stateHash() != core.stateHash(),
                Check.REPLAY,
                "a replay of " + log.last() + " commands from the first on gives another state");
        checkAgainstSnapshot(core.stateHash(), core.lastSequence());
        Snapshot snapshot = Snapshot.of(core);
        trace.note(snapshot.contentHash());
        Violation.when(
                !snapshot.isOf(replica),
                Check.SNAPSHOT,
                "a replay of " + log.last() + " commands from the first on gives another snapshot");
        Violation.when(
                !snapshot.isOf(restored),
                Check.SNAPSHOT,
                "a snapshot taken at sequence " + restoredFrom + " and the commands after it give another snapshot");
        return snapshot;
    }

    private DirectBuffer ask(LedgerProcessor core, DirectBuffer query) {
        core.onQuery(query, 0, query.capacity(), (buffer, offset, length) -> {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            reply[0] = new UnsafeBuffer(copy);
        });
        return reply[0];
    }
}
