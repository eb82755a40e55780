package io.scrip.ledger;

import java.util.Arrays;

/**
 * A piece of the table of remembered ids: open addressing with linear probing, and a byte of each id's hash apart from
 * the rest, so that looking for an id that is not there, as nearly always, costs one cache miss.
 *
 * <pre>
 *   tags:   | 1 byte a slot: part of the hash, 0 when empty |
 *   slot:   | id high | id low | content hash | outcome (8 bits) · event sequence (56 bits) |
 * </pre>
 */
final class IdShard {
    private static final int INITIAL_SLOTS = 8;
    private static final int SLOT_LONGS = 4;
    private static final int CONTENT_HASH = 2;
    private static final int OUTCOME_AND_EVENT = 3;

    private byte[] tags = new byte[INITIAL_SLOTS];
    private long[] slots = new long[INITIAL_SLOTS * SLOT_LONGS];
    private int used;

    /** What survives a rebuild waits here; shared by all shards of a table, so that rebuilding allocates nothing. */
    static final class Scratch {
        private long[] slots = new long[0];
    }

    int capacity() {
        return tags.length;
    }

    /** What {@link #mayHold} looks at; another array after each rebuild that grows. */
    byte[] tags() {
        return tags;
    }

    /**
     * Whether an id with this hash may be there, from the tags alone: false is certain. Its caller keeps the tags of
     * all shards at hand, for on the way to them through the shard each step would wait for the memory.
     *
     * @param capacity length of the tags, which the caller keeps too
     */
    static boolean mayHold(byte[] tags, int capacity, long hash) {
        byte tag = tagOf(hash);
        int slot = homeOf(hash, capacity);
        while (tags[slot] != 0) {
            if (tags[slot] == tag) {
                return true;
            }
            slot++;
            if (slot == capacity) {
                slot = 0;
            }
        }
        return false;
    }

    /** The id's slot, or the empty one where it would go. */
    int slotOf(long hash, long high, long low) {
        byte tag = tagOf(hash);
        int slot = homeOf(hash, tags.length);
        while (tags[slot] != 0) {
            int at = slot * SLOT_LONGS;
            if (tags[slot] == tag && slots[at] == high && slots[at + 1] == low) {
                return slot;
            }
            slot++;
            if (slot == tags.length) {
                slot = 0;
            }
        }
        return slot;
    }

    /** Whether the slot holds an id, live or forgotten. */
    boolean isUsed(int slot) {
        return tags[slot] != 0;
    }

    void put(int slot, long hash, long high, long low, long contentHash, long outcomeAndEvent) {
        if (tags[slot] == 0) {
            used++;
            tags[slot] = tagOf(hash);
        }
        int at = slot * SLOT_LONGS;
        slots[at] = high;
        slots[at + 1] = low;
        slots[at + CONTENT_HASH] = contentHash;
        slots[at + OUTCOME_AND_EVENT] = outcomeAndEvent;
    }

    long high(int slot) {
        return slots[slot * SLOT_LONGS];
    }

    long low(int slot) {
        return slots[slot * SLOT_LONGS + 1];
    }

    long contentHash(int slot) {
        return slots[slot * SLOT_LONGS + CONTENT_HASH];
    }

    long outcomeAndEvent(int slot) {
        return slots[slot * SLOT_LONGS + OUTCOME_AND_EVENT];
    }

    void outcomeAndEvent(int slot, long outcomeAndEvent) {
        slots[slot * SLOT_LONGS + OUTCOME_AND_EVENT] = outcomeAndEvent;
    }

    /** Whether one more would make it fuller than 3/4. */
    boolean isFull() {
        return (used + 1) * 4L > tags.length * 3L;
    }

    /** Drops the ids of events up to {@code forgottenEvent}, then grows by a quarter if that was not enough. */
    void rebuild(long forgottenEvent, long eventMask, Scratch scratch) {
        if (scratch.slots.length < slots.length) {
            scratch.slots = new long[slots.length];
        }
        int live = 0;
        for (int slot = 0; slot < tags.length; slot++) {
            if (tags[slot] != 0 && (outcomeAndEvent(slot) & eventMask) > forgottenEvent) {
                System.arraycopy(slots, slot * SLOT_LONGS, scratch.slots, live * SLOT_LONGS, SLOT_LONGS);
                live++;
            }
        }
        int capacity = tags.length;
        if ((live + 1) * 5L > capacity * 3L) {
            capacity += Math.max(capacity / 4, 4);
            tags = new byte[capacity];
            slots = new long[capacity * SLOT_LONGS];
        } else {
            Arrays.fill(tags, (byte) 0);
        }
        for (int i = 0; i < live; i++) {
            int from = i * SLOT_LONGS;
            long high = scratch.slots[from];
            long low = scratch.slots[from + 1];
            long hash = Hashing.mix(high, low);
            int slot = slotOf(hash, high, low);
            tags[slot] = tagOf(hash);
            System.arraycopy(scratch.slots, from, slots, slot * SLOT_LONGS, SLOT_LONGS);
        }
        used = live;
    }

    /** From bits that neither the shard nor the home slot depends on. */
    private static byte tagOf(long hash) {
        byte tag = (byte) (hash >>> 40);
        return tag == 0 ? 1 : tag;
    }

    private static int homeOf(long hash, int capacity) {
        return (int) (((hash & 0xFFFF_FFFFL) * capacity) >>> 32);
    }
}
