package io.scrip.snapshotter;

import io.scrip.engine.EventLog;
import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.journal.JournalPosition;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Makes a core that stands where the journal ends, and brings the event log there: from the newest snapshot that is
 * good and belongs to this journal, else from the one before, else from the first record.
 *
 * <pre>
 *   reading thread          calling thread      feeding thread
 *   journal: CRC, chain ──► core: apply ──────► event log: compare, complete
 * </pre>
 */
public final class Recovery {
    private static final int PROGRESS_EVERY = 4_096;
    /** An id takes an eighth of that: nobody knows how many of the commands are remembered, so most is left alone. */
    private static final long HEAP_BYTES_PER_EXPECTED = 8 * 64;

    private final Journal journal;
    private final Predicate<JournalPosition> continuesAt;
    private final EventLog eventLog;
    private final Retention retention;
    private final EventFeed feed;
    private final EventSink events;
    private final List<String> refused = new ArrayList<>();
    private String eventLogAside = "";
    private Progress loading = (bytes, ofBytes) -> {};

    /**
     * @param continuesAt whether the journal goes on at a place, by its hash
     * @param feed        of the event log; live after {@link #recover}
     */
    public Recovery(
            Journal journal,
            Predicate<JournalPosition> continuesAt,
            EventLog eventLog,
            Retention retention,
            EventFeed feed) {
        this(journal, continuesAt, eventLog, retention, feed, feed);
    }

    /** @param events takes the core's events, and hands them on to the feed */
    public Recovery(
            Journal journal,
            Predicate<JournalPosition> continuesAt,
            EventLog eventLog,
            Retention retention,
            EventFeed feed,
            EventSink events) {
        this.events = events;
        this.journal = journal;
        this.continuesAt = continuesAt;
        this.eventLog = eventLog;
        this.retention = retention;
        this.feed = feed;
    }

    /** Told now and then how far something is: every few thousand records of a replay, every MiB of a snapshot. */
    @FunctionalInterface
    public interface Progress {
        void onProgress(long records, long ofRecords);
    }

    /** The core and how it came about. */
    public record Recovered(LedgerProcessor core, Report report) {}

    /**
     * What recovery did.
     *
     * @param snapshotSequence  of the snapshot it began with; 0: none
     * @param snapshotsRefused  why newer ones were not used
     * @param records           of the journal, each checked and applied
     * @param tookNs            nanoseconds
     * @param eventsCompared    that the event log had already, and rightly
     * @param eventsAppended    that it did not have
     * @param eventsRebuiltFrom the first event sequence that was wrong or too many; 0: none was
     * @param rebuildReason     empty when nothing was rebuilt
     * @param eventLogAside     where an event log has been moved to that no snapshot fitted and nobody can complete, since
     *                          the commands that made it have been pruned; empty: nowhere
     */
    public record Report(
            long snapshotSequence,
            List<String> snapshotsRefused,
            long records,
            long tookNs,
            long eventsCompared,
            long eventsAppended,
            long eventsRebuiltFrom,
            String rebuildReason,
            String eventLogAside) {

        public Report {
            snapshotsRefused = List.copyOf(snapshotsRefused);
        }

        private Report withEventLogAside(String place) {
            return new Report(
                    snapshotSequence,
                    snapshotsRefused,
                    records,
                    tookNs,
                    eventsCompared,
                    eventsAppended,
                    eventsRebuiltFrom,
                    rebuildReason,
                    place);
        }

        /** One line for the operator. */
        @Override
        public String toString() {
            String begun = snapshotSequence == 0
                    ? ""
                    : String.format(Locale.ROOT, "began with the snapshot of command %,d, ", snapshotSequence);
            String line = begun
                    + String.format(
                            Locale.ROOT,
                            "replayed %,d records in %.1f s; event log: %,d compared, %,d appended",
                            records,
                            tookNs / 1e9,
                            eventsCompared,
                            eventsAppended);
            return eventsRebuiltFrom == 0
                    ? line
                    : line
                            + String.format(
                                    Locale.ROOT, ", rebuilt from event %,d on (%s)", eventsRebuiltFrom, rebuildReason);
        }
    }

    /** Before it recovers: whom to tell of bytes while a snapshot is read, on the thread that reads it. */
    public Recovery tellingOfSnapshots(Progress told) {
        loading = told;
        return this;
    }

    /**
     * Recovers. Whatever is wrong with a snapshot is told in the report and does no harm; whatever is wrong with the
     * journal leaves as {@link io.scrip.engine.JournalFailure}.
     */
    public Recovered recover(List<SnapshotFile> newestFirst, Progress progress) {
        long beganNs = System.nanoTime();
        LedgerProcessor core = hasLostEvents() ? oldestGood(newestFirst) : newestGood(newestFirst);
        feed.beginBeside();
        try {
            Replay ahead = (from, handler) -> ReadAhead.replay(journal, from, handler, core::foresee);
            Report report = finish(ahead, journal, core, feed, refused, beganNs, progress);
            return new Recovered(core, report.withEventLogAside(eventLogAside));
        } finally {
            feed.endBeside();
        }
    }

