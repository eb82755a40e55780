package io.scrip.ledger;

/**
 * Finds rows by a key that the rows themselves hold: open addressing with linear probing over row numbers, four bytes
 * a slot. Split into shards that grow one at a time, so that no insert pays for rehashing everything.
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
    private final int[][] shards = new int[1 << SHARD_BITS][];
    private final int[] sizes = new int[1 << SHARD_BITS];

    RowIndex(Keys keys, Undo undo) {
        this.keys = keys;
        this.undo = undo;
    }

    /** The row with the wanted key, whose hash is given; -1 when there is none. */
    int find(long hash) {
        int[] slots = shards[shardOf(hash)];
        if (slots == null) {
            return -1;
        }
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            int row = slots[slot] - 1;
            if (keys.isWanted(row)) {
                return row;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
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
        int[] slots = shards[shard];
        if (slots == null) {
            slots = new int[INITIAL_SLOTS];
            shards[shard] = slots;
        } else if ((sizes[shard] + 1) * 4L > slots.length * 3L) {
            slots = grow(slots);
            shards[shard] = slots;
        }
        insert(slots, hash, row);
        sizes[shard]++;
    }

    /** Adds the rows of a table that was read as a whole; those marked as free are left out. */
    void addAll(int firstRow, int endRow, boolean[] free) {
        for (int row = firstRow; row < endRow; row++) {
            if (free == null || !free[row]) {
                addForGood(keys.hashOf(row), row);
            }
        }
    }

    /** Empties the row's slot and moves up what probing would no longer find behind the gap. */
    private void removeForGood(long hash, int row) {
        int shard = shardOf(hash);
        int[] slots = shards[shard];
        int mask = slots.length - 1;
        int gap = (int) hash & mask;
        while (slots[gap] != row + 1) {
            if (slots[gap] == 0) {
                throw new LedgerFault("row " + row + " is not in its index");
            }
            gap = (gap + 1) & mask;
        }
        sizes[shard]--;
        slots[gap] = 0;
        for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = (int) keys.hashOf(slots[slot] - 1) & mask;
            boolean reachable = gap < slot ? home > gap && home <= slot : home > gap || home <= slot;
            if (!reachable) {
                slots[gap] = slots[slot];
                slots[slot] = 0;
                gap = slot;
            }
        }
    }

    private int[] grow(int[] slots) {
        int[] larger = new int[slots.length * 2];
        for (int entry : slots) {
            if (entry != 0) {
                insert(larger, keys.hashOf(entry - 1), entry - 1);
            }
        }
        return larger;
    }

    private static void insert(int[] slots, long hash, int row) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = row + 1;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> (Long.SIZE - SHARD_BITS));
    }
}
