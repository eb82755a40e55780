package io.scrip.snapshotter;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.LiveKeys;
import io.scrip.ledger.EventSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes the core's events to the event log. While the journal is replayed, an event that the log has already is
 * compared with it, byte by byte; the first difference ends the log there, and it is written anew from that place: the
 * event log is derived, the journal is not. Afterwards events are appended, and new keys made known.
 *
 * <p>Used by one thread at a time: by recovery, then by the pipeline's. Between {@link #beginBeside} and
 * {@link #goLive} the log is a third thread's, which compares and appends while the core goes on.
 */
public final class EventFeed implements EventSink {
    private final EventLog log;
    private final Truncation truncation;
    private final LiveKeys keys;
    private RecordBatch filling = new RecordBatch();
    private HandOver beside;
    private Thread besideThread;
    private volatile Throwable besideFailure;
    private EventLog.Reader reader;
    private boolean live;
    private long compared;
    private long appended;
    private long rebuiltFrom;
    private String rebuildReason = "";

    /** Cuts a log so that {@code fromEventSequence} is the next one to be appended. */
    @FunctionalInterface
    public interface Truncation {
        void truncateFrom(long fromEventSequence);
    }

    public EventFeed(EventLog log, Truncation truncation, LiveKeys keys) {
        this.log = log;
        this.truncation = truncation;
        this.keys = keys;
    }

    @Override
    public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        if (live) {
            log.append(eventSequence, event, offset, length);
            keys.onEvent(event, offset);
            return;
        }
        filling.add(eventSequence, 0, event, offset, length);
        if (filling.isFull()) {
            pass();
        }
    }

    /** From now on until {@link #goLive} the log is compared and written by a thread of its own. */
    void beginBeside() {
        beside = new HandOver();
        besideThread = new Thread(this::followBeside, "scrip-event-feed");
        besideThread.setDaemon(true);
        besideThread.start();
    }

    /** Ends that thread, however far it came. */
    void endBeside() {
        if (beside != null) {
            beside.end(null);
            HandOver.join(besideThread);
            beside = null;
        }
    }

    private void followBeside() {
        HandOver batches = beside;
        try {
            for (RecordBatch batch = batches.next(); batch != null; batch = batches.next()) {
                take(batch);
                batches.done(batch);
            }
        } catch (RuntimeException | Error failed) {
            besideFailure = failed;
        } finally {
            batches.leave();
        }
    }

    /**
     * Ends the comparison: from now on every event is new.
     *
     * @param lastEventSequence of the core; what the log has beyond it belongs to commands that were never acknowledged
     */
    void goLive(long lastEventSequence) {
        pass();
        endBeside();
        requireNoFailure();
        if (log.lastEventSequence() > lastEventSequence) {
            rebuildFrom(lastEventSequence + 1, "the log was longer than the journal");
        }
        if (log.lastEventSequence() != lastEventSequence) {
            throw new IllegalStateException(
                    "the event log ends with " + log.lastEventSequence() + " but the core with " + lastEventSequence);
        }
        log.endRemaking();
        closeReader();
        filling = null;
        live = true;
    }

    long compared() {
        return compared;
    }

    long appended() {
        return appended;
    }

    /** 0 when nothing was rebuilt. */
    long rebuiltFrom() {
        return rebuiltFrom;
    }

    String rebuildReason() {
        return rebuildReason;
    }

    /** What was gathered goes to the log, here or beside. */
    private void pass() {
        if (beside == null) {
            take(filling);
            filling.clear();
            return;
        }
        beside.full(filling);
        try {
            filling = beside.empty();
        } catch (HandOver.Gone ended) {
            filling = new RecordBatch();
            requireNoFailure();
            throw ended;
        }
    }

    private void requireNoFailure() {
        if (besideFailure instanceof Error error) {
            throw error;
        }
        if (besideFailure instanceof RuntimeException failure) {
            throw failure;
        }
    }

    private void take(RecordBatch batch) {
        int equal = compare(batch);
        for (int i = equal; i < batch.count(); i++) {
            append(batch.sequence(i), batch.bytes(), batch.start(i), batch.length(i));
        }
    }

    /** Events at the beginning of the batch that the log has; behind them nothing of it is left. */
    private int compare(RecordBatch batch) {
        long last = log.lastEventSequence();
        if (batch.count() == 0 || batch.sequence(0) > last) {
            return 0;
        }
        int inLog = (int) Math.min(batch.count(), last - batch.sequence(0) + 1);
        Comparison comparison = new Comparison(batch, inLog);
        String reason = "the record was missing or different";
        try {
            if (reader == null) {
                reader = log.openFirstReader();
            }
            reader.readRange(batch.sequence(0), batch.sequence(inLog - 1), comparison);
        } catch (JournalFailure failure) {
            if (failure.kind() != JournalFailure.Kind.DAMAGED) {
                throw failure;
            }
            reason = reasonOf(failure);
        }
        compared += comparison.equal;
        if (comparison.equal < inLog) {
            rebuildFrom(batch.sequence(comparison.equal), reason);
        }
        return comparison.equal;
    }

    /** The place alone: what the message asks for is about to be done. */
    private static String reasonOf(JournalFailure failure) {
        if (failure.file() == null) {
            return failure.getMessage();
        }
        String place = failure.offsetBytes() < 0 ? "" : " at byte " + failure.offsetBytes();
        return failure.file() + place + ": no good record";
    }

    private void append(long eventSequence, DirectBuffer event, int offset, int length) {
        if (appended == 0) {
            log.beginRemaking(eventSequence);
        }
        log.append(eventSequence, event, offset, length);
        appended++;
    }

    private void rebuildFrom(long eventSequence, String reason) {
        closeReader();
        truncation.truncateFrom(eventSequence);
        rebuiltFrom = eventSequence;
        rebuildReason = reason;
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Walks a batch beside the log's events, and stops counting at the first difference. */
    private static final class Comparison implements EventLog.EventHandler {
        private final RecordBatch batch;
        private final int count;
        private final UnsafeBuffer stored = new UnsafeBuffer(0, 0);
        private final UnsafeBuffer made = new UnsafeBuffer(0, 0);
        private int equal;
        private boolean differs;

        Comparison(RecordBatch batch, int count) {
            this.batch = batch;
            this.count = count;
        }

        @Override
        public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
            differs = differs || equal == count || !isEqual(eventSequence, event, offset, length);
            equal += differs ? 0 : 1;
        }

        private boolean isEqual(long eventSequence, DirectBuffer event, int offset, int length) {
            if (eventSequence != batch.sequence(equal) || length != batch.length(equal)) {
                return false;
            }
            stored.wrap(event, offset, length);
            made.wrap(batch.bytes(), batch.start(equal), length);
            return stored.equals(made);
        }
    }
}
