package io.scrip.snapshotter;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.JournalFailure;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.JournalFollower;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.nio.file.Path;

/** A second core that applies the journal behind the live one, and their comparison. One thread. */
final class Replica implements AutoCloseable {
    private final LedgerProcessor core;
    private final LastEvent lastEvent;
    private final JournalFollower journal;
    private final Path eventsFolder;
    private final RecordBatch records = new RecordBatch();
    private long agreedSequence;
    private long forcedEvent;

    private Replica(LedgerProcessor core, LastEvent lastEvent, JournalFollower journal, Path eventsFolder) {
        this.core = core;
        this.lastEvent = lastEvent;
        this.journal = journal;
        this.eventsFolder = eventsFolder;
    }

    /** A state of the follower that is not the live core's, with what is known of both. */
    static final class Divergence extends Exception {
        private static final long serialVersionUID = 1L;

        Divergence(String evidence) {
            super(evidence);
        }
    }

    static Replica fromStart(Path journalFolder, Path eventsFolder, Retention retention) {
        LastEvent lastEvent = LastEvent.none();
        LedgerProcessor core = new LedgerProcessor(retention, lastEvent);
        return new Replica(core, lastEvent, JournalFollower.fromStart(journalFolder), eventsFolder);
    }

    static Replica from(SnapshotFile file, Path journalFolder, Path eventsFolder, Retention retention)
            throws SnapshotException {
        SnapshotHeader header = SnapshotStore.header(file);
        LastEvent lastEvent = LastEvent.of(header);
        LedgerProcessor core = SnapshotStore.load(file, retention, lastEvent);
        JournalFollower follower = header.position() == null
                ? JournalFollower.fromStart(journalFolder)
                : JournalFollower.from(journalFolder, header.position());
        return new Replica(core, lastEvent, follower, eventsFolder);
    }

    long lastSequence() {
        return core.lastSequence();
    }

    /** Applies what is durable up to there, some records together. */
    void readTo(long sequence) {
        readTo(sequence, () -> {});
    }

    /**
     * As {@link #readTo(long)}.
     *
     * @param betweenSteps called whenever some have been applied and more follow
     */
    void readTo(long sequence, Runnable betweenSteps) {
        try {
            journal.readTo(sequence, (at, timestampNs, command, offset, length) -> {
                if (records.isFull()) {
                    apply();
                    betweenSteps.run();
                }
                records.add(at, timestampNs, command, offset, length);
            });
        } finally {
            // Also when the journal is damaged behind them: what was read is not read again.
            apply();
        }
    }

    private void apply() {
        try {
            records.applyTo(
                    core::foresee,
                    (at, timestampNs, command, offset, length) ->
                            core.onCommand(at, timestampNs, command, offset, length, CommandReplySink.NONE));
        } finally {
            // Nothing is applied twice, were it after a fault.
            records.clear();
        }
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
        return store.write(core, journal.position(), forceLogs());
    }

    /** Both logs on the device, up to here: a snapshot that says so saves a start from reading them. */
    private SnapshotHeader.Anchor forceLogs() throws SnapshotException {
        try {
            journal.force();
            if (!ChronicleEventLog.force(eventsFolder, forcedEvent, core.lastEventSequence())) {
                return null;
            }
        } catch (JournalFailure refused) {
            throw new SnapshotException("the logs cannot be forced: " + refused.getMessage(), refused);
        }
        forcedEvent = core.lastEventSequence();
        return lastEvent.anchor();
    }

    @Override
    public void close() {
        journal.close();
    }
}
