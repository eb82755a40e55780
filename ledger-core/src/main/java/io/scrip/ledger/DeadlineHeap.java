package io.scrip.ledger;

/**
 * Rows of a table in order of (deadline, order, number): a binary heap whose every cell lies in tables, so that what is
 * tried and fails can be taken back. The rows themselves hold deadline, order and number, and their place in the heap.
 * Which row something lies in plays no part: rows are used again in any order.
 */
final class DeadlineHeap {
    private final RowTable rows;
    private final int deadlineColumn;
    private final int orderColumn;
    private final int numberColumn;
    private final int placeColumn;
    private final RowTable places;
    private final RowTable size;

    DeadlineHeap(RowTable rows, int deadlineColumn, int orderColumn, int numberColumn, int placeColumn, Undo undo) {
        this.rows = rows;
        this.deadlineColumn = deadlineColumn;
        this.orderColumn = orderColumn;
        this.numberColumn = numberColumn;
        this.placeColumn = placeColumn;
        places = new RowTable(1, undo);
        size = RowTable.ofFewRows(1, undo);
        size.append();
    }

    /** The row with the earliest deadline, -1 without any. */
    int first() {
        return size() == 0 ? -1 : (int) places.get(0, 0);
    }

    long deadlineNs(int row) {
        return rows.get(row, deadlineColumn);
    }

    long order(int row) {
        return rows.get(row, orderColumn);
    }

    void add(int row) {
        int last = size();
        size.set(0, 0, last + 1L);
        if (places.rows() == last) {
            places.append();
        }
        siftUp(row, last);
    }

    void remove(int row) {
        int place = (int) rows.get(row, placeColumn);
        int last = size() - 1;
        if (place < 0 || place > last || places.get(place, 0) != row) {
            throw new LedgerFault("row " + row + " is not where it says in the heap");
        }
        size.set(0, 0, last);
        int moved = (int) places.get(last, 0);
        places.set(last, 0, 0);
        if (moved == row) {
            return;
        }
        siftUp(moved, place);
        siftDown(moved, (int) rows.get(moved, placeColumn));
    }

    /** The row's deadline has become later. */
    void delayed(int row) {
        siftDown(row, (int) rows.get(row, placeColumn));
    }

    RowTable places() {
        return places;
    }

    /** One cell: the rows in the heap. */
    RowTable sizeCell() {
        return size;
    }

    int size() {
        return (int) size.get(0, 0);
    }

    private void siftUp(int row, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            int above = (int) places.get(parent, 0);
            if (!isBefore(row, above)) {
                break;
            }
            put(above, place);
            place = parent;
        }
        put(row, place);
    }

    private void siftDown(int row, int from) {
        int count = size();
        int place = from;
        while (true) {
            int child = place * 2 + 1;
            if (child >= count) {
                break;
            }
            int below = (int) places.get(child, 0);
            if (child + 1 < count && isBefore((int) places.get(child + 1, 0), below)) {
                child++;
                below = (int) places.get(child, 0);
            }
            if (!isBefore(below, row)) {
                break;
            }
            put(below, place);
            place = child;
        }
        put(row, place);
    }

    private void put(int row, int place) {
        places.set(place, 0, row);
        rows.set(row, placeColumn, place);
    }

    private boolean isBefore(int a, int b) {
        if (deadlineNs(a) != deadlineNs(b)) {
            return deadlineNs(a) < deadlineNs(b);
        }
        if (order(a) != order(b)) {
            return order(a) < order(b);
        }
        return rows.get(a, numberColumn) < rows.get(b, numberColumn);
    }
}
