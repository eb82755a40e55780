package io.scrip.ledger;

/**
 * All accounts: the four totals, the bounds, and what finds them. Ten longs a row and an index entry.
 *
 * <p>{@code debitsPosted} and {@code creditsPosted} only grow. Every sum of two totals of one account stays below
 * 2^63 because {@link #debitOverflows} and {@link #creditOverflows} are asked before anything is written.
 */
final class Accounts implements RowIndex.Keys {
    /** Codes of a wallet's accounts in one token. */
    static final int MAIN = 0;

    static final int ISSUANCE = 1;

    /** Row of an account that never moves: what a wallet has in a token it has never touched. */
    static final int UNTOUCHED = 0;

    /** Floor of an account that may fall without limit. */
    static final long NO_FLOOR = Long.MIN_VALUE;
    /** Ceiling of an account that may rise without limit. */
    static final long NO_CEILING = Long.MAX_VALUE;

    private static final int DEBITS_POSTED = 0;
    private static final int CREDITS_POSTED = 1;
    private static final int DEBITS_PENDING = 2;
    private static final int CREDITS_PENDING = 3;
    private static final int FLOOR = 4;
    private static final int CEILING = 5;
    private static final int VERSION = 6;
    private static final int LAST_EVENT = 7;
    private static final int KEY = 8;
    private static final int NEXT_OF_WALLET = 9;
    private static final int COLUMNS = 10;

    private final RowTable table;
    private final RowIndex index;
    private long wantedKey;

    Accounts(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        index = new RowIndex(this);
        int untouched = table.append();
        table.setForGood(untouched, CEILING, NO_CEILING);
    }

    /** The row of a wallet's account, -1 when it was never opened. */
    int find(int walletRow, int tokenRow, int code) {
        wantedKey = key(walletRow, tokenRow, code);
        return index.find(hash(wantedKey));
    }

    int open(int walletRow, int tokenRow, int code, long floor, long ceiling, int nextOfWallet) {
        int row = table.append();
        long key = key(walletRow, tokenRow, code);
        table.setForGood(row, FLOOR, floor);
        table.setForGood(row, CEILING, ceiling);
        table.setForGood(row, KEY, key);
        table.setForGood(row, NEXT_OF_WALLET, nextOfWallet);
        index.add(hash(key), row);
        return row;
    }

    /** Debits one account and credits another; both sides were checked. Returns nothing: it cannot fail. */
    void move(int fromRow, int toRow, long amount, long eventSequence) {
        table.set(fromRow, DEBITS_POSTED, debitsPosted(fromRow) + amount);
        table.set(fromRow, VERSION, version(fromRow) + 1);
        table.set(fromRow, LAST_EVENT, eventSequence);
        table.set(toRow, CREDITS_POSTED, creditsPosted(toRow) + amount);
        table.set(toRow, VERSION, version(toRow) + 1);
        table.set(toRow, LAST_EVENT, eventSequence);
    }

    boolean debitOverflows(int row, long amount) {
        return debitsPosted(row) + debitsPending(row) + amount < 0;
    }

    boolean creditOverflows(int row, long amount) {
        return creditsPosted(row) + creditsPending(row) + amount < 0;
    }

    /** What may still be debited; held at the largest long when the floor is far below. */
    long available(int row) {
        if (floor(row) == NO_FLOOR) {
            return Long.MAX_VALUE;
        }
        return subtractSaturated(creditsPosted(row) - debitsPosted(row) - debitsPending(row), floor(row));
    }

    /** What may still be credited; held at the largest long. */
    long room(int row) {
        if (ceiling(row) == NO_CEILING) {
            return Long.MAX_VALUE;
        }
        return subtractSaturated(ceiling(row), creditsPosted(row) + creditsPending(row) - debitsPosted(row));
    }

    long posted(int row) {
        return creditsPosted(row) - debitsPosted(row);
    }

    long debitsPosted(int row) {
        return table.get(row, DEBITS_POSTED);
    }

    long creditsPosted(int row) {
        return table.get(row, CREDITS_POSTED);
    }

    long debitsPending(int row) {
        return table.get(row, DEBITS_PENDING);
    }

    long creditsPending(int row) {
        return table.get(row, CREDITS_PENDING);
    }

    long floor(int row) {
        return table.get(row, FLOOR);
    }

    long ceiling(int row) {
        return table.get(row, CEILING);
    }

    long version(int row) {
        return table.get(row, VERSION);
    }

    long lastEvent(int row) {
        return table.get(row, LAST_EVENT);
    }

    /** The wallet's account opened before this one, -1 for its first. */
    int nextOfWallet(int row) {
        return (int) table.get(row, NEXT_OF_WALLET);
    }

    int walletRow(int row) {
        return (int) (table.get(row, KEY) >>> 32);
    }

    int tokenRow(int row) {
        return (int) (table.get(row, KEY) >>> 16) & 0xFFFF;
    }

    int code(int row) {
        return (int) table.get(row, KEY) & 0xFFFF;
    }

    /** Rows are 1 to this; row 0 is {@link #UNTOUCHED}. */
    int lastRow() {
        return table.rows() - 1;
    }

    RowTable table() {
        return table;
    }

    @Override
    public long hashOf(int row) {
        return hash(table.get(row, KEY));
    }

    @Override
    public boolean isWanted(int row) {
        return table.get(row, KEY) == wantedKey;
    }

    private static long key(int walletRow, int tokenRow, int code) {
        return ((long) walletRow << 32) | ((long) tokenRow << 16) | code;
    }

    private static long hash(long key) {
        return Hashing.mix(key, 0);
    }

    static long addSaturated(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    private static long subtractSaturated(long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return difference;
    }
}
