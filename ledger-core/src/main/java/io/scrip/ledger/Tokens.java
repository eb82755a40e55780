package io.scrip.ledger;

import org.agrona.collections.Long2LongHashMap;

/**
 * The registered units of value, in order of registration, each with the sums over all accounts that hold it. Few: an
 * int a token in every account's key would do.
 */
final class Tokens {
    /** As many as a wallet's answer can list. */
    static final int MAX_TOKENS = 256;

    static final int MAX_SCALE = 18;

    private static final int CODE = 0;
    private static final int SCALE = 1;
    private static final int TRANSFERABLE = 2;
    private static final int ISSUANCE_ACCOUNT = 3;
    private static final int ACCOUNTS = 4;
    private static final int DEBITS_HIGH = 5;
    private static final int DEBITS_LOW = 6;
    private static final int CREDITS_HIGH = 7;
    private static final int CREDITS_LOW = 8;
    private static final int COLUMNS = 9;

    private final RowTable table;
    private final Long2LongHashMap rowByCode = new Long2LongHashMap(-1);

    /** What was found last; a token's row never changes. No code is 0. */
    private long lastCode;

    private int lastRow = -1;

    Tokens(Undo undo) {
        table = RowTable.ofFewRows(COLUMNS, undo);
    }

    int find(long code) {
        if (code != lastCode) {
            int row = (int) rowByCode.get(code);
            if (row < 0) {
                return row;
            }
            lastCode = code;
            lastRow = row;
        }
        return lastRow;
    }

    int register(long code, int scale, boolean transferable) {
        int row = table.append();
        table.setForGood(row, CODE, code);
        table.setForGood(row, SCALE, scale);
        table.setForGood(row, TRANSFERABLE, transferable ? 1 : 0);
        rowByCode.put(code, row);
        return row;
    }

    void issuanceAccount(int row, int accountRow) {
        table.setForGood(row, ISSUANCE_ACCOUNT, accountRow);
    }

    int issuanceAccount(int row) {
        return (int) table.get(row, ISSUANCE_ACCOUNT);
    }

    long code(int row) {
        return table.get(row, CODE);
    }

    int scale(int row) {
        return (int) table.get(row, SCALE);
    }

    boolean isTransferable(int row) {
        return table.get(row, TRANSFERABLE) == 1;
    }

    /** One more account has this token. */
    void countAccount(int row) {
        table.set(row, ACCOUNTS, accounts(row) + 1);
    }

    /** An account with this token was debited: the sum over all accounts grows with it. */
    void addDebit(int row, long amount) {
        add(row, DEBITS_HIGH, DEBITS_LOW, amount);
    }

    void addCredit(int row, long amount) {
        add(row, CREDITS_HIGH, CREDITS_LOW, amount);
    }

    /** 128 bits: a carry goes up when the low half, taken as unsigned, has become smaller. */
    private void add(int row, int high, int low, long amount) {
        long sum = table.get(row, low) + amount;
        table.set(row, low, sum);
        if (Long.compareUnsigned(sum, amount) < 0) {
            table.set(row, high, table.get(row, high) + 1);
        }
    }

    long accounts(int row) {
        return table.get(row, ACCOUNTS);
    }

    long debitsHigh(int row) {
        return table.get(row, DEBITS_HIGH);
    }

    long debitsLow(int row) {
        return table.get(row, DEBITS_LOW);
    }

    long creditsHigh(int row) {
        return table.get(row, CREDITS_HIGH);
    }

    long creditsLow(int row) {
        return table.get(row, CREDITS_LOW);
    }

    int count() {
        return table.rows();
    }

    RowTable table() {
        return table;
    }

    void index() {
        for (int row = 0; row < table.rows(); row++) {
            rowByCode.put(code(row), row);
        }
    }

    /** 1 to 8 characters A to Z and 0 to 9, the first in the lowest byte, then zeros. */
    static boolean isCode(long code) {
        long rest = code;
        int characters = 0;
        while (rest != 0) {
            int character = (int) (rest & 0xFF);
            boolean letter = character >= 'A' && character <= 'Z';
            boolean digit = character >= '0' && character <= '9';
            if (!letter && !digit) {
                return false;
            }
            rest >>>= 8;
            characters++;
        }
        return characters > 0;
    }
}
