package io.scrip.testkit.sim;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares the server with what must be: a follower that applies the same commands, replays from the first record, the
 * model, and a list of every event that there ever was. One thread.
 */
final class Inspector {
    private final Referee referee;
    private final CommandLog log;
    private final Trace trace;
    private final LongArrayList events = new LongArrayList();
    private final LedgerProcessor follower;
    private Snapshot kept;
    private final DirectBuffer[] reply = new DirectBuffer[1];

    Inspector(Referee referee, CommandLog log, Trace trace) {
        this.referee = referee;
        this.log = log;
        this.trace = trace;
        follower = new LedgerProcessor(referee.retention(), (eventSequence, event, offset, length) -> {});
        kept = Snapshot.of(follower);
    }

    /** An event of the live core, or of one that replays. */
    void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        long hash = Trace.hashOf(event, offset, length);
        if (eventSequence <= events.size()) {
            Violation.when(
                    events.getLong((int) eventSequence - 1) != hash,
                    Check.REPLAY,
                    "event " + eventSequence + " is another one when it is replayed");
            return;
        }
        Violation.when(
                eventSequence != events.size() + 1,
                Check.EVENT_LOG,
                "event " + eventSequence + " comes after event " + events.size());
        events.addLong(hash);
        try {
            referee.onEvent(eventSequence, event, offset, length);
        } catch (RuntimeException mismatch) {
            throw new Violation(Check.MODEL, mismatch);
        }
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

    /** Whether a state is the one that the follower has after the same commands, none of which it may have seen. */
    void checkAgainstFollower(long stateHash, long sequence) {
        log.each(follower.lastSequence() + 1, sequence, this::follow);
        Violation.when(
                follower.lastSequence() != sequence || follower.stateHash() != stateHash,
                Check.REPLAY,
                "the state at sequence " + sequence + " is not the one that its commands give");
    }

    private void follow(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        follower.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
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
                "event " + eventSequence + " in the log is another one"));
    }

    /** Everything at once, when nothing is under way. */
    void checkpoint(LedgerProcessor core) {
        long hash = core.stateHash();
        trace.note(hash);
        LedgerProcessor replayed = new LedgerProcessor(referee.retention(), this::onEvent);
        log.each(
                1,
                log.last(),
                (sequence, timestampNs, command, offset, length) ->
                        replayed.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE));
        Violation.when(
                replayed.stateHash() != hash,
                Check.REPLAY,
                "a replay of " + log.last() + " commands from the first on gives another state");
        trace.note(Snapshot.of(core).contentHash());
        checkSnapshot(Snapshot.of(replayed), core, "a replay");
        checkSnapshot(kept, core, "a snapshot taken at sequence " + kept.sequence());
        kept = Snapshot.of(core);
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

    /** A snapshot and the commands after it give the same state, and the same snapshot. */
    private void checkSnapshot(Snapshot snapshot, LedgerProcessor core, String what) {
        LedgerProcessor restored = snapshot.restore(referee.retention(), this::onEvent);
        log.each(
                snapshot.sequence() + 1,
                log.last(),
                (sequence, timestampNs, command, offset, length) ->
                        restored.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE));
        Violation.when(
                restored.stateHash() != core.stateHash()
                        || Snapshot.of(restored).contentHash()
                                != Snapshot.of(core).contentHash(),
                Check.SNAPSHOT,
                what + " and the commands after it give another state");
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
