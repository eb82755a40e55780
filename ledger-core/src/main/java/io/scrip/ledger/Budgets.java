package io.scrip.ledger;

/**
 * Caps on what a wallet, or all wallets below it, spend of a token: per debit, per calendar day and per calendar month
 * in UTC, with what was spent of the newest of either. A wallet's budgets are a list.
 */
final class Budgets implements RowIndex.Keys {
    private static final int KEY = 0;
    private static final int PER_CALL = 1;
    private static final int PER_DAY = 2;
    private static final int PER_MONTH = 3;
    private static final int DAY = 4;
    private static final int DAY_SPENT = 5;
    private static final int MONTH = 6;
    private static final int MONTH_SPENT = 7;
    private static final int SETTER = 8;
    private static final int NEXT = 9;
    private static final int COLUMNS = 10;

    private final RecycledRows rows;
    private final RowIndex index;
    private long wantedKey;

    Budgets(Undo undo) {
        rows = new RecycledRows(COLUMNS, undo);
        index = new RowIndex(this, undo);
    }

    /** The row of a wallet's budget in a token, for itself or for all below it; -1 without. */
    int find(int wallet, int token, boolean below) {
        wantedKey = key(wallet, token, below);
        return index.find(Hashing.mix(wantedKey, 0));
    }

    /** Adds a budget before the first of its wallet. */
    int add(int wallet, int token, boolean below, int first) {
        int row = rows.take();
        long key = key(wallet, token, below);
        rows.set(row, KEY, key);
        rows.set(row, NEXT, first);
        index.add(Hashing.mix(key, 0), row);
        return row;
    }

    void change(int row, long perCall, long perDay, long perMonth, long setter) {
        rows.set(row, PER_CALL, perCall);
        rows.set(row, PER_DAY, perDay);
        rows.set(row, PER_MONTH, perMonth);
        rows.set(row, SETTER, setter);
    }

    /** Removes a budget from its wallet's list; the first of the list after that. */
    int remove(int row, int first) {
        index.remove(hashOf(row), row);
        int newFirst = rows.unlink(first, row, NEXT);
        rows.giveBack(row);
        return newFirst;
    }

    /** Counts a debit. */
    void record(int row, long day, long month, long amount) {
        long daySpent = daySpent(row, day) + amount;
        long monthSpent = monthSpent(row, month) + amount;
        if (daySpent < 0 || monthSpent < 0) {
            throw new LedgerFault("what was spent of budget " + row + " overflowed");
        }
        rows.set(row, DAY, day);
        rows.set(row, DAY_SPENT, daySpent);
        rows.set(row, MONTH, month);
        rows.set(row, MONTH_SPENT, monthSpent);
    }

    long daySpent(int row, long day) {
        return rows.get(row, DAY) == day ? rows.get(row, DAY_SPENT) : 0;
    }

    long monthSpent(int row, long month) {
        return rows.get(row, MONTH) == month ? rows.get(row, MONTH_SPENT) : 0;
    }

    long perCall(int row) {
        return rows.get(row, PER_CALL);
    }

    long perDay(int row) {
        return rows.get(row, PER_DAY);
    }

    long perMonth(int row) {
        return rows.get(row, PER_MONTH);
    }

    /** Number of the wallet that set it; 0: the operator. */
    long setter(int row) {
        return rows.get(row, SETTER);
    }

    /** The wallet's next budget, -1 after the last. */
    int next(int row) {
        return (int) rows.get(row, NEXT);
    }

    int token(int row) {
        return (int) (rows.get(row, KEY) >>> 1) & 0xFFFF;
    }

    boolean isBelow(int row) {
        return (rows.get(row, KEY) & 1) == 1;
    }

    RowTable table() {
        return rows.table();
    }

    RowTable counters() {
        return rows.counters();
    }

    void index() throws SnapshotException {
        index.addAll(0, rows.rows(), rows.free());
    }

    /** Rows that memory was paid for. */
    int rows() {
        return rows.rows();
    }

    @Override
    public long hashOf(int row) {
        return Hashing.mix(rows.get(row, KEY), 0);
    }

    @Override
    public boolean isWanted(int row) {
        return rows.get(row, KEY) == wantedKey;
    }

    private static long key(int wallet, int token, boolean below) {
        return ((long) wallet << 17) | ((long) token << 1) | (below ? 1 : 0);
    }
}
