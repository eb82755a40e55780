package io.scrip.testkit.sim;

import io.scrip.engine.Clock;
import io.scrip.engine.EventLog;
import io.scrip.engine.InlineHost;
import io.scrip.engine.LiveKeys;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.JournalPosition;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.snapshotter.EventFeed;
import io.scrip.snapshotter.KnownPlaces;
import io.scrip.snapshotter.Recovery;
import io.scrip.snapshotter.SnapshotFile;
import java.nio.file.Path;
import java.util.List;

/**
 * One process of the server on the simulated disk, wired as the real one is: journal, event log, recovery, core,
 * stages. It ends with {@link Fate.Death}, with the failure of a stage, or in order.
 */
final class SimulatedServer {
    private static final int RING_SLOTS = 64;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int EVENT_FILE_BYTES = 1 << 20;
    /** Free space that the journal leaves alone. */
    static final long RESERVE_BYTES = 2L << 20;

    /** With less than this above the reserve it must be read-only. */
    static final long SCARCE_ABOVE_RESERVE_BYTES = 7L * BLOCK_BYTES;

    private static final long BALLAST_BYTES = 32L << 10;

    final ChronicleEventLog eventLog;
    final LedgerProcessor core;
    final InlineHost host;
    final SimulatedSnapshots snapshots;
    /** Whether the core is within a command just now. */
    private boolean withinCommand;

    /** Where a process lives and who looks on. */
    record Site(
            Path folder,
            SimulatedSurroundings surroundings,
            Retention retention,
            long rollBytes,
            Clock clock,
            ObservedJournal.Observer observer,
            EventSink events) {}

    /**
     * Recovers what is on the disk, then is ready to serve.
     *
     * @param fromTheFirstRecord as if there were no snapshots
     */
    SimulatedServer(Site site, boolean fromTheFirstRecord) {
        Path folder = site.folder();
        snapshots = new SimulatedSnapshots(site);
        List<SnapshotFile> found = fromTheFirstRecord ? List.of() : snapshots.found();
        KnownPlaces known = KnownPlaces.of(found);
        ChronicleJournal journal = openJournal(site, known.journal());
        eventLog = ChronicleEventLog.open(
                new EventLogConfig(folder.resolve(SimulatedSurroundings.EVENTS), BLOCK_BYTES, EVENT_FILE_BYTES),
                site.surroundings(),
                known.events());
        LiveKeys keys = new LiveKeys();
        EventFeed feed = new EventFeed(eventLog, eventLog::truncateFrom, keys);
        ObservedJournal observed = new ObservedJournal(journal, site.observer());
        Recovery recovery = new Recovery(
                observed,
                journal::continuesAt,
                eventLog,
                site.retention(),
                feed,
                (eventSequence, event, offset, length) -> {
                    withinCommand = true;
                    site.events().onEvent(eventSequence, event, offset, length);
                    snapshots.onEvent(eventSequence, event, offset, length);
                    feed.onEvent(eventSequence, event, offset, length);
                    withinCommand = false;
                });
        Recovery.Recovered recovered = recovery.recoverAlone(found, (records, ofRecords) -> {});
        core = recovered.core();
        snapshots.begunWith(recovered.report().snapshotSequence(), found);
        keys.load(core);
        journal.startWriting();
        host = new InlineHost(RING_SLOTS, observed, core, site.clock(), eventSequence -> {});
    }

    /** Whether the process died while the core was between two events of a command: its state is neither. */
    boolean isWithinCommand() {
        return withinCommand;
    }

    /** A snapshot of what has been applied. */
    void takeSnapshot() {
        snapshots.take(core);
    }

    static ChronicleJournal openJournal(Site site, List<JournalPosition> known) {
        JournalConfig config = new JournalConfig(
                site.folder().resolve(SimulatedSurroundings.JOURNAL),
                DurabilityMode.SYNC,
                BLOCK_BYTES,
                site.rollBytes(),
                RESERVE_BYTES,
                BALLAST_BYTES,
                0);
        return ChronicleJournal.open(config, site.surroundings().freeSpace(), site.surroundings(), known);
    }

    /** Hands every event of the log to somebody. */
    void readEvents(EventLog.EventHandler handler) {
        try (EventLog.Reader reader = eventLog.openReader()) {
            reader.readRange(1, eventLog.lastEventSequence(), handler);
        }
    }

    void stop() {
        host.close();
        snapshots.close();
        eventLog.close();
    }
}
