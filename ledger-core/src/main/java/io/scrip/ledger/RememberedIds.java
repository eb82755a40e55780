package io.scrip.ledger;

import org.agrona.collections.LongArrayList;

/**
 * Every command id the core has decided, with what a retry needs: a hash of the content, the first outcome and the
 * event that holds the rest. Four longs an id, at most 3/4 full, so at most 54 bytes an id after the first few.
 *
 * <pre>
 *   slot: | id high | id low | content hash | outcome (8 bits) · event sequence (56 bits) |
 * </pre>
 *
 * <p>Retention is by journal order, hence deterministic: ids are counted into segments; when the oldest segment is out
 * of the window, everything up to its last event is forgotten at once by raising {@code forgottenEvent}. Slots of
 * forgotten ids are reused when their shard is rebuilt. The greatest UUIDv7 time ever forgotten is kept, so that a
 * UUIDv7 from before it can be refused instead of being applied a second time.
 */
final class RememberedIds {
    private static final int SHARD_BITS = 10;
    private static final int INITIAL_SLOTS = 8;
    private static final int SLOT_LONGS = 4;
    private static final int OUTCOME_SHIFT = 56;
    private static final long EVENT_MASK = (1L << OUTCOME_SHIFT) - 1;
    private static final int SEGMENTS_IN_WINDOW = 28;

    private final Retention retention;
    private final long[][] shards = new long[1 << SHARD_BITS][];
    private final int[] usedSlots = new int[1 << SHARD_BITS];

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

    private long foundContentHash;
    private long foundOutcomeAndEvent;

    RememberedIds(Retention retention) {
        this.retention = retention;
    }

    /** Looks an id up; when true, {@link #contentHash}, {@link #outcome} and {@link #eventSequence} tell of it. */
    boolean find(long high, long low) {
        long hash = Hashing.mix(high, low);
        long[] slots = shards[shardOf(hash)];
        if (slots == null) {
            return false;
        }
        int slot = slotOf(slots, hash, high, low);
        if (!isLive(slots, slot)) {
            return false;
        }
        foundContentHash = slots[slot + 2];
        foundOutcomeAndEvent = slots[slot + 3];
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
        long hash = Hashing.mix(high, low);
        int shard = shardOf(hash);
        long[] slots = withRoom(shard);
        int slot = slotOf(slots, hash, high, low);
        if (isEmpty(slots, slot)) {
            usedSlots[shard]++;
        }
        slots[slot] = high;
        slots[slot + 1] = low;
        slots[slot + 2] = contentHash;
        slots[slot + 3] = ((long) outcome << OUTCOME_SHIFT) | eventSequence;
        countIntoSegment(high, low, eventSequence, timestampNs);
    }

    /** Takes back the newest puts of a failed chain, one id at a time; they are put again with another outcome. */
    void forget(long high, long low) {
        long hash = Hashing.mix(high, low);
        long[] slots = shards[shardOf(hash)];
        int slot = slotOf(slots, hash, high, low);
        if (!isLive(slots, slot)) {
            throw new LedgerFault("an id of a chain is not remembered");
        }
        slots[slot + 3] = 0;
        openCount--;
    }

    /**
     * Forgets whole segments that have left the window. Called once per command, before it is decided, and nowhere
     * else: so a chain that takes its ids back never meets a segment closed in between.
     */
    void advance(long timestampNs) {
        boolean full = openCount >= retention.segmentIds();
        boolean aged = openCount > 0 && timestampNs - openFirstTimestampNs >= retention.windowNs() / SEGMENTS_IN_WINDOW;
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
        for (long[] slots : shards) {
            for (int slot = 0; slots != null && slot < slots.length; slot += SLOT_LONGS) {
                if (isLive(slots, slot)) {
                    long ids = Hashing.mix(slots[slot], slots[slot + 1]);
                    sum += Hashing.mix(ids, Hashing.mix(slots[slot + 2], slots[slot + 3]));
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

    private long[] withRoom(int shard) {
        long[] slots = shards[shard];
        if (slots == null) {
            slots = new long[INITIAL_SLOTS * SLOT_LONGS];
            shards[shard] = slots;
            return slots;
        }
        int capacity = slots.length / SLOT_LONGS;
        if ((usedSlots[shard] + 1) * 4L <= capacity * 3L) {
            return slots;
        }
        return rebuild(shard, slots, capacity);
    }

    /** Drops what is forgotten, then grows by a quarter if that was not enough. */
    private long[] rebuild(int shard, long[] slots, int capacity) {
        int live = 0;
        for (int slot = 0; slot < slots.length; slot += SLOT_LONGS) {
            if (isLive(slots, slot)) {
                live++;
            }
        }
        int slotsWanted = (live + 1) * 5L > capacity * 3L ? capacity + Math.max(capacity / 4, 4) : capacity;
        long[] rebuilt = new long[slotsWanted * SLOT_LONGS];
        for (int slot = 0; slot < slots.length; slot += SLOT_LONGS) {
            if (isLive(slots, slot)) {
                long hash = Hashing.mix(slots[slot], slots[slot + 1]);
                int target = slotOf(rebuilt, hash, slots[slot], slots[slot + 1]);
                System.arraycopy(slots, slot, rebuilt, target, SLOT_LONGS);
            }
        }
        shards[shard] = rebuilt;
        usedSlots[shard] = live;
        return rebuilt;
    }

    /** Index of the id's slot, or of the empty one where it would go. */
    private static int slotOf(long[] slots, long hash, long high, long low) {
        int capacity = slots.length / SLOT_LONGS;
        int slot = (int) (((hash & 0xFFFF_FFFFL) * capacity) >>> 32) * SLOT_LONGS;
        while (!isEmpty(slots, slot) && (slots[slot] != high || slots[slot + 1] != low)) {
            slot += SLOT_LONGS;
            if (slot == slots.length) {
                slot = 0;
            }
        }
        return slot;
    }

    private boolean isLive(long[] slots, int slot) {
        return (slots[slot + 3] & EVENT_MASK) > forgottenEvent;
    }

    private static boolean isEmpty(long[] slots, int slot) {
        return slots[slot] == 0 && slots[slot + 1] == 0;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SHARD_BITS));
    }
}
