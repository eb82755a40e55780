package io.scrip.snapshotter;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.JournalFailure;
import io.scrip.journal.JournalFollower;
import io.scrip.journal.JournalPosition;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.nio.file.Path;

/** A second core that applies the journal behind the live one, and their comparison. One thread. */
final class Replica implements AutoCloseable {
    private static final EventSink NOWHERE = (eventSequence, event, offset, length) -> {};

    private final LedgerProcessor core;
    private final JournalFollower journal;
    private long agreedSequence;

    private Replica(LedgerProcessor core, JournalFollower journal) {
        this.core = core;
        this.journal = journal;
    }

    /** A state of the follower that is not the live core's, with what is known of both. */
    static final class Divergence extends Exception {
        private static final long serialVersionUID = 1L;

        Divergence(String evidence) {
            super(evidence);
        }
    }

    static Replica fromStart(Path journalFolder, Retention retention) {
        return new Replica(new LedgerProcessor(retention, NOWHERE), JournalFollower.fromStart(journalFolder));
    }

    static Replica from(SnapshotFile file, Path journalFolder, Retention retention) throws SnapshotException {
        JournalPosition position = SnapshotStore.header(file).position();
        LedgerProcessor core = SnapshotStore.load(file, retention, NOWHERE);
        JournalFollower follower = position == null
                ? JournalFollower.fromStart(journalFolder)
                : JournalFollower.from(journalFolder, position);
        return new Replica(core, follower);
    }

    long lastSequence() {
        return core.lastSequence();
    }

    /** Applies what is durable up to there. */
    void readTo(long sequence) {
        journal.readTo(
                sequence,
                (at, timestampNs, command, offset, length) ->
                        core.onCommand(at, timestampNs, command, offset, length, CommandReplySink.NONE));
    }

    /**
     * Compares with the live core, when both stand at the same command.
     *
     * @throws JournalFailure DAMAGED when the live core stands before what has been read: its journal has lost its end
     */
    void compare(Checkpoint live) throws Divergence {
        if (live.sequence() < core.lastSequence()) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED,
                    "the live core stands at command " + live.sequence() + ", before command " + core.lastSequence()
                            + ", which was read from its journal: the journal has lost its end");
        }
        if (live.sequence() != core.lastSequence()) {
            return;
        }
        long hash = core.stateHash();
        if (live.stateHash() != hash) {
            throw new Divergence("the live core and its replay are of two minds after command " + live.sequence()
                    + ": state hash " + Long.toHexString(live.stateHash()) + " against " + Long.toHexString(hash)
                    + "; they agreed after command " + agreedSequence);
        }
        agreedSequence = live.sequence();
    }

    SnapshotFile writeTo(SnapshotStore store) throws SnapshotException {
        return store.write(core, journal.position());
    }

    @Override
    public void close() {
        journal.close();
    }
}
