package io.scrip.ledger;

/**
 * Finds rows by a key that the rows themselves hold: open addressing with linear probing, eight bytes a slot. Half of
 * the hash stands beside the row's number, so that neither looking for a key that is not there nor growing has to wait
 * for the memory of rows. Split into shards that grow one at a time, so that no insert pays for rehashing everything.
 *
 * <pre>
 *   slot:   | the hash's lower half (32 bits) · row + 1 (32 bits) |   0 when empty
 * </pre>
 */
final class RowIndex implements Undo.Target {
    private static final int SHARD_BITS = 10;
    private static final int INITIAL_SLOTS = 16;

    /** The rows' keys, and the key that is being looked for. */
    interface Keys {
        /** Hash of the key of a row. */
        long hashOf(int row);

        /** Whether the row has the key that is being looked for. */
        boolean isWanted(int row);
    }

    private final Keys keys;
    private final Undo undo;
    private final long[][] shards = new long[1 << SHARD_BITS][];
    private final int[] sizes = new int[1 << SHARD_BITS];
    /** Of a shard when it gets its first row. */
    private int firstSlots = INITIAL_SLOTS;

    RowIndex(Keys keys, Undo undo) {
        this.keys = keys;
        this.undo = undo;
    }

    /** The row with the wanted key, whose hash is given; -1 when there is none. */
    int find(long hash) {
        long[] slots = shards[shardOf(hash)];
        if (slots == null) {
            return -1;
        }
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (hashOf(entry) == (int) hash && keys.isWanted(rowOf(entry))) {
                return rowOf(entry);
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** Touches where looking for a key begins. */
    long lookAt(long hash) {
        long[] slots = shards[shardOf(hash)];
        return slots == null ? 0 : slots[(int) hash & (slots.length - 1)];
    }

    /** Adds a row whose key is not there yet. */
    void add(long hash, int row) {
        if (undo.isActive()) {
            undo.record(this, hash, row);
        }
        addForGood(hash, row);
    }

    /** Removes a row that is there. */
    void remove(long hash, int row) {
        if (undo.isActive()) {
            undo.record(this, hash, ~(long) row);
        }
        removeForGood(hash, row);
    }

    /** A row that was added is removed, one that was removed (bits inverted) is added again. */
    @Override
    public void restore(long hash, long row) {
        if (row >= 0) {
            removeForGood(hash, (int) row);
        } else {
            addForGood(hash, (int) ~row);
        }
    }

    /** Adds a row whose key is not there yet; a failed chain does not take it back. */
    void addForGood(long hash, int row) {
        int shard = shardOf(hash);
        long[] slots = shards[shard];
        if (slots == null) {
            slots = new long[firstSlots];
            shards[shard] = slots;
        } else if ((sizes[shard] + 1) * 4L > slots.length * 3L) {
            slots = grow(slots);
            shards[shard] = slots;
        }
        insert(slots, hash << Integer.SIZE | (row + 1));
        sizes[shard]++;
    }

    /** So many rows will be added: what has none yet gets room for its share, rather than growing step by step. */
    void expect(int rows) {
        int share = rows >>> SHARD_BITS;
        // A share is never quite the same; three quarters full is when a shard grows.
        int slots = (share + share / 16 + INITIAL_SLOTS) / 3 * 4;
        firstSlots = share == 0 ? INITIAL_SLOTS : Integer.highestOneBit(slots - 1) * 2;
    }

    /** Adds the rows of a table that was read as a whole; those marked as free are left out. */
    void addAll(int firstRow, int endRow, boolean[] free) {
        expect(endRow - firstRow);
        for (int row = firstRow; row < endRow; row++) {
            if (free == null || !free[row]) {
                addForGood(keys.hashOf(row), row);
            }
        }
    }

    /** Empties the row's slot and moves up what probing would no longer find behind the gap. */
    private void removeForGood(long hash, int row) {
        int shard = shardOf(hash);
        long[] slots = shards[shard];
        int mask = slots.length - 1;
        int gap = (int) hash & mask;
        while (rowOf(slots[gap]) != row) {
            if (slots[gap] == 0) {
                throw new LedgerFault("row " + row + " is not in its index");
            }
            gap = (gap + 1) & mask;
        }
        sizes[shard]--;
        slots[gap] = 0;
        for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = hashOf(slots[slot]) & mask;
            boolean reachable = gap < slot ? home > gap && home <= slot : home > gap || home <= slot;
            if (!reachable) {
                slots[gap] = slots[slot];
                slots[slot] = 0;
                gap = slot;
            }
        }
    }

    private static long[] grow(long[] slots) {
        long[] larger = new long[slots.length * 2];
        for (long entry : slots) {
            if (entry != 0) {
                insert(larger, entry);
            }
        }
        return larger;
    }

    private static void insert(long[] slots, long entry) {
        int mask = slots.length - 1;
        int slot = hashOf(entry) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    private static int hashOf(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    /** -1 for an empty slot. */
    private static int rowOf(long entry) {
        return (int) entry - 1;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SHARD_BITS));
    }
}
