package io.scrip.ledger;

import io.scrip.protocol.HoldStatus;

/**
 * Holds: open ones in a heap by (expiry, creation), resolved ones in a queue until their ids are forgotten, so that a
 * late post or void learns what became of its hold. Rows are reused; every cell lies in a table, so a failed chain
 * takes all of it back.
 *
 * <pre>
 *   row:   id · accounts · amount · left · fee · expiry · event · status · place in heap / next in queue
 *   heap:  row numbers, smallest (expiry, created event) first
 *   queue: head → next → … → tail, in order of resolution
 * </pre>
 */
final class Holds implements RowIndex.Keys {
    private static final int ID_HIGH = 0;
    private static final int ID_LOW = 1;
    private static final int ACCOUNTS = 2;
    private static final int AMOUNT = 3;
    private static final int LEFT = 4;
    private static final int EXPIRES = 5;
    /** Of the creation while pending, of the resolution afterwards. */
    private static final int EVENT = 6;

    private static final int STATUS = 7;
    /** Place in the heap while pending, next in the queue of resolved or in the free list afterwards. */
    private static final int LINK = 8;

    private static final int SCHEDULE = 9;
    private static final int FEE_TAKEN = 10;
    private static final int REVENUE_ACCOUNT = 11;
    private static final int COLUMNS = 12;

    private static final int USED_ROWS = 0;
    private static final int FREE_HEAD = 1;
    private static final int HEAP_SIZE = 2;
    private static final int QUEUE_HEAD = 3;
    private static final int QUEUE_TAIL = 4;
    private static final int COUNTERS = 5;

    private static final int NONE = -1;
    /** Rows given back per command at most, so that forgetting a million ids is no pause. */
    private static final int RECLAIMED_AT_ONCE = 64;

    private final RowTable table;
    private final RowTable heap;
    private final RowTable counters;
    private final RowIndex index;
    private long wantedHigh;
    private long wantedLow;

    Holds(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        heap = new RowTable(1, undo);
        counters = new RowTable(COUNTERS, undo);
        index = new RowIndex(this, undo);
        counters.append();
        counters.setForGood(0, FREE_HEAD, NONE);
        counters.setForGood(0, QUEUE_HEAD, NONE);
        counters.setForGood(0, QUEUE_TAIL, NONE);
    }

    /** The row of a hold that is pending, or resolved and not forgotten; -1 otherwise. */
    int find(long idHigh, long idLow) {
        wantedHigh = idHigh;
        wantedLow = idLow;
        return index.find(Hashing.mix(idHigh, idLow));
    }

    int place(long idHigh, long idLow, int from, int to, long amount, long expiresNs, long eventSequence) {
        int row = allocate();
        table.set(row, ID_HIGH, idHigh);
        table.set(row, ID_LOW, idLow);
        table.set(row, ACCOUNTS, ((long) from << 32) | to);
        table.set(row, AMOUNT, amount);
        table.set(row, LEFT, amount);
        table.set(row, EXPIRES, expiresNs);
        table.set(row, EVENT, eventSequence);
        table.set(row, STATUS, HoldStatus.PENDING.value());
        table.set(row, SCHEDULE, Fees.NO_SCHEDULE);
        table.set(row, FEE_TAKEN, 0);
        table.set(row, REVENUE_ACCOUNT, 0);
        index.add(hashOf(row), row);
        int size = counter(HEAP_SIZE);
        counters.set(0, HEAP_SIZE, size + 1);
        if (heap.rows() == size) {
            heap.append();
        }
        siftUp(row, size);
        return row;
    }

    void schedule(int row, int schedule, int revenueAccount) {
        table.set(row, SCHEDULE, schedule);
        table.set(row, REVENUE_ACCOUNT, revenueAccount);
    }

    void take(int row, long amount, long fee) {
        table.set(row, LEFT, left(row) - amount);
        table.set(row, FEE_TAKEN, feeTaken(row) + fee);
    }

    void extend(int row, long expiresNs) {
        table.set(row, EXPIRES, expiresNs);
        int place = (int) table.get(row, LINK);
        siftDown(row, place);
    }

    /** Takes the hold out of the heap and queues it to be forgotten with its id. */
    void resolve(int row, HoldStatus status, long eventSequence) {
        removeFromHeap(row);
        table.set(row, STATUS, status.value());
        table.set(row, EVENT, eventSequence);
        table.set(row, LINK, NONE);
        int tail = counter(QUEUE_TAIL);
        if (tail == NONE) {
            counters.set(0, QUEUE_HEAD, row);
        } else {
            table.set(tail, LINK, row);
        }
        counters.set(0, QUEUE_TAIL, row);
    }

