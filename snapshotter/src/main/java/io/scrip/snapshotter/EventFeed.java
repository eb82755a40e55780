package io.scrip.snapshotter;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.LiveKeys;
import io.scrip.ledger.EventSink;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Takes the core's events to the event log. While the journal is replayed, an event that the log has already is
 * compared with it, byte by byte; the first difference ends the log there, and it is written anew from that place: the
 * event log is derived, the journal is not. Afterwards events are appended, and new keys made known.
 *
 * <p>Used by one thread at a time: by recovery, then by the pipeline's.
 */
public final class EventFeed implements EventSink {
    /** Events compared together: one sequential read of the log for many of them. */
    private static final int COMPARE_EVENTS = 1_024;

    private final EventLog log;
    private final Truncation truncation;
    private final LiveKeys keys;
    private final ExpandableArrayBuffer waiting = new ExpandableArrayBuffer(256 * COMPARE_EVENTS);
    private final int[] waitingLengths = new int[COMPARE_EVENTS];
    private int waitingCount;
    private int waitingBytes;
    private long firstWaiting;
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
        } else if (eventSequence > log.lastEventSequence()) {
            compareWaiting();
            append(eventSequence, event, offset, length);
        } else {
            keep(eventSequence, event, offset, length);
        }
    }

    /**
     * Ends the comparison: from now on every event is new.
     *
     * @param lastEventSequence of the core; what the log has beyond it belongs to commands that were never acknowledged
     */
    void goLive(long lastEventSequence) {
        compareWaiting();
        if (log.lastEventSequence() > lastEventSequence) {
            rebuildFrom(lastEventSequence + 1, "the log was longer than the journal");
        }
        if (log.lastEventSequence() != lastEventSequence) {
            throw new IllegalStateException(
                    "the event log ends with " + log.lastEventSequence() + " but the core with " + lastEventSequence);
        }
        closeReader();
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

    private void keep(long eventSequence, DirectBuffer event, int offset, int length) {
        if (waitingCount == 0) {
            firstWaiting = eventSequence;
        }
        waiting.putBytes(waitingBytes, event, offset, length);
        waitingLengths[waitingCount++] = length;
        waitingBytes += length;
        if (waitingCount == COMPARE_EVENTS) {
            compareWaiting();
        }
    }

    private void compareWaiting() {
        if (waitingCount == 0) {
            return;
        }
        Comparison comparison = new Comparison();
        String reason = "the record was missing or different";
        try {
            if (reader == null) {
                reader = log.openReader();
            }
            reader.readRange(firstWaiting, firstWaiting + waitingCount - 1, comparison);
        } catch (JournalFailure failure) {
            if (failure.kind() != JournalFailure.Kind.DAMAGED) {
                throw failure;
            }
            reason = failure.getMessage();
        }
        compared += comparison.equal;
        if (comparison.equal < waitingCount) {
            rebuildFrom(firstWaiting + comparison.equal, reason);
            int from = comparison.position;
            for (int event = comparison.equal; event < waitingCount; event++) {
                append(firstWaiting + event, waiting, from, waitingLengths[event]);
                from += waitingLengths[event];
            }
        }
        waitingCount = 0;
        waitingBytes = 0;
    }

    private void append(long eventSequence, DirectBuffer event, int offset, int length) {
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

    /** Walks the waiting events beside those of the log, and stops counting at the first difference. */
    private final class Comparison implements EventLog.EventHandler {
        private int equal;
        private int position;
        private boolean differs;

        @Override
        public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
            if (differs) {
                return;
            }
            if (eventSequence != firstWaiting + equal
                    || length != waitingLengths[equal]
                    || !equalBytes(event, offset, length)) {
                differs = true;
                return;
            }
            position += length;
            equal++;
        }

        private boolean equalBytes(DirectBuffer event, int offset, int length) {
            for (int at = 0; at < length; at++) {
                if (event.getByte(offset + at) != waiting.getByte(position + at)) {
                    return false;
                }
            }
            return true;
        }
    }
}
