package io.scrip.ledger;

import io.scrip.protocol.SnapshotSection;
import java.util.Arrays;

/**
 * Every command id the core has decided, with what a retry needs: a hash of the content, the first outcome and the
 * event that holds the rest. 33 bytes a slot, at most 3/4 full, so at most 55 bytes an id after the first few.
 *
 * <p>Retention is by journal order, hence deterministic: see {@link IdWindow}. Slots of forgotten ids are reused when
 * their shard is rebuilt. The greatest UUIDv7 time ever forgotten is kept, so that a UUIDv7 from before it can be
 * refused instead of being applied a second time.
 */
final class RememberedIds {
    private static final int SHARD_BITS = 10;
    private static final int OUTCOME_SHIFT = 56;
    private static final long EVENT_MASK = (1L << OUTCOME_SHIFT) - 1;
    private static final int COLUMNS = 4;
    /** A shard has fewer slots, and the events of live ids lie closer together than what is left of a long. */
    private static final int SLOT_BITS = 22;
    /** Ids of one shard. */
    private static final int WORTH_EXPECTING = 64;

    private final IdShard[] shards = new IdShard[1 << SHARD_BITS];
    /** Each shard's tags, kept here so that a look-up waits for the memory once. */
    private final long[][] tags = new long[1 << SHARD_BITS][];

    private final IdWindow window;
    /** A shard's share of a full window. */
    private final long windowIds;
    /** Of a shard when it gets its first id. */
    private int firstGroups = 1;

    /** The id that was looked for last, and its hash: it is the one that is put next. */
    private long soughtHigh;

    private long soughtLow;
    private long soughtHash = Hashing.mix(0, 0);
    private long foundContentHash;
    private long foundOutcomeAndEvent;

    RememberedIds(Retention retention) {
        window = new IdWindow(retention);
        windowIds = (retention.maxIds() + retention.segmentIds()) >>> SHARD_BITS;
    }

    /** So many ids will come at once: what has none yet gets room for its share, rather than growing step by step. */
    void expect(long ids) {
        long share = Math.min(ids >>> SHARD_BITS, windowIds);
        firstGroups = share < WORTH_EXPECTING ? 1 : IdShard.groupsFor(share);
    }

