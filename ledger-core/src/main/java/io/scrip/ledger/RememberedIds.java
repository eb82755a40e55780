package io.scrip.ledger;

import org.agrona.collections.LongArrayList;

/**
 * Every command id the core has decided, with what a retry needs: a hash of the content, the first outcome and the
 * event that holds the rest. 33 bytes a slot, at most 3/4 full, so at most 55 bytes an id after the first few.
 *
 * <p>Retention is by journal order, hence deterministic: ids are counted into segments; when the oldest segment is out
 * of the window, everything up to its last event is forgotten at once by raising {@code forgottenEvent}. Slots of
 * forgotten ids are reused when their shard is rebuilt. The greatest UUIDv7 time ever forgotten is kept, so that a
 * UUIDv7 from before it can be refused instead of being applied a second time.
 */
final class RememberedIds {
    private static final int SHARD_BITS = 10;
    private static final int OUTCOME_SHIFT = 56;
    private static final long EVENT_MASK = (1L << OUTCOME_SHIFT) - 1;
    private static final int SEGMENTS_IN_WINDOW = 28;

    private final Retention retention;
    private final IdShard[] shards = new IdShard[1 << SHARD_BITS];
    /** Each shard's tags and how many there are, kept here so that a look-up waits for the memory once. */
    private final byte[][] tags = new byte[1 << SHARD_BITS][];

    private final int[] capacities = new int[1 << SHARD_BITS];
    private final IdShard.Scratch scratch = new IdShard.Scratch();

    private final LongArrayList segmentLastEvent = new LongArrayList();
    private final LongArrayList segmentLastTimestampNs = new LongArrayList();
    private final LongArrayList segmentGreatestTimeMs = new LongArrayList();
    private long openCount;
    private long openFirstTimestampNs;
    private long openLastTimestampNs;
    private long openLastEvent;
    private long openGreatestTimeMs = -1;

    private long forgottenEvent;
    private long forgottenTimeMs = -1;

    private final long segmentWindowNs;
    /** The id that was looked for last, and its hash: it is the one that is put next. */
    private long soughtHigh;

    private long soughtLow;
    private long soughtHash = Hashing.mix(0, 0);
    private long foundContentHash;
    private long foundOutcomeAndEvent;

    RememberedIds(Retention retention) {
        this.retention = retention;
        segmentWindowNs = retention.windowNs() / SEGMENTS_IN_WINDOW;
    }

    /** Looks an id up; when true, {@link #contentHash}, {@link #outcome} and {@link #eventSequence} tell of it. */
    boolean find(long high, long low) {
        long hash = hashOf(high, low);
        int index = shardOf(hash);
        if (tags[index] == null || !IdShard.mayHold(tags[index], capacities[index], hash)) {
            return false;
        }
        IdShard shard = shards[index];
        int slot = shard.slotOf(hash, high, low);
        if (!isLive(shard, slot)) {
            return false;
        }
        foundContentHash = shard.contentHash(slot);
        foundOutcomeAndEvent = shard.outcomeAndEvent(slot);
        return true;
    }

    long contentHash() {
        return foundContentHash;
    }

    int outcome() {
        return (int) (foundOutcomeAndEvent >>> OUTCOME_SHIFT);
    }

    long eventSequence() {
        return foundOutcomeAndEvent & EVENT_MASK;
    }

    /** Remembers an id that {@link #find} did not find. */
    void put(long high, long low, long contentHash, int outcome, long eventSequence, long timestampNs) {
        if (eventSequence <= forgottenEvent || eventSequence > EVENT_MASK) {
            throw new LedgerFault("event sequence " + eventSequence + " cannot be remembered");
        }
        long hash = hashOf(high, low);
        IdShard shard = withRoom(shardOf(hash));
        int slot = shard.slotOf(hash, high, low);
        shard.put(slot, hash, high, low, contentHash, ((long) outcome << OUTCOME_SHIFT) | eventSequence);
        countIntoSegment(high, low, eventSequence, timestampNs);
    }

    /** Takes back the newest puts of a failed chain, one id at a time; they are put again with another outcome. */
    void forget(long high, long low) {
        long hash = Hashing.mix(high, low);
        IdShard shard = shards[shardOf(hash)];
        int slot = shard.slotOf(hash, high, low);
        if (!isLive(shard, slot)) {
            throw new LedgerFault("an id of a chain is not remembered");
        }
        shard.outcomeAndEvent(slot, 0);
        openCount--;
    }

