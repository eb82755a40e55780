package io.scrip.testkit;

/** Names an account: a wallet's number, a token's packed code, and what the account is for. */
record AccountKey(long wallet, long token, int code) {
    static final int MAIN = 0;
    static final int ISSUANCE = 1;
    static final int STAKE = 2;
    static final int REVENUE = 4;

    /** Whether a client may name it: not the issuance account, and none of the codes that are kept for later. */
    static boolean isUsable(int code) {
        return code == MAIN || (code >= STAKE && code <= 5) || code >= 256;
    }
}
