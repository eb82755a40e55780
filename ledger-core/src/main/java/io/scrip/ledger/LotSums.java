package io.scrip.ledger;

/** Per account that has ever held lots: how much of its balance lies in lots, and how much of that is not good yet. */
final class LotSums implements RowIndex.Keys {
    private static final int ACCOUNT = 0;
    private static final int TOTAL = 1;
    private static final int WITHHELD = 2;
    private static final int COLUMNS = 3;

    private final RowTable table;
    private final RowIndex index;
    private int wantedAccount;

    LotSums(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        index = new RowIndex(this, undo);
    }

    long total(int account) {
        int row = find(account);
        return row < 0 ? 0 : table.get(row, TOTAL);
    }

    long withheld(int account) {
        int row = find(account);
        return row < 0 ? 0 : table.get(row, WITHHELD);
    }

    void add(int account, long total, long withheld) {
        int row = find(account);
        if (row < 0) {
            row = table.append();
            table.setForGood(row, ACCOUNT, account);
            index.add(hashOf(row), row);
        }
        table.set(row, TOTAL, table.get(row, TOTAL) + total);
        table.set(row, WITHHELD, table.get(row, WITHHELD) + withheld);
    }

    RowTable table() {
        return table;
    }

    void index() {
        index.addAll(0, table.rows(), null);
    }

    private int find(int account) {
        wantedAccount = account;
        return index.find(Hashing.mix(account, 0));
    }

    @Override
    public long hashOf(int row) {
        return Hashing.mix(table.get(row, ACCOUNT), 0);
    }

    @Override
    public boolean isWanted(int row) {
        return table.get(row, ACCOUNT) == wantedAccount;
    }
}
