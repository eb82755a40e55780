package io.scrip.ledger;

import java.util.Arrays;

/**
 * Rows of longs with dense numbers from 0, in pages, so that growing never copies what is there.
 *
 * <pre>
 *   page 0                                   page 1
 *   | row 0: c0 c1 … | row 1: c0 c1 … | …    | row 4096: c0 c1 … | …
 * </pre>
 *
 * <p>The columns of a row lie side by side: an operation touches most columns of few rows, so a row costs one or two
 * cache misses where a column each would cost one per column.
 */
final class RowTable implements Undo.Target {
    private static final int PAGE_ROWS_LOG2 = 12;
    private static final int PAGE_ROWS = 1 << PAGE_ROWS_LOG2;
    private static final int ROW_MASK = PAGE_ROWS - 1;
    /** In place of a column, where an appended row is to be taken back. */
    private static final int WHOLE_ROW = -1;

    private final int columns;
    private final Undo undo;
    private long[][] pages = new long[16][];
    private int rows;

    RowTable(int columns, Undo undo) {
        this.columns = columns;
        this.undo = undo;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    long get(int row, int column) {
        return pages[row >>> PAGE_ROWS_LOG2][(row & ROW_MASK) * columns + column];
    }

    void set(int row, int column, long value) {
        long[] page = pages[row >>> PAGE_ROWS_LOG2];
        int index = (row & ROW_MASK) * columns + column;
        if (undo.isActive()) {
            undo.record(this, ((long) row << 32) | column, page[index]);
        }
        page[index] = value;
    }

    @Override
    public void restore(long where, long value) {
        int row = (int) (where >>> 32);
        if ((int) where == WHOLE_ROW) {
            int start = (row & ROW_MASK) * columns;
            Arrays.fill(pages[row >>> PAGE_ROWS_LOG2], start, start + columns, 0);
            rows = row;
        } else {
            setForGood(row, (int) where, value);
        }
    }

    /** Writes a cell for good: a failed chain does not take it back. */
    void setForGood(int row, int column, long value) {
        pages[row >>> PAGE_ROWS_LOG2][(row & ROW_MASK) * columns + column] = value;
    }

    /** Adds a row of zeros; a failed chain takes it back with all that was written to it. */
    int append() {
        if (undo.isActive()) {
            undo.record(this, ((long) rows << 32) | (WHOLE_ROW & 0xFFFF_FFFFL), 0);
        }
        int page = rows >>> PAGE_ROWS_LOG2;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        if (pages[page] == null) {
            pages[page] = new long[PAGE_ROWS * columns];
        }
        return rows++;
    }
}
