package io.scrip.testkit.model;

/** Names an account: a wallet's number, a token's packed code, and what the account is for. */
public record AccountKey(long wallet, long token, int code) {
    public static final int MAIN = 0;
    public static final int ISSUANCE = 1;
    public static final int STAKE = 2;
    public static final int REVENUE = 4;
    public static final int BREAKAGE = 5;
    private static final int FIRST_OWN = 256;

    /** Whether a client may name it: not the issuance account, and none of the codes that are kept for later. */
    public static boolean isUsable(int code) {
        return code == MAIN || (code >= STAKE && code <= BREAKAGE) || code >= FIRST_OWN;
    }

    /** Whether its code is of the owner's choice. */
    boolean isOwn() {
        return code >= FIRST_OWN;
    }

    /** The platform's own purses take value without its terms. */
    boolean isPurse() {
        return code == ISSUANCE || code == REVENUE || code == BREAKAGE;
    }
}
