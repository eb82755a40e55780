package io.scrip.ledger;

import io.scrip.protocol.BalancesEncoder;

/**
 * All accounts: the four totals, the bounds, and what finds them. Ten longs a row and an index entry.
 *
 * <p>{@code debitsPosted} and {@code creditsPosted} only grow. Every sum of two totals of one account stays below
 * 2^63 because {@link #debitOverflows} and {@link #creditOverflows} are asked before anything is written.
 */
final class Accounts implements RowIndex.Keys {
    /** Codes of a wallet's accounts in one token: what value is kept in for what purpose. */
    static final int MAIN = 0;

    static final int ISSUANCE = 1;
    static final int STAKE = 2;
    static final int ESCROW = 3;
    static final int REVENUE = 4;
    static final int BREAKAGE = 5;
    /** Codes from here to 65,535 are the owner's to use; those between are kept for what comes. */
    static final int FIRST_FREE_CODE = 256;

    /** Most accounts with such codes in one wallet: whoever looks at a whole wallet walks over no more. */
    static final int MAX_OWN_ACCOUNTS = 1024;

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
    /** Low 32 bits: the wallet's account opened before this one, or -1. High bits: flags. */
    private static final int NEXT_AND_FLAGS = 9;

    private static final int COLUMNS = 10;

    static final long FROZEN = 1;
    static final long CLOSED = 2;
    /** The same for the whole wallet, kept with each of its accounts so that a transfer looks in one place. */
    static final long WALLET_FROZEN = 4;

    static final long WALLET_CLOSED = 8;
    /** On a main account: the wallet has a stake vault in this token. */
    static final long HAS_STAKE = 16;
    /** It holds lots, or has held some. */
    static final long HAS_LOTS = 1 << 6;
    /** The wallet has a row in {@link Controls}. */
    static final long CONTROLLED = 1 << 8;
    /** The account has a velocity limit over the shortest window; the next flags say the same of the longer ones. */
    static final long LIMITED = 1 << 9;
    /** Any reason to look at limits and budgets at all. */
    static final long HAS_RULES = CONTROLLED | LIMITED * 0b1111;

    private static final int DEBITS_POSTED_AT = BalancesEncoder.debitsPostedEncodingOffset();
    private static final int CREDITS_POSTED_AT = BalancesEncoder.creditsPostedEncodingOffset();
    private static final int DEBITS_PENDING_AT = BalancesEncoder.debitsPendingEncodingOffset();
    private static final int CREDITS_PENDING_AT = BalancesEncoder.creditsPendingEncodingOffset();
    private static final int FLOOR_AT = BalancesEncoder.floorEncodingOffset();
    private static final int CEILING_AT = BalancesEncoder.ceilingEncodingOffset();
    private static final int VERSION_AT = BalancesEncoder.versionEncodingOffset();

    private final Tokens tokens;
    private final RowTable table;
    private final RowIndex index;
    private final LotSums lotSums;
    private long wantedKey;

    Accounts(Tokens tokens, Undo undo) {
        this.tokens = tokens;
        table = new RowTable(COLUMNS, undo);
        index = new RowIndex(this, undo);
        lotSums = new LotSums(undo);
        int untouched = table.append();
        table.setForGood(untouched, CEILING, NO_CEILING);
    }

    /** The row of a wallet's account, -1 when it was never opened. */
    int find(int walletRow, int tokenRow, int code) {
        wantedKey = key(walletRow, tokenRow, code);
        return index.find(hash(wantedKey));
    }

    /** Whether this row is there and that wallet's main account in the token. */
    boolean isMainOf(int row, int walletRow, int tokenRow) {
        return row != UNTOUCHED && row < table.rows() && table.get(row, KEY) == key(walletRow, tokenRow, MAIN);
    }

    /** Touches a row that is probably there, at both ends, for it may lie in two cache lines. */
    long lookAt(int row) {
        return row < table.rows() ? table.get(row, DEBITS_POSTED) + table.get(row, NEXT_AND_FLAGS) : 0;
    }

    /** Touches where looking for a main account begins. */
    long lookAtMain(int walletRow, int tokenRow) {
        return index.lookAt(hash(key(walletRow, tokenRow, MAIN)));
    }

    /** Encodes what the row itself says. */
    void encode(int row, BalancesEncoder encoder) {
        long[] page = table.page(row);
        int at = table.placeInPage(row);
        encoder.debitsPosted(page[at + DEBITS_POSTED])
                .creditsPosted(page[at + CREDITS_POSTED])
                .debitsPending(page[at + DEBITS_PENDING])
                .creditsPending(page[at + CREDITS_PENDING])
                .floor(page[at + FLOOR])
                .ceiling(page[at + CEILING])
                .version(page[at + VERSION]);
    }

    /** The same into an array, at the places that the schema gives. */
    void put(int row, byte[] bytes, int at) {
        long[] page = table.page(row);
        int first = table.placeInPage(row);
        LittleEndian.putLong(bytes, at + DEBITS_POSTED_AT, page[first + DEBITS_POSTED]);
        LittleEndian.putLong(bytes, at + CREDITS_POSTED_AT, page[first + CREDITS_POSTED]);
        LittleEndian.putLong(bytes, at + DEBITS_PENDING_AT, page[first + DEBITS_PENDING]);
        LittleEndian.putLong(bytes, at + CREDITS_PENDING_AT, page[first + CREDITS_PENDING]);
        LittleEndian.putLong(bytes, at + FLOOR_AT, page[first + FLOOR]);
        LittleEndian.putLong(bytes, at + CEILING_AT, page[first + CEILING]);
        LittleEndian.putLong(bytes, at + VERSION_AT, page[first + VERSION]);
    }

