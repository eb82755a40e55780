package io.scrip.snapshotter;

import io.scrip.engine.Journal;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import java.util.Locale;

/** Brings a new core to where the journal ends, and the event log with it. */
public final class Recovery {
    private static final int PROGRESS_EVERY = 4_096;

    private Recovery() {}

    /** Told every few thousand records how far the replay is. */
    @FunctionalInterface
    public interface Progress {
        void onProgress(long records, long ofRecords);
    }

    /**
     * What recovery did.
     *
     * @param records          of the journal, each checked and applied
     * @param tookNs           nanoseconds
     * @param eventsCompared   that the event log had already, and rightly
     * @param eventsAppended   that it did not have
     * @param eventsRebuiltFrom the first event sequence that was wrong or too many; 0: none was
     * @param rebuildReason    empty when nothing was rebuilt
     */
    public record Report(
            long records,
            long tookNs,
            long eventsCompared,
            long eventsAppended,
            long eventsRebuiltFrom,
            String rebuildReason) {

        /** One line for the operator. */
        @Override
        public String toString() {
            String line = String.format(
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

    /**
     * Replays the whole journal into a core that has applied nothing yet. Afterwards the feed is live. Whatever is
     * wrong with the journal leaves as {@link io.scrip.engine.JournalFailure}, and the core must then not be used.
     */
    public static Report replay(Journal journal, LedgerProcessor core, EventFeed feed, Progress progress) {
        if (core.lastSequence() != 0) {
            throw new IllegalArgumentException("the core has applied commands already: " + core.lastSequence());
        }
        long beganNs = System.nanoTime();
        long last = journal.lastSequence();
        long records = journal.replay(1, (sequence, timestampNs, command, offset, length) -> {
            core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
            if (sequence % PROGRESS_EVERY == 0) {
                progress.onProgress(sequence, last);
            }
        });
        if (records != last || core.lastSequence() != last) {
            throw new IllegalStateException("the journal ends with " + last + " but " + records
                    + " records were replayed, to " + core.lastSequence());
        }
        feed.goLive(core.lastEventSequence());
        return new Report(
                records,
                System.nanoTime() - beganNs,
                feed.compared(),
                feed.appended(),
                feed.rebuiltFrom(),
                feed.rebuildReason());
    }
}