    /** Looks an id up; when true, {@link #contentHash}, {@link #outcome} and {@link #eventSequence} tell of it. */
    boolean find(long high, long low) {
        long hash = hashOf(high, low);
        int index = shardOf(hash);
        if (tags[index] == null || !IdShard.mayHold(tags[index], hash)) {
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

    /** Touches where looking for an id with this hash begins. */
    long lookAtTags(long hash) {
        long[] ofShard = tags[shardOf(hash)];
        return ofShard == null ? 0 : IdShard.lookAtTags(ofShard, hash);
    }

    /** Touches where the id itself is, or will be. */
    long lookAtSlot(long hash) {
        IdShard shard = shards[shardOf(hash)];
        return shard == null ? 0 : shard.lookAtSlot(hash);
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
        if (eventSequence <= forgottenEvent() || eventSequence > EVENT_MASK) {
            throw new LedgerFault("event sequence " + eventSequence + " cannot be remembered");
        }
        long outcomeAndEvent = ((long) outcome << OUTCOME_SHIFT) | eventSequence;
        long hash = insert(high, low, contentHash, outcomeAndEvent);
        long timeMs = isUuid7(high, low) ? timeMs(high) : -1;
        window.count(weight(hash, contentHash, outcomeAndEvent), timeMs, eventSequence, timestampNs);
    }

    /** Takes back the newest puts of a failed chain, one id at a time; they are put again with another outcome. */
    void forget(long high, long low) {
        long hash = Hashing.mix(high, low);
        IdShard shard = shards[shardOf(hash)];
        int slot = shard.slotOf(hash, high, low);
        if (!isLive(shard, slot)) {
            throw new LedgerFault("an id of a chain is not remembered");
        }
        window.uncount(weight(hash, shard.contentHash(slot), shard.outcomeAndEvent(slot)));
        shard.outcomeAndEvent(slot, 0);
    }

    /**
     * Forgets whole segments that have left the window. Called once per command, before it is decided, and nowhere
     * else: so a chain that takes its ids back never meets a segment closed in between.
     */
    void advance(long timestampNs) {
        window.advance(timestampNs);
    }

    /** Whether this id is a UUIDv7 of a time from which ids have been forgotten. */
    boolean isTooOld(long high, long low) {
        return isUuid7(high, low) && timeMs(high) <= window.forgottenTimeMs();
    }

    static boolean isUuid7(long high, long low) {
        return (high & 0xF000L) == 0x7000L && (low >>> 62) == 2;
    }

    static long timeMs(long high) {
        return high >>> 16;
    }

    long forgottenEvent() {
        return window.forgottenEvent();
    }

    Retention retention() {
        return window.retention();
    }

    /** Independent of the slots' order, which depends on history. */
    long stateHash() {
        return window.stateHash();
    }

    void writeTo(SnapshotWriter out) {
        window.writeTo(out);
        long live = 0;
        int mostSlots = 0;
        for (IdShard shard : shards) {
            live += shard == null ? 0 : liveIn(shard);
            mostSlots = Math.max(mostSlots, shard == null ? 0 : shard.capacity());
        }
        out.begin(SnapshotSection.IDS, COLUMNS, live);
        // One for all shards: garbage of this size would stop the thread that the snapshot is made beside.
        long[] keys = new long[mostSlots];
        for (IdShard shard : shards) {
            int count = shard == null ? 0 : putInOrder(shard, keys);
            for (int i = 0; i < count; i++) {
                int slot = (int) keys[i] & ((1 << SLOT_BITS) - 1);
                out.put(shard.high(slot));
                out.put(shard.low(slot));
                out.put(shard.contentHash(slot));
                out.put(shard.outcomeAndEvent(slot));
            }
        }
        out.end();
    }

    private int liveIn(IdShard shard) {
        int count = 0;
        for (int slot = 0; slot < shard.capacity(); slot++) {
            count += isLive(shard, slot) ? 1 : 0;
        }
        return count;
    }

    /**
     * Slots of live ids by event, which no two share: the event since the forgotten ones above the slot.
     *
     * @return how many
     */
    private int putInOrder(IdShard shard, long[] keys) {
        int count = 0;
        for (int slot = 0; slot < shard.capacity(); slot++) {
            if (isLive(shard, slot)) {
                long event = (shard.outcomeAndEvent(slot) & EVENT_MASK) - forgottenEvent();
                if (slot >>> SLOT_BITS != 0 || event >>> (Long.SIZE - 1 - SLOT_BITS) != 0) {
                    throw new LedgerFault("too many ids or events to be put in order");
                }
                keys[count++] = (event << SLOT_BITS) | slot;
            }
        }
        Arrays.sort(keys, 0, count);
        return count;
    }

    void readFrom(SnapshotReader in) throws SnapshotException {
        window.readFrom(in);
        int live = in.begin(SnapshotSection.IDS, COLUMNS, Integer.MAX_VALUE);
        expect(live);
        long digest = 0;
        for (int i = 0; i < live; i++) {
            long high = in.next();
            long low = in.next();
            long contentHash = in.next();
            long outcomeAndEvent = in.next();
            if ((outcomeAndEvent & EVENT_MASK) <= forgottenEvent() || find(high, low)) {
                throw new SnapshotException("id " + i + " is forgotten or there twice");
            }
            digest += weight(insert(high, low, contentHash, outcomeAndEvent), contentHash, outcomeAndEvent);
        }
        in.end();
        if (digest != window.liveDigest()) {
            throw new SnapshotException("the ids are not those that the segments count");
        }
    }

    private long insert(long high, long low, long contentHash, long outcomeAndEvent) {
        long hash = hashOf(high, low);
        IdShard shard = withRoom(shardOf(hash));
        int slot = shard.slotOf(hash, high, low);
        shard.put(slot, hash, high, low, contentHash, outcomeAndEvent);
        return hash;
    }

    private static long weight(long idHash, long contentHash, long outcomeAndEvent) {
        return Hashing.mix(idHash, Hashing.mix(contentHash, outcomeAndEvent));
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
            shard = new IdShard(firstGroups, windowIds);
            shards[index] = shard;
        } else if (shard.isFull()) {
            shard.rebuild(forgottenEvent(), EVENT_MASK);
        } else {
            return shard;
        }
        tags[index] = shard.tags();
        return shard;
    }

    private boolean isLive(IdShard shard, int slot) {
        return shard.isUsed(slot) && (shard.outcomeAndEvent(slot) & EVENT_MASK) > forgottenEvent();
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SHARD_BITS));
    }
}