    int open(int walletRow, int tokenRow, int code, long floor, long ceiling, int nextOfWallet, long flags) {
        int row = table.append();
        long key = key(walletRow, tokenRow, code);
        table.setForGood(row, FLOOR, floor);
        table.setForGood(row, CEILING, ceiling);
        table.setForGood(row, KEY, key);
        table.setForGood(row, NEXT_AND_FLAGS, (nextOfWallet & 0xFFFF_FFFFL) | (flags << 32));
        index.add(hash(key), row);
        tokens.countAccount(tokenRow);
        return row;
    }

    /** Posts: debits one account, credits the other. Everything was checked; it cannot fail. */
    void post(int from, int to, long amount, long eventSequence) {
        add(from, DEBITS_POSTED, amount);
        add(to, CREDITS_POSTED, amount);
        tokens.addDebit(tokenRow(from), amount);
        tokens.addCredit(tokenRow(to), amount);
        touch(from, eventSequence);
        touch(to, eventSequence);
    }

    /** Reserves, or gives back when the amount is negative. */
    void reserve(int from, int to, long amount, long eventSequence) {
        add(from, DEBITS_PENDING, amount);
        add(to, CREDITS_PENDING, amount);
        touch(from, eventSequence);
        touch(to, eventSequence);
    }

    /** Whether clients may name an account with this code: not the issuance account, nothing kept for later. */
    static boolean isUsable(int code) {
        return code == MAIN || (code >= STAKE && code <= BREAKAGE) || code >= FIRST_FREE_CODE;
    }

    /** Turns what was reserved into what is posted. */
    void capture(int from, int to, long amount, long eventSequence) {
        add(from, DEBITS_PENDING, -amount);
        add(to, CREDITS_PENDING, -amount);
        post(from, to, amount, eventSequence);
    }

    private void add(int row, int column, long amount) {
        long value = table.get(row, column) + amount;
        if (value < 0) {
            throw new LedgerFault("a total of account " + row + " fell below zero or overflowed");
        }
        table.set(row, column, value);
    }

    /** Something about the account changed that is no total of it. */
    void touch(int row, long eventSequence) {
        table.set(row, VERSION, version(row) + 1);
        table.set(row, LAST_EVENT, eventSequence);
    }

    void bounds(int row, long floor, long ceiling) {
        table.set(row, FLOOR, floor);
        table.set(row, CEILING, ceiling);
        table.set(row, VERSION, version(row) + 1);
    }

    long flags(int row) {
        return table.get(row, NEXT_AND_FLAGS) >>> 32;
    }

    void flags(int row, long flags) {
        table.set(row, NEXT_AND_FLAGS, (table.get(row, NEXT_AND_FLAGS) & 0xFFFF_FFFFL) | (flags << 32));
        table.set(row, VERSION, version(row) + 1);
    }

    /** Sets or clears a flag that says where to look, which is no change of the account. */
    void mark(int row, long flag, boolean on) {
        long both = table.get(row, NEXT_AND_FLAGS);
        table.set(row, NEXT_AND_FLAGS, on ? both | flag << 32 : both & ~(flag << 32));
    }

    /** Nothing in it and nothing pending: what closing asks for. */
    boolean isEmpty(int row) {
        long lots = hasLots(row) ? lotSums.total(row) : 0;
        return posted(row) == 0 && lots == 0 && (debitsPending(row) | creditsPending(row)) == 0;
    }

    boolean debitOverflows(int row, long amount) {
        return debitsPosted(row) + debitsPending(row) + amount < 0;
    }

    boolean creditOverflows(int row, long amount) {
        return creditsPosted(row) + creditsPending(row) + amount < 0;
    }

    /** What may still be debited; held at the largest long when the floor is far below. */
    long available(int row) {
        return availableAfter(row, 0);
    }

    /** What could still be debited after a change of posted and pending that is known not to overflow. */
    long availableAfter(int row, long change) {
        if (floor(row) == NO_FLOOR) {
            return Long.MAX_VALUE;
        }
        long free = creditsPosted(row) - debitsPosted(row) - debitsPending(row);
        return subtractSaturated(free - withheld(row) + change, floor(row));
    }

    /** What is posted in lots that are not good yet. */
    long withheld(int row) {
        return hasLots(row) ? lotSums.withheld(row) : 0;
    }

    boolean hasLots(int row) {
        return (flags(row) & HAS_LOTS) != 0;
    }

    void markLots(int row) {
        if (!hasLots(row)) {
            mark(row, HAS_LOTS, true);
        }
    }

    LotSums lotSums() {
        return lotSums;
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
        return (int) table.get(row, NEXT_AND_FLAGS);
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

    void index() {
        index.addAll(UNTOUCHED + 1, table.rows(), null);
        lotSums.index();
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

    private static long subtractSaturated(long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return difference;
    }
}
