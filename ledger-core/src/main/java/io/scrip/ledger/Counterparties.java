package io.scrip.ledger;

/** Whom a wallet may pay, for wallets that may not pay everybody. A wallet's entries are a list. */
final class Counterparties implements RowIndex.Keys {
    /** Most entries of one wallet. */
    static final int MAX_OF_WALLET = 64;

    private static final int KEY = 0;
    private static final int NEXT = 1;
    private static final int COLUMNS = 2;

    private final RecycledRows rows;
    private final RowIndex index;
    private long wantedKey;

    Counterparties(Undo undo) {
        rows = new RecycledRows(COLUMNS, undo);
        index = new RowIndex(this, undo);
    }

    /** The row that allows a wallet to pay another, -1 without. */
    int find(int payer, int payee) {
        wantedKey = key(payer, payee);
        return index.find(Hashing.mix(wantedKey, 0));
    }

    /** Adds an entry before the first of the payer. */
    int add(int payer, int payee, int first) {
        int row = rows.take();
        long key = key(payer, payee);
        rows.set(row, KEY, key);
        rows.set(row, NEXT, first);
        index.add(Hashing.mix(key, 0), row);
        return row;
    }

    /** Removes an entry from its payer's list; the first of the list after that. */
    int remove(int row, int first) {
        index.remove(hashOf(row), row);
        int newFirst = rows.unlink(first, row, NEXT);
        rows.giveBack(row);
        return newFirst;
    }

    int payee(int row) {
        return (int) rows.get(row, KEY);
    }

    /** The payer's next entry, -1 after the last. */
    int next(int row) {
        return (int) rows.get(row, NEXT);
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

    private static long key(int payer, int payee) {
        return ((long) payer << 32) | payee;
    }
}
