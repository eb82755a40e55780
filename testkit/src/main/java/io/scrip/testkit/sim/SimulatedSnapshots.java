package io.scrip.testkit.sim;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.JournalFollower;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.LastEvent;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotHeader;
import io.scrip.snapshotter.SnapshotStore;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The snapshots of a process, on the simulated disk. They are made of the live core, when it rests, and otherwise as the
 * follower makes them: both logs are read on and forced, then the file is written and read back. One thread.
 */
final class SimulatedSnapshots implements EventSink {
    private static final int KEPT = 2;

    private final SimulatedServer.Site site;
    private final SnapshotStore store;
    private final Path journalFolder;
    private final Path eventsFolder;
    private LastEvent lastEvent = LastEvent.none();
    private boolean hasSeenEvent;
    private JournalFollower journal;
    private long forcedEvent;

    SimulatedSnapshots(SimulatedServer.Site site) {
        this.site = site;
        journalFolder = site.folder().resolve(SimulatedSurroundings.JOURNAL);
        eventsFolder = site.folder().resolve(SimulatedSurroundings.EVENTS);
        store = new SnapshotStore(
                site.folder().resolve(SimulatedSurroundings.SNAPSHOTS),
                KEPT,
                // They leave the journal's reserve alone, and what makes it read-only.
                folder -> site.surroundings().freeSpace().usableBytes(folder)
                        - 2 * SimulatedServer.RESERVE_BYTES
                        + SnapshotStore.SPARE_BYTES);
    }

    /** The newest first. */
    List<SnapshotFile> found() {
        try {
            return store.list();
        } catch (SnapshotException unreadable) {
            throw new Violation(Check.SNAPSHOT, unreadable);
        }
    }

    /** Recovery is over; it began with the snapshot of that command, 0: with none. */
    void begunWith(long sequence, List<SnapshotFile> found) {
        try {
            for (SnapshotFile file : found) {
                if (file.sequence() == sequence) {
                    SnapshotHeader header = SnapshotStore.header(file);
                    journal = JournalFollower.from(journalFolder, header.position());
                    if (!hasSeenEvent) {
                        lastEvent = LastEvent.of(header);
                    }
                    return;
                }
            }
        } catch (SnapshotException unreadable) {
            throw new Violation(Check.SNAPSHOT, unreadable);
        }
        journal = JournalFollower.fromStart(journalFolder);
    }

    @Override
    public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        hasSeenEvent = true;
        lastEvent.onEvent(eventSequence, event, offset, length);
    }

    /** Makes one, or does not when the device refuses: the server goes on. */
    void take(LedgerProcessor core) {
        if (core.lastSequence() == 0) {
            return;
        }
        try {
            journal.readTo(core.lastSequence(), (sequence, timestampNs, command, offset, length) -> {});
            store.write(core, journal.position(), forceLogs(core.lastEventSequence()));
        } catch (SnapshotException refused) {
            // As the follower: told, and tried again when the next one is due.
        } catch (JournalFailure refused) {
            if (refused.kind() != JournalFailure.Kind.DEVICE) {
                throw new Violation(Check.SNAPSHOT, refused);
            }
        }
    }

    private SnapshotHeader.Anchor forceLogs(long eventSequence) {
        journal.force();
        if (!ChronicleEventLog.force(eventsFolder, site.surroundings(), forcedEvent, eventSequence)) {
            return null;
        }
        forcedEvent = eventSequence;
        return lastEvent.anchor();
    }

    void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
