package io.scrip.ledger;

/** How much of a movement has been given back: only for those of which something was. Never forgotten. */
final class Reversals implements RowIndex.Keys {
    private static final int ID_HIGH = 0;
    private static final int ID_LOW = 1;
    private static final int AMOUNT = 2;
    private static final int FEE = 3;
    private static final int COLUMNS = 4;

    private final RowTable table;
    private final RowIndex index;
    private long wantedHigh;
    private long wantedLow;

    Reversals(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        index = new RowIndex(this, undo);
    }

    /** The row of an original, -1 when nothing of it was given back. */
    int find(long idHigh, long idLow) {
        wantedHigh = idHigh;
        wantedLow = idLow;
        return index.find(Hashing.mix(idHigh, idLow));
    }

    long amount(int row) {
        return row < 0 ? 0 : table.get(row, AMOUNT);
    }

    long fee(int row) {
        return row < 0 ? 0 : table.get(row, FEE);
    }

    void record(int foundRow, long idHigh, long idLow, long amount, long fee) {
        int row = foundRow;
        if (row < 0) {
            row = table.append();
            table.setForGood(row, ID_HIGH, idHigh);
            table.setForGood(row, ID_LOW, idLow);
            index.add(Hashing.mix(idHigh, idLow), row);
        }
        table.set(row, AMOUNT, amount);
        table.set(row, FEE, fee);
    }

    RowTable table() {
        return table;
    }

    void index() {
        index.addAll(0, table.rows(), null);
    }

    @Override
    public long hashOf(int row) {
        return Hashing.mix(table.get(row, ID_HIGH), table.get(row, ID_LOW));
    }

    @Override
    public boolean isWanted(int row) {
        return table.get(row, ID_HIGH) == wantedHigh && table.get(row, ID_LOW) == wantedLow;
    }
}
