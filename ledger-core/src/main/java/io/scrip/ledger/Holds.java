package io.scrip.ledger;

import io.scrip.protocol.HoldStatus;

/**
 * Holds: open ones in order of (expiry, creation), resolved ones in a queue until their ids are forgotten, so that a
 * late post or void learns what became of its hold. Rows are reused; every cell lies in a table, so a failed chain
 * takes all of it back.
 *
 * <pre>
 *   row:   id · accounts · amount · left · fee · expiry · event · status · place in heap / next in queue
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
    private static final int QUEUE_HEAD = 2;
    private static final int QUEUE_TAIL = 3;
    private static final int COUNTERS = 4;

    private static final int NONE = -1;
    /** Rows given back per command at most, so that forgetting a million ids is no pause. */
    private static final int RECLAIMED_AT_ONCE = 64;

    private final RowTable table;
    private final DeadlineHeap heap;
    private final RowTable counters;
    private final RowIndex index;
    private long wantedHigh;
    private long wantedLow;

    Holds(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        heap = new DeadlineHeap(table, EXPIRES, EVENT, EVENT, LINK, undo);
        counters = RowTable.ofFewRows(COUNTERS, undo);
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
        heap.add(row);
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
        heap.delayed(row);
    }

    /** Takes the hold out of the heap and queues it to be forgotten with its id. */
    void resolve(int row, HoldStatus status, long eventSequence) {
        heap.remove(row);
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

    /** The pending holds in order of expiry. */
    DeadlineHeap deadlines() {
        return heap;
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

    /** Of the record of its creation while it is pending, of its resolution afterwards. */
    long eventSequence(int row) {
        return table.get(row, EVENT);
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

    RowTable counters() {
        return counters;
    }

    void index() throws SnapshotException {
        index.addAll(0, table.rows(), RecycledRows.free(table, LINK, counters.get(0, FREE_HEAD)));
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

    private int counter(int column) {
        return (int) counters.get(0, column);
    }
}
