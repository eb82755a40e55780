package io.scrip.ledger;

import io.scrip.protocol.SnapshotSection;
import org.agrona.collections.LongArrayList;

/**
 * Until when ids are remembered. Ids are counted into segments by journal order; when the oldest segment leaves the
 * window, everything up to its last event is forgotten at once by raising {@code forgottenEvent}. Each segment keeps
 * the sum of a hash over its ids, so that a hash over all live ids costs nothing, whenever it is asked for.
 */
final class IdWindow {
    private static final int SEGMENTS_IN_WINDOW = 28;
    private static final int WINDOW_COLUMNS = 8;
    private static final int SEGMENT_COLUMNS = 4;

    private final Retention retention;
    private final LongArrayList lastEvents = new LongArrayList();
    private final LongArrayList lastTimestampsNs = new LongArrayList();
    private final LongArrayList greatestTimesMs = new LongArrayList();
    private final LongArrayList digests = new LongArrayList();

    private long openCount;
    private long openFirstTimestampNs;
    private long openLastTimestampNs;
    private long openLastEvent;
    private long openGreatestTimeMs = -1;
    private long openDigest;

    private long forgottenEvent;
    private long forgottenTimeMs = -1;

    IdWindow(Retention retention) {
        this.retention = retention;
    }

    Retention retention() {
        return retention;
    }

    /** Ids of events up to this one are forgotten. */
    long forgottenEvent() {
        return forgottenEvent;
    }

    /** Greatest time of a UUIDv7 ever forgotten. */
    long forgottenTimeMs() {
        return forgottenTimeMs;
    }

    /** Counts an id; its time is that of a UUIDv7, -1 of any other. */
    void count(long weight, long timeMs, long eventSequence, long timestampNs) {
        if (openCount == 0) {
            openFirstTimestampNs = timestampNs;
        }
        openCount++;
        openDigest += weight;
        openLastEvent = eventSequence;
        openLastTimestampNs = timestampNs;
        openGreatestTimeMs = Math.max(openGreatestTimeMs, timeMs);
    }

    /** Takes back the newest count. */
    void uncount(long weight) {
        openCount--;
        openDigest -= weight;
    }

    void advance(long timestampNs) {
        boolean full = openCount >= retention.segmentIds();
        boolean aged = openCount > 0 && timestampNs - openFirstTimestampNs >= retention.windowNs() / SEGMENTS_IN_WINDOW;
        if (full || aged) {
            closeSegment();
        }
        while (!lastEvents.isEmpty()
                && (timestampNs - lastTimestampsNs.getLong(0) >= retention.windowNs()
                        || lastEvents.size() * retention.segmentIds() > retention.maxIds())) {
            forgottenEvent = lastEvents.removeAt(0);
            lastTimestampsNs.removeAt(0);
            forgottenTimeMs = Math.max(forgottenTimeMs, greatestTimesMs.removeAt(0));
            digests.removeAt(0);
        }
    }

    private void closeSegment() {
        lastEvents.addLong(openLastEvent);
        lastTimestampsNs.addLong(openLastTimestampNs);
        greatestTimesMs.addLong(openGreatestTimeMs);
        digests.addLong(openDigest);
        openCount = 0;
        openGreatestTimeMs = -1;
        openDigest = 0;
    }

    /** Hash over the window and, through the segments' sums, over every live id. */
    long stateHash() {
        long hash = Hashing.mix(Hashing.mix(openCount, openFirstTimestampNs), openGreatestTimeMs);
        hash = Hashing.mix(Hashing.mix(Hashing.mix(hash, openLastTimestampNs), openLastEvent), openDigest);
        hash = Hashing.mix(Hashing.mix(hash, forgottenEvent), forgottenTimeMs);
        for (int i = 0; i < lastEvents.size(); i++) {
            hash = Hashing.mix(hash, lastEvents.getLong(i));
            hash = Hashing.mix(hash, lastTimestampsNs.getLong(i));
            hash = Hashing.mix(hash, greatestTimesMs.getLong(i));
            hash = Hashing.mix(hash, digests.getLong(i));
        }
        return hash;
    }

    /** Sum of the weights of all live ids. */
    long liveDigest() {
        long sum = openDigest;
        for (int i = 0; i < digests.size(); i++) {
            sum += digests.getLong(i);
        }
        return sum;
    }

    void writeTo(SnapshotWriter out) {
        out.begin(SnapshotSection.ID_WINDOW, WINDOW_COLUMNS, 1);
        out.put(openCount);
        out.put(openFirstTimestampNs);
        out.put(openLastTimestampNs);
        out.put(openLastEvent);
        out.put(openGreatestTimeMs);
        out.put(openDigest);
        out.put(forgottenEvent);
        out.put(forgottenTimeMs);
        out.end();
        out.begin(SnapshotSection.ID_SEGMENTS, SEGMENT_COLUMNS, lastEvents.size());
        for (int i = 0; i < lastEvents.size(); i++) {
            out.put(lastEvents.getLong(i));
            out.put(lastTimestampsNs.getLong(i));
            out.put(greatestTimesMs.getLong(i));
            out.put(digests.getLong(i));
        }
        out.end();
    }

    void readFrom(SnapshotReader in) throws SnapshotException {
        if (in.begin(SnapshotSection.ID_WINDOW, WINDOW_COLUMNS, 1) != 1) {
            throw new SnapshotException("a snapshot has one window of ids");
        }
        openCount = in.next();
        openFirstTimestampNs = in.next();
        openLastTimestampNs = in.next();
        openLastEvent = in.next();
        openGreatestTimeMs = in.next();
        openDigest = in.next();
        forgottenEvent = in.next();
        forgottenTimeMs = in.next();
        in.end();
        int segments = in.begin(SnapshotSection.ID_SEGMENTS, SEGMENT_COLUMNS, Integer.MAX_VALUE);
        for (int i = 0; i < segments; i++) {
            lastEvents.addLong(in.next());
            lastTimestampsNs.addLong(in.next());
            greatestTimesMs.addLong(in.next());
            digests.addLong(in.next());
        }
        in.end();
    }
}