    /** As {@link #recover}, all on the calling thread. */
    public Recovered recoverAlone(List<SnapshotFile> newestFirst, Progress progress) {
        long beganNs = System.nanoTime();
        LedgerProcessor core = hasLostEvents() ? oldestGood(newestFirst) : newestGood(newestFirst);
        Report report = finish(journal::replay, journal, core, feed, refused, beganNs, progress);
        return new Recovered(core, report.withEventLogAside(eventLogAside));
    }

    /** How a journal's records come. */
    private interface Replay {
        long replay(long fromSequence, Journal.RecordHandler handler);
    }

    /**
     * Replays the whole journal into a core that has applied nothing yet, without any snapshot, all on the calling
     * thread.
     */
    public static Report replay(Journal journal, LedgerProcessor core, EventFeed feed, Progress progress) {
        if (core.lastSequence() != 0) {
            throw new IllegalArgumentException("the core has applied commands already: " + core.lastSequence());
        }
        return finish(journal::replay, journal, core, feed, List.of(), System.nanoTime(), progress);
    }

    private static Report finish(
            Replay replay,
            Journal journal,
            LedgerProcessor core,
            EventFeed feed,
            List<String> refused,
            long beganNs,
            Progress progress) {
        long snapshotSequence = core.lastSequence();
        long last = journal.lastSequence();
        core.expect(Math.min(last - snapshotSequence, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_EXPECTED));
        long records = replay.replay(snapshotSequence + 1, (sequence, timestampNs, command, offset, length) -> {
            core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
            if (sequence % PROGRESS_EVERY == 0) {
                progress.onProgress(sequence - snapshotSequence, last - snapshotSequence);
            }
        });
        if (records != last - snapshotSequence || core.lastSequence() != last) {
            throw new IllegalStateException("the journal ends with " + last + " but " + records
                    + " records were replayed, to " + core.lastSequence());
        }
        feed.goLive(core.lastEventSequence());
        return new Report(
                snapshotSequence,
                refused,
                records,
                System.nanoTime() - beganNs,
                feed.compared(),
                feed.appended(),
                feed.rebuiltFrom(),
                feed.rebuildReason(),
                "");
    }

    private LedgerProcessor newestGood(List<SnapshotFile> newestFirst) {
        for (SnapshotFile file : newestFirst) {
            try {
                String reason = reasonAgainst(SnapshotStore.header(file));
                if (reason == null) {
                    return SnapshotStore.load(file, retention, events, loading);
                }
                refused.add(file.path() + ": " + reason);
            } catch (SnapshotException damaged) {
                refused.add(damaged.getMessage());
            }
        }
        if (journal.firstSequence() == 1) {
            return new LedgerProcessor(retention, events);
        }
        // Perhaps only the event log stands in the way, which is derived.
        return oldestGood(newestFirst);
    }

    /** The commands that made the first events have been pruned, and the events are not there. */
    private boolean hasLostEvents() {
        return journal.firstSequence() > 1 && eventLog.lastEventSequence() < eventLog.firstEventSequence();
    }

    /** From the oldest snapshot on events can be made again; the log begins behind what cannot. */
    private LedgerProcessor oldestGood(List<SnapshotFile> newestFirst) {
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            SnapshotFile file = newestFirst.get(i);
            try {
                SnapshotHeader header = SnapshotStore.header(file);
                if (header.sequence() <= journal.lastSequence()
                        && header.position() != null
                        && continuesAt.test(header.position())) {
                    LedgerProcessor core = SnapshotStore.load(file, retention, events, loading);
                    eventLogAside = eventLog.beginAfter(header.eventSequence());
                    return core;
                }
                refuse(file.path() + ": the journal does not go on where it says");
            } catch (SnapshotException damaged) {
                refuse(damaged.getMessage());
            }
        }
        throw new JournalFailure(
                JournalFailure.Kind.DAMAGED,
                "no snapshot can be used, and the commands before " + journal.firstSequence()
                        + " have been pruned: restore a backup; " + String.join("; ", refused));
    }

    private void refuse(String reason) {
        if (!refused.contains(reason)) {
            refused.add(reason);
        }
    }

    private String reasonAgainst(SnapshotHeader header) {
        if (header.sequence() > journal.lastSequence()) {
            return "it is of command " + header.sequence() + ", but the journal ends with " + journal.lastSequence();
        }
        if (header.eventSequence() > eventLog.lastEventSequence()) {
            return "it is of event " + header.eventSequence() + ", but the event log ends with "
                    + eventLog.lastEventSequence() + ", and what is missing is made from older commands";
        }
        if (!holdsLastEvent(header)) {
            return "the event log has another event " + header.eventSequence() + " than it was made with";
        }
        return header.position() == null || continuesAt.test(header.position())
                ? null
                : "the journal does not go on where it says";
    }

    /** One event tells a foreign or damaged log: it has its command, the time, and the balances after it. */
    private boolean holdsLastEvent(SnapshotHeader header) {
        boolean toldAndKept = header.anchor() != null && header.eventSequence() >= eventLog.firstEventSequence();
        if (!toldAndKept) {
            return true;
        }
        LastEvent stored = LastEvent.none();
        try (EventLog.Reader reader = eventLog.openReader()) {
            reader.read(header.eventSequence(), stored::onEvent);
            return header.anchor().equals(stored.anchor());
        } catch (JournalFailure failure) {
            if (failure.kind() != JournalFailure.Kind.DAMAGED) {
                throw failure;
            }
            return false;
        }
    }
}
