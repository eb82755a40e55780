package io.scrip.ledger;

/**
 * Rows that come and go: those given back are taken again, the last given back first. Which row is taken follows from
 * the writes alone and is taken back with them, so that it is the same in every core. Column 0 of a row that is not
 * in use leads to the next such row.
 */
final class RecycledRows {
    static final int NONE = -1;

    private static final int USED_ROWS = 0;
    private static final int FREE_HEAD = 1;
    private static final int COUNTERS = 2;

    private final RowTable table;
    private final RowTable counters;

    RecycledRows(int columns, Undo undo) {
        table = new RowTable(columns, undo);
        counters = RowTable.ofFewRows(COUNTERS, undo);
        counters.append();
        counters.setForGood(0, FREE_HEAD, NONE);
    }

    /** A row of zeros. */
    int take() {
        int free = (int) counters.get(0, FREE_HEAD);
        if (free != NONE) {
            counters.set(0, FREE_HEAD, table.get(free, 0));
            table.set(free, 0, 0);
            return free;
        }
        int row = (int) counters.get(0, USED_ROWS);
        counters.set(0, USED_ROWS, row + 1L);
        if (table.rows() == row) {
            table.append();
        }
        return row;
    }

    void giveBack(int row) {
        for (int column = 1; column < table.columns(); column++) {
            table.set(row, column, 0);
        }
        table.set(row, 0, counters.get(0, FREE_HEAD));
        counters.set(0, FREE_HEAD, row);
    }

    /** Takes a row out of a list of rows that are linked by a column; the list's first row after that. */
    int unlink(int first, int row, int nextColumn) {
        int next = (int) table.get(row, nextColumn);
        if (first == row) {
            return next;
        }
        int before = first;
        while ((int) table.get(before, nextColumn) != row) {
            before = (int) table.get(before, nextColumn);
        }
        table.set(before, nextColumn, next);
        return first;
    }

    long get(int row, int column) {
        return table.get(row, column);
    }

    void set(int row, int column, long value) {
        table.set(row, column, value);
    }

    /** Rows ever used: what memory was paid for. */
    int rows() {
        return table.rows();
    }

    /** Which rows are not in use, by row. */
    boolean[] free() throws SnapshotException {
        return free(table, 0, counters.get(0, FREE_HEAD));
    }

    /** The same of a table with a list of its own: where the list begins, and the column that leads on. */
    static boolean[] free(RowTable table, int nextColumn, long head) throws SnapshotException {
        boolean[] free = new boolean[table.rows()];
        for (long row = head; row != NONE; row = table.get((int) row, nextColumn)) {
            if (row < 0 || row >= free.length || free[(int) row]) {
                throw new SnapshotException("a list of free rows leads to row " + row + " of " + free.length);
            }
            free[(int) row] = true;
        }
        return free;
    }

    RowTable table() {
        return table;
    }

    RowTable counters() {
        return counters;
    }
}
