package io.scrip.ledger;

import org.agrona.collections.Long2LongHashMap;

/** The registered units of value, in order of registration. Few: an int a token in every account's key would do. */
final class Tokens {
    /** As many as a wallet's answer can list. */
    static final int MAX_TOKENS = 256;

    static final int MAX_SCALE = 18;

    private static final int CODE = 0;
    private static final int SCALE = 1;
    private static final int TRANSFERABLE = 2;
    private static final int ISSUANCE_ACCOUNT = 3;
    private static final int COLUMNS = 4;

    private final RowTable table;
    private final Long2LongHashMap rowByCode = new Long2LongHashMap(-1);

    Tokens(Undo undo) {
        table = new RowTable(COLUMNS, undo);
    }

    int find(long code) {
        return (int) rowByCode.get(code);
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
