package io.scrip.ledger;

/**
 * A piece of the table of remembered ids: groups of eight slots, and a byte of each id's hash apart from the rest, so
 * that looking for an id that is not there, as nearly always, costs one cache miss and hardly a branch. An id lies in
 * the first group from its home on that had room.
 *
 * <pre>
 *   tags:   | 8 a group in one word: a byte of the hash each, 0 when empty, the first slot's lowest |
 *   slot:   | id high | id low | content hash | outcome (8 bits) · event sequence (56 bits) |
 * </pre>
 */
final class IdShard {
    private static final int GROUP_LOG2 = 3;
    private static final int GROUP_SLOTS = 1 << GROUP_LOG2;
    private static final int SLOT_LONGS = 4;
    private static final int CONTENT_HASH = 2;
    private static final int OUTCOME_AND_EVENT = 3;
    /** An array cannot have more slots. */
    private static final int MOST_GROUPS = Integer.MAX_VALUE / SLOT_LONGS / GROUP_SLOTS;

    private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    /** A shard's share of a full window. */
    private final long windowIds;
    /** With so many it holds its share, and need not grow any more. */
    private final int wholeGroups;

    private long[] tags;
    private long[] slots;
    private int used;

    /**
     * @param groups    to begin with
     * @param windowIds its share of a full window
     */
    IdShard(int groups, long windowIds) {
        this.windowIds = windowIds;
        wholeGroups = groupsFor(windowIds);
        tags = new long[groups];
        slots = new long[capacity() * SLOT_LONGS];
    }

    /**
     * So many that a shard with these ids, and some more than its share, is filled to two thirds. Some: six times what
     * chance makes of a share of a thousand, and less of it the larger the share is.
     */
    static int groupsFor(long ids) {
        long most = ids + ids / 16 + 64;
        return (int) Math.min(most * 3 / 2 / GROUP_SLOTS + 1, MOST_GROUPS);
    }

    int capacity() {
        return tags.length << GROUP_LOG2;
    }

    /** What {@link #mayHold} looks at; another array after each rebuild that grows. */
    long[] tags() {
        return tags;
    }

    /**
     * Whether an id with this hash may be there, from the tags alone: false is certain. Its caller keeps the tags of
     * all shards at hand, for on the way to them through the shard each step would wait for the memory.
     */
    static boolean mayHold(long[] tags, long hash) {
        long wanted = tagOf(hash) * EVERY_BYTE;
        int group = homeOf(hash, tags.length);
        while (true) {
            long word = tags[group];
            if (zeros(word ^ wanted) != 0) {
                return true;
            }
            if (zeros(word) != 0) {
                return false;
            }
            group = next(group, tags.length);
        }
    }

    /** The id's slot, or the empty one where it would go. */
    int slotOf(long hash, long high, long low) {
        long wanted = tagOf(hash) * EVERY_BYTE;
        int group = homeOf(hash, tags.length);
        while (true) {
            long word = tags[group];
            for (long like = zeros(word ^ wanted); like != 0; like &= like - 1) {
                int slot = slotAt(group, like);
                if (slots[slot * SLOT_LONGS] == high && slots[slot * SLOT_LONGS + 1] == low) {
                    return slot;
                }
            }
            long empty = zeros(word);
            if (empty != 0) {
                return slotAt(group, empty);
            }
            group = next(group, tags.length);
        }
    }

    /** Touches where looking for an id begins. */
    static long lookAtTags(long[] tags, long hash) {
        return tags[homeOf(hash, tags.length)];
    }

    /** Touches the slot where an id would go, at both ends, for it may lie in two cache lines. */
    long lookAtSlot(long hash) {
        int group = homeOf(hash, tags.length);
        long empty = zeros(tags[group]);
        int at = (empty == 0 ? group << GROUP_LOG2 : slotAt(group, empty)) * SLOT_LONGS;
        return slots[at] + slots[at + SLOT_LONGS - 1];
    }

    /** Whether the slot holds an id, live or forgotten. */
    boolean isUsed(int slot) {
        return (tags[slot >>> GROUP_LOG2] >>> shiftOf(slot) & 0xFF) != 0;
    }

