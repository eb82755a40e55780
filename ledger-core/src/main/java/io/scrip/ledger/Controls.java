package io.scrip.ledger;

/**
 * What bounds wallets beyond their balances: which wallet stands above which, the kill switch, and the heads of the
 * lists of budgets and of allowed counterparties. A wallet has a row here only while there is something to say of it;
 * then it and its accounts carry {@link Accounts#CONTROLLED}, so that a transfer of any other wallet looks no further.
 *
 * <p>Wallets stand above each other in at most {@link #MAX_LEVELS} levels. Each row counts the wallets below it by
 * distance, so that how deep its branch reaches is known without walking it.
 */
final class Controls implements RowIndex.Keys {
    /** Wallets from the top of a hierarchy to its bottom. */
    static final int MAX_LEVELS = 8;

    static final int NONE = -1;

    private static final int WALLET = 0;
    private static final int PARENT = 1;
    private static final int KILLED = 2;
    private static final int FIRST_BUDGET = 3;
    private static final int FIRST_COUNTERPARTY = 4;
    private static final int COUNTERPARTIES = 5;
    /** Wallets at distance 1, 2, … 7 below. */
    private static final int BELOW = 6;

    private static final int COLUMNS = BELOW + MAX_LEVELS - 1;

    private final Wallets wallets;
    private final Accounts accounts;
    private final RecycledRows rows;
    private final RowIndex index;
    private int wantedWallet;

    Controls(Wallets wallets, Accounts accounts, Undo undo) {
        this.wallets = wallets;
        this.accounts = accounts;
        rows = new RecycledRows(COLUMNS, undo);
        index = new RowIndex(this, undo);
    }

    /** The row of a wallet, -1 when nothing bounds it. */
    int find(int wallet) {
        wantedWallet = wallet;
        return index.find(hash(wallet));
    }

    /** The row of a wallet, made if need be. */
    int touch(int wallet) {
        int row = find(wallet);
        if (row != NONE) {
            return row;
        }
        row = rows.take();
        rows.set(row, WALLET, wallet);
        rows.set(row, PARENT, NONE);
        rows.set(row, FIRST_BUDGET, NONE);
        rows.set(row, FIRST_COUNTERPARTY, NONE);
        index.add(hash(wallet), row);
        mark(wallet, true);
        return row;
    }

    /** Gives a row back of which nothing is left to say. */
    void release(int row) {
        boolean inUse = parent(row) != NONE
                || isKilled(row)
                || firstBudget(row) != NONE
                || firstCounterparty(row) != NONE
                || rows.get(row, BELOW) != 0;
        if (!inUse) {
            mark(wallet(row), false);
            index.remove(hashOf(row), row);
            rows.giveBack(row);
        }
    }

    private void mark(int wallet, boolean on) {
        wallets.mark(wallet, Accounts.CONTROLLED, on);
        for (int account = wallets.lastAccount(wallet); account >= 0; account = accounts.nextOfWallet(account)) {
            accounts.mark(account, Accounts.CONTROLLED, on);
        }
    }

    /** Whether {@code above} stands anywhere above {@code wallet}. */
    boolean isAbove(int above, int wallet) {
        int row = find(wallet);
        while (row != NONE && parent(row) != NONE) {
            row = parent(row);
            if (wallet(row) == above) {
                return true;
            }
        }
        return false;
    }

    /** Wallets from the top of the hierarchy down to this one, both counted. */
    int level(int wallet) {
        int level = 1;
        for (int row = find(wallet); row != NONE && parent(row) != NONE; row = parent(row)) {
            level++;
        }
        return level;
    }

    /** Wallets from this one down to the deepest below it, both counted. */
    int height(int wallet) {
        int row = find(wallet);
        int distance = 0;
        while (row != NONE && distance < MAX_LEVELS - 1 && below(row, distance + 1) != 0) {
            distance++;
        }
        return distance + 1;
    }

    /** Puts a wallet that is below none under another. The branch fits in and no cycle comes of it. */
    void attach(int row, int parent) {
        rows.set(row, PARENT, parent);
        countBranch(row, 1);
    }

    /** Takes a wallet from under its parent, if it has one. */
    void detach(int row) {
        int parent = parent(row);
        if (parent != NONE) {
            countBranch(row, -1);
            rows.set(row, PARENT, NONE);
            release(parent);
        }
    }

    private void countBranch(int row, int sign) {
        int distance = 1;
        for (int above = parent(row); above != NONE; above = parent(above)) {
            for (int depth = 0; depth + distance < MAX_LEVELS; depth++) {
                long wallets = depth == 0 ? 1 : below(row, depth);
                int column = BELOW + depth + distance - 1;
                rows.set(above, column, rows.get(above, column) + sign * wallets);
            }
            distance++;
        }
    }

    /** Wallets at a distance of 1 to 7 below. */
    private long below(int row, int distance) {
        return rows.get(row, BELOW + distance - 1);
    }

    /** Wallets below, at any distance. */
    long below(int row) {
        long sum = 0;
        for (int distance = 1; distance < MAX_LEVELS; distance++) {
            sum += below(row, distance);
        }
        return sum;
    }

    int wallet(int row) {
        return (int) rows.get(row, WALLET);
    }

    /** The row of the wallet right above, -1 at the top. */
    int parent(int row) {
        return (int) rows.get(row, PARENT);
    }

    boolean isKilled(int row) {
        return rows.get(row, KILLED) != 0;
    }

    void kill(int row, boolean on) {
        rows.set(row, KILLED, on ? 1 : 0);
    }

    int firstBudget(int row) {
        return (int) rows.get(row, FIRST_BUDGET);
    }

    void firstBudget(int row, int budget) {
        rows.set(row, FIRST_BUDGET, budget);
    }

    int firstCounterparty(int row) {
        return (int) rows.get(row, FIRST_COUNTERPARTY);
    }

    int counterparties(int row) {
        return (int) rows.get(row, COUNTERPARTIES);
    }

    void counterparties(int row, int first, int count) {
        rows.set(row, FIRST_COUNTERPARTY, first);
        rows.set(row, COUNTERPARTIES, count);
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
        return hash(wallet(row));
    }

    @Override
    public boolean isWanted(int row) {
        return wallet(row) == wantedWallet;
    }

    private static long hash(int wallet) {
        return Hashing.mix(wallet, 0);
    }
}
