package io.scrip.ledger;

import java.util.Arrays;

/**
 * Takes back the table writes of a linked chain that failed. Inactive outside a chain, when it costs one branch a
 * write. Old values are restored newest first, so a cell written twice gets its first value back.
 */
final class Undo {
    private RowTable[] tables = new RowTable[64];
    private long[] cells = new long[64];
    private long[] oldValues = new long[64];
    private int size;
    private boolean active;

    void begin() {
        if (active) {
            throw new LedgerFault("a chain inside a chain");
        }
        active = true;
        size = 0;
    }

    boolean isActive() {
        return active;
    }

    void record(RowTable table, int row, int column, long oldValue) {
        if (size == cells.length) {
            tables = Arrays.copyOf(tables, size * 2);
            cells = Arrays.copyOf(cells, size * 2);
            oldValues = Arrays.copyOf(oldValues, size * 2);
        }
        tables[size] = table;
        cells[size] = ((long) row << 32) | column;
        oldValues[size] = oldValue;
        size++;
    }

    void commit() {
        active = false;
        size = 0;
    }

    void rollback() {
        active = false;
        while (size > 0) {
            size--;
            tables[size].set((int) (cells[size] >>> 32), (int) cells[size], oldValues[size]);
        }
    }
}