    void put(int slot, long hash, long high, long low, long contentHash, long outcomeAndEvent) {
        if (!isUsed(slot)) {
            used++;
            tags[slot >>> GROUP_LOG2] |= tagOf(hash) << shiftOf(slot);
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
        return (used + 1) * 4L > capacity() * 3L;
    }

    /**
     * Drops the ids of events up to {@code forgottenEvent}, then grows if that was not enough: by a quarter, and at the
     * end to what holds the whole window. There it may become fuller, so that a window that only moves on allocates
     * nothing, whatever chance makes of the shares.
     */
    void rebuild(long forgottenEvent, long eventMask) {
        dropForgotten(forgottenEvent, eventMask);
        int mostTenths = tags.length < wholeGroups ? 6 : 7;
        if ((used + 1) * 10L > (long) capacity() * mostTenths) {
            growTo(grownGroups());
        }
    }

    private int grownGroups() {
        int next = tags.length + Math.max(tags.length / 4, 1);
        // What a full window might fill or not, as chance has it, is left out: it would grow years later.
        long leastIds = windowIds - windowIds / 8 - 64;
        boolean nearly = tags.length < wholeGroups && (next << GROUP_LOG2) * 6L > leastIds * 10;
        return nearly ? wholeGroups : next;
    }

    /**
     * Goes over the groups once, from behind one that has room, so that no id beyond it has its home before it. Ids that
     * found no room at home move up into what has become free: every group before theirs has then got its last.
     */
    private void dropForgotten(long forgottenEvent, long eventMask) {
        int groups = tags.length;
        int begin = 0;
        while (zeros(tags[begin]) == 0) {
            begin++;
        }
        boolean crossed = false;
        int group = begin;
        for (int i = 0; i < groups; i++) {
            group = next(group, groups);
            boolean full = zeros(tags[group]) == 0;
            for (long left = ~zeros(tags[group]) & ~LOW_BITS; left != 0; left &= left - 1) {
                int slot = slotAt(group, left);
                if ((outcomeAndEvent(slot) & eventMask) <= forgottenEvent) {
                    clear(slot);
                    used--;
                } else if (crossed) {
                    moveUp(slot);
                }
            }
            crossed = full;
        }
    }

    private void moveUp(int slot) {
        long hash = Hashing.mix(high(slot), low(slot));
        int group = homeOf(hash, tags.length);
        while (group != slot >>> GROUP_LOG2) {
            long empty = zeros(tags[group]);
            if (empty != 0) {
                int to = slotAt(group, empty);
                clear(slot);
                tags[group] |= tagOf(hash) << shiftOf(to);
                System.arraycopy(slots, slot * SLOT_LONGS, slots, to * SLOT_LONGS, SLOT_LONGS);
                return;
            }
            group = next(group, tags.length);
        }
    }

    private void clear(int slot) {
        tags[slot >>> GROUP_LOG2] &= ~(0xFFL << shiftOf(slot));
    }

    private void growTo(int groups) {
        IdShard larger = new IdShard(groups, windowIds);
        for (int slot = 0; slot < capacity(); slot++) {
            if (isUsed(slot)) {
                long hash = Hashing.mix(high(slot), low(slot));
                int to = larger.slotOf(hash, high(slot), low(slot));
                larger.put(to, hash, high(slot), low(slot), contentHash(slot), outcomeAndEvent(slot));
            }
        }
        tags = larger.tags;
        slots = larger.slots;
    }

    /** The highest bit of each byte that is zero. */
    private static long zeros(long word) {
        return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
    }

    /** The slot of the lowest byte that is marked. */
    private static int slotAt(int group, long marks) {
        return (group << GROUP_LOG2) + (Long.numberOfTrailingZeros(marks) >>> 3);
    }

    private static int shiftOf(int slot) {
        return (slot & (GROUP_SLOTS - 1)) << 3;
    }

    private static int next(int group, int groups) {
        return group + 1 == groups ? 0 : group + 1;
    }

    /** From bits that neither the shard nor the home depends on; never 0. */
    private static long tagOf(long hash) {
        long tag = hash >>> 40 & 0xFF;
        return tag == 0 ? 1 : tag;
    }

    private static int homeOf(long hash, int groups) {
        return (int) (((hash & 0xFFFF_FFFFL) * groups) >>> 32);
    }
}
