package io.scrip.ledger;

import io.scrip.protocol.SnapshotSection;
import java.util.Arrays;

/**
 * Rows of longs with dense numbers from 0, in pages, so that growing never copies much: the first page begins small,
 * for most tables hold a row or few, and is copied until it is whole; the others are made whole.
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
    private static final int INITIAL_PAGES = 16;
    private static final int INITIAL_ROWS = 8;
    /** In place of a column, where an appended row is to be taken back. */
    private static final int WHOLE_ROW = -1;

    private final int columns;
    private final Undo undo;
    private final boolean digestKept;
    private long[][] pages = new long[INITIAL_PAGES][];
    private int rows;
    private long digest;

    RowTable(int columns, Undo undo) {
        this(columns, undo, true);
    }

    private RowTable(int columns, Undo undo, boolean digestKept) {
        this.columns = columns;
        this.undo = undo;
        this.digestKept = digestKept;
    }

    /**
     * A table of a few hundred rows at most, some of which nearly every command writes to: adding its cells up when
     * somebody asks costs less than keeping the sum.
     */
    static RowTable ofFewRows(int columns, Undo undo) {
        return new RowTable(columns, undo, false);
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

    /** Where the row lies: an array, to be read only, and the place of its first column in it. */
    long[] page(int row) {
        return pages[row >>> PAGE_ROWS_LOG2];
    }

    int placeInPage(int row) {
        return (row & ROW_MASK) * columns;
    }

    void set(int row, int column, long value) {
        long[] page = pages[row >>> PAGE_ROWS_LOG2];
        int index = (row & ROW_MASK) * columns + column;
        long before = page[index];
        if (undo.isActive()) {
            undo.record(this, ((long) row << 32) | column, before);
        }
        if (digestKept) {
            digest += weight(row, column, value) - weight(row, column, before);
        }
        page[index] = value;
    }

    /**
     * A sum over all cells of a hash of where it is and what is in it, zeros left out; kept up to date by every write
     * unless the rows are few, so that asking costs next to nothing. With {@link #rows} it is a hash of the table,
     * whatever the order of the writes.
     */
    long digest() {
        if (digestKept) {
            return digest;
        }
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                sum += weight(row, column, get(row, column));
            }
        }
        return sum;
    }

    private static long weight(int row, int column, long value) {
        return value == 0 ? 0 : Hashing.mix(((long) row << 8) | column, value);
    }

    @Override
    public void restore(long where, long value) {
        int row = (int) (where >>> 32);
        if ((int) where == WHOLE_ROW) {
            for (int column = 0; column < columns; column++) {
                setForGood(row, column, 0);
            }
            rows = row;
        } else {
            setForGood(row, (int) where, value);
        }
    }

    /** Writes a cell for good: a failed chain does not take it back. */
    void setForGood(int row, int column, long value) {
        long[] page = pages[row >>> PAGE_ROWS_LOG2];
        int index = (row & ROW_MASK) * columns + column;
        if (digestKept) {
            digest += weight(row, column, value) - weight(row, column, page[index]);
        }
        page[index] = value;
    }

    void writeTo(SnapshotWriter out, SnapshotSection section) {
        out.begin(section, columns, rows);
        for (int row = 0; row < rows; row++) {
            long[] page = pages[row >>> PAGE_ROWS_LOG2];
            int start = (row & ROW_MASK) * columns;
            for (int index = start; index < start + columns; index++) {
                out.put(page[index]);
            }
        }
        out.end();
    }

    /** Becomes what a section of a snapshot says; what was here before is gone. */
    void readFrom(SnapshotReader in, SnapshotSection section) throws SnapshotException {
        pages = new long[INITIAL_PAGES][];
        rows = 0;
        digest = 0;
        int count = in.begin(section, columns, Integer.MAX_VALUE);
        for (int row = 0; row < count; row++) {
            append();
            for (int column = 0; column < columns; column++) {
                setForGood(row, column, in.next());
            }
        }
        in.end();
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
            pages[page] = new long[(page == 0 ? INITIAL_ROWS : PAGE_ROWS) * columns];
        } else if (page == 0 && rows * columns == pages[0].length) {
            pages[0] = Arrays.copyOf(pages[0], 2 * pages[0].length);
        }
        return rows++;
    }
}