    /**
     * Forgets whole segments that have left the window. Called once per command, before it is decided, and nowhere
     * else: so a chain that takes its ids back never meets a segment closed in between.
     */
    void advance(long timestampNs) {
        boolean full = openCount >= retention.segmentIds();
        boolean aged = openCount > 0 && timestampNs - openFirstTimestampNs >= segmentWindowNs;
        if (full || aged) {
            closeSegment();
        }
        while (!segmentLastEvent.isEmpty()
                && (timestampNs - segmentLastTimestampNs.getLong(0) >= retention.windowNs()
                        || segmentLastEvent.size() * retention.segmentIds() > retention.maxIds())) {
            forgottenEvent = segmentLastEvent.removeAt(0);
            segmentLastTimestampNs.removeAt(0);
            forgottenTimeMs = Math.max(forgottenTimeMs, segmentGreatestTimeMs.removeAt(0));
        }
    }

    /** Whether this id is a UUIDv7 of a time from which ids have been forgotten. */
    boolean isTooOld(long high, long low) {
        return isUuid7(high, low) && timeMs(high) <= forgottenTimeMs;
    }

    static boolean isUuid7(long high, long low) {
        return (high & 0xF000L) == 0x7000L && (low >>> 62) == 2;
    }

    static long timeMs(long high) {
        return high >>> 16;
    }

    long forgottenEvent() {
        return forgottenEvent;
    }

    /** Sum of a hash over every live id: independent of the slots' order, which depends on history. */
    long stateHash() {
        long sum = 0;
        for (IdShard shard : shards) {
            for (int slot = 0; shard != null && slot < shard.capacity(); slot++) {
                if (isLive(shard, slot)) {
                    long ids = Hashing.mix(shard.high(slot), shard.low(slot));
                    sum += Hashing.mix(ids, Hashing.mix(shard.contentHash(slot), shard.outcomeAndEvent(slot)));
                }
            }
        }
        long window = Hashing.mix(Hashing.mix(openCount, openFirstTimestampNs), openGreatestTimeMs);
        window = Hashing.mix(Hashing.mix(window, forgottenEvent), forgottenTimeMs);
        for (int i = 0; i < segmentLastEvent.size(); i++) {
            window = Hashing.mix(window, segmentLastEvent.getLong(i));
            window = Hashing.mix(window, segmentLastTimestampNs.getLong(i));
            window = Hashing.mix(window, segmentGreatestTimeMs.getLong(i));
        }
        return Hashing.mix(sum, window);
    }

    private void countIntoSegment(long high, long low, long eventSequence, long timestampNs) {
        if (openCount == 0) {
            openFirstTimestampNs = timestampNs;
        }
        openCount++;
        openLastEvent = eventSequence;
        openLastTimestampNs = timestampNs;
        if (isUuid7(high, low)) {
            openGreatestTimeMs = Math.max(openGreatestTimeMs, timeMs(high));
        }
    }

    private void closeSegment() {
        segmentLastEvent.addLong(openLastEvent);
        segmentLastTimestampNs.addLong(openLastTimestampNs);
        segmentGreatestTimeMs.addLong(openGreatestTimeMs);
        openCount = 0;
        openGreatestTimeMs = -1;
    }

    private long hashOf(long high, long low) {
        if (high != soughtHigh || low != soughtLow) {
            soughtHigh = high;
            soughtLow = low;
            soughtHash = Hashing.mix(high, low);
        }
        return soughtHash;
    }

    private IdShard withRoom(int index) {
        IdShard shard = shards[index];
        if (shard == null) {
            shard = new IdShard();
            shards[index] = shard;
        } else if (shard.isFull()) {
            shard.rebuild(forgottenEvent, EVENT_MASK, scratch);
        } else {
            return shard;
        }
        tags[index] = shard.tags();
        capacities[index] = shard.capacity();
        return shard;
    }

    private boolean isLive(IdShard shard, int slot) {
        return shard.isUsed(slot) && (shard.outcomeAndEvent(slot) & EVENT_MASK) > forgottenEvent;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SHARD_BITS));
    }
}
