package io.scrip.ledger;

/**
 * One side of a movement while it is decided: an account of a wallet that may not have been opened yet. Until value
 * first reaches it, it reads as {@link Accounts#UNTOUCHED}.
 */
final class Party {
    int wallet;
    int token;
    int code;
    /** The account's row. */
    int row;

    private final LedgerState state;

    Party(LedgerState state) {
        this.state = state;
    }

    void clear() {
        wallet = 0;
        token = 0;
        code = 0;
        row = Accounts.UNTOUCHED;
    }

    void find(int walletRow, int tokenRow, int accountCode) {
        wallet = walletRow;
        token = tokenRow;
        code = accountCode;
        row = state.account(walletRow, tokenRow, accountCode);
    }

    /** An account that is already open. */
    void at(int accountRow) {
        wallet = state.accounts.walletRow(accountRow);
        token = state.accounts.tokenRow(accountRow);
        code = state.accounts.code(accountRow);
        row = accountRow;
    }

    Party copy() {
        Party copy = new Party(state);
        copy.become(this);
        return copy;
    }

    void become(Party other) {
        wallet = other.wallet;
        token = other.token;
        code = other.code;
        row = other.row;
    }

    /** Looks again: something may have opened the account since. */
    void refresh() {
        row = state.account(wallet, token, code);
    }

    /** Opens the account if this is the first time value reaches it. */
    void touch() {
        if (row == Accounts.UNTOUCHED) {
            row = state.find(wallet, token, code);
            if (row < 0) {
                row = state.openAccount(wallet, token, code, 0);
            }
        }
    }

    /** Whether the account is open, or the wallet may have one more. */
    boolean mayBeOpen() {
        return row != Accounts.UNTOUCHED
                || code < Accounts.FIRST_FREE_CODE
                || state.wallets.ownAccounts(wallet) < Accounts.MAX_OWN_ACCOUNTS;
    }

    /** Whether both are the same account, opened or not. */
    boolean isSame(Party other) {
        return wallet == other.wallet && token == other.token && code == other.code;
    }

    boolean isClosed() {
        return (flags() & (Accounts.CLOSED | Accounts.WALLET_CLOSED)) != 0;
    }

    boolean isFrozen() {
        return (flags() & (Accounts.FROZEN | Accounts.WALLET_FROZEN)) != 0;
    }

    private long flags() {
        return row == Accounts.UNTOUCHED ? state.wallets.flags(wallet) : state.accounts.flags(row);
    }
}
