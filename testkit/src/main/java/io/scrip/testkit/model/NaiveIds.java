package io.scrip.testkit.model;

import io.scrip.protocol.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which ids the ledger has decided, and which of them it has forgotten again: whole segments in the order of the
 * journal, when they leave the window or when there are more than the most.
 */
final class NaiveIds {
    /** What a retry is answered with, and the content it must have. */
    record Known(ByteBuffer content, Outcome outcome, long eventSequence) {}

    private record Entry(Id id, long eventSequence) {}

    private record Segment(List<Entry> entries, long lastTimestampNs) {}

    private static final int SEGMENTS_IN_WINDOW = 28;
    private static final long FUTURE_MS = 60_000;

    private final long windowNs;
    private final long maxIds;
    private final long segmentIds;
    private final Map<Id, Known> known = new HashMap<>();
    private final Deque<Segment> closed = new ArrayDeque<>();
    private final List<Entry> open = new ArrayList<>();
    private long openFirstNs;
    private long openLastNs;
    private long greatestForgottenMs = -1;
    private long forgottenEvent;

    NaiveIds(long windowNs, long maxIds, long segmentIds) {
        this.windowNs = windowNs;
        this.maxIds = maxIds;
        this.segmentIds = segmentIds;
    }

    Known find(Id id) {
        return known.get(id);
    }

    /** Everything up to this event is forgotten. */
    long forgottenEvent() {
        return forgottenEvent;
    }

    void remember(Id id, Known decision, NaiveBooks books) {
        books.put(known, id, decision);
        if (open.isEmpty()) {
            openFirstNs = books.timestampNs;
        }
        openLastNs = books.timestampNs;
        open.add(new Entry(id, decision.eventSequence()));
        books.onRollback(() -> open.remove(open.size() - 1));
    }

    /** A UUIDv7 from a time of which ids may be forgotten was perhaps applied already. */
    boolean isTooOld(Id id) {
        return id.isUuid7() && id.timeMs() <= greatestForgottenMs;
    }

    static boolean isInFuture(Id id, long timestampNs) {
        return id.isUuid7() && id.timeMs() > timestampNs / 1_000_000 + FUTURE_MS;
    }

    void advance(long timestampNs) {
        boolean aged = !open.isEmpty() && timestampNs - openFirstNs >= windowNs / SEGMENTS_IN_WINDOW;
        if (aged || open.size() >= segmentIds) {
            closed.add(new Segment(List.copyOf(open), openLastNs));
            open.clear();
        }
        while (!closed.isEmpty()
                && (timestampNs - closed.peek().lastTimestampNs() >= windowNs || closed.size() * segmentIds > maxIds)) {
            forget(closed.poll());
        }
    }

    private void forget(Segment segment) {
        for (Entry entry : segment.entries()) {
            known.remove(entry.id());
            forgottenEvent = entry.eventSequence();
            if (entry.id().isUuid7()) {
                greatestForgottenMs = Math.max(greatestForgottenMs, entry.id().timeMs());
            }
        }
    }
}
