package io.scrip.ledger;

import java.util.Arrays;

/**
 * Takes back the writes of a linked chain, or of a command of several legs, that failed on the way. Inactive
 * otherwise, when it costs one branch a write. Writes are taken back newest first.
 */
final class Undo {

    /** A structure whose writes can be taken back one by one. */
    interface Target {
        /** Puts {@code value} back to {@code where}; what both mean is the target's affair. */
        void restore(long where, long value);
    }

    private Target[] targets = new Target[64];
    private long[] places = new long[64];
    private long[] values = new long[64];
    private int size;
    private int depth;

    /** Starts recording; may be nested. Returns the mark to roll back to. */
    int begin() {
        depth++;
        return size;
    }

    boolean isActive() {
        return depth > 0;
    }

    void record(Target target, long where, long value) {
        if (size == places.length) {
            targets = Arrays.copyOf(targets, size * 2);
            places = Arrays.copyOf(places, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        targets[size] = target;
        places[size] = where;
        values[size] = value;
        size++;
    }

    void commit() {
        depth--;
        if (depth == 0) {
            size = 0;
        }
    }

    void rollback(int mark) {
        int outer = depth - 1;
        depth = 0;
        while (size > mark) {
            size--;
            targets[size].restore(places[size], values[size]);
        }
        depth = outer;
    }
}