    /** Gives back rows of resolved holds up to an event whose ids are forgotten. */
    void reclaim(long forgottenEvent) {
        for (int i = 0; i < RECLAIMED_AT_ONCE; i++) {
            int head = counter(QUEUE_HEAD);
            if (head == NONE || table.get(head, EVENT) > forgottenEvent) {
                return;
            }
            int next = (int) table.get(head, LINK);
            counters.set(0, QUEUE_HEAD, next);
            if (next == NONE) {
                counters.set(0, QUEUE_TAIL, NONE);
            }
            index.remove(hashOf(head), head);
            table.set(head, LINK, counter(FREE_HEAD));
            counters.set(0, FREE_HEAD, head);
        }
    }

    /** The pending hold that expires first, -1 without any. */
    int first() {
        return counter(HEAP_SIZE) == 0 ? NONE : (int) heap.get(0, 0);
    }

    HoldStatus status(int row) {
        return HoldStatus.get((short) table.get(row, STATUS));
    }

    long idHigh(int row) {
        return table.get(row, ID_HIGH);
    }

    long idLow(int row) {
        return table.get(row, ID_LOW);
    }

    int from(int row) {
        return (int) (table.get(row, ACCOUNTS) >>> 32);
    }

    int to(int row) {
        return (int) table.get(row, ACCOUNTS);
    }

    long amount(int row) {
        return table.get(row, AMOUNT);
    }

    long left(int row) {
        return table.get(row, LEFT);
    }

    long expiresNs(int row) {
        return table.get(row, EXPIRES);
    }

    int schedule(int row) {
        return (int) table.get(row, SCHEDULE);
    }

    long feeTaken(int row) {
        return table.get(row, FEE_TAKEN);
    }

    int revenueAccount(int row) {
        return (int) table.get(row, REVENUE_ACCOUNT);
    }

    RowTable table() {
        return table;
    }

    RowTable heap() {
        return heap;
    }

    RowTable counters() {
        return counters;
    }

    @Override
    public long hashOf(int row) {
        return Hashing.mix(idHigh(row), idLow(row));
    }

    @Override
    public boolean isWanted(int row) {
        return idHigh(row) == wantedHigh && idLow(row) == wantedLow;
    }

    private int allocate() {
        int free = counter(FREE_HEAD);
        if (free != NONE) {
            counters.set(0, FREE_HEAD, table.get(free, LINK));
            return free;
        }
        int row = counter(USED_ROWS);
        counters.set(0, USED_ROWS, row + 1);
        if (table.rows() == row) {
            table.append();
        }
        return row;
    }

    private void removeFromHeap(int row) {
        int place = (int) table.get(row, LINK);
        int last = counter(HEAP_SIZE) - 1;
        if (heap.get(place, 0) != row) {
            throw new LedgerFault("hold row " + row + " is not where it says in the heap");
        }
        counters.set(0, HEAP_SIZE, last);
        int moved = (int) heap.get(last, 0);
        heap.set(last, 0, 0);
        if (moved == row) {
            return;
        }
        siftUp(moved, place);
        siftDown(moved, (int) table.get(moved, LINK));
    }

    private void siftUp(int row, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            int above = (int) heap.get(parent, 0);
            if (!isBefore(row, above)) {
                break;
            }
            put(above, place);
            place = parent;
        }
        put(row, place);
    }

    private void siftDown(int row, int from) {
        int size = counter(HEAP_SIZE);
        int place = from;
        while (true) {
            int child = place * 2 + 1;
            if (child >= size) {
                break;
            }
            int below = (int) heap.get(child, 0);
            if (child + 1 < size && isBefore((int) heap.get(child + 1, 0), below)) {
                child++;
                below = (int) heap.get(child, 0);
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
        heap.set(place, 0, row);
        table.set(row, LINK, place);
    }

    private boolean isBefore(int a, int b) {
        if (expiresNs(a) != expiresNs(b)) {
            return expiresNs(a) < expiresNs(b);
        }
        return table.get(a, EVENT) < table.get(b, EVENT);
    }

    private int counter(int column) {
        return (int) counters.get(0, column);
    }
}
