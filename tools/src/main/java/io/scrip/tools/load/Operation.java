package io.scrip.tools.load;

import java.util.Locale;

/** What a load consists of. */
public enum Operation {
    /** Moves a small amount from one wallet to another; with {@code --batch} many in one request. */
    TRANSFER,
    /** Reserves a small amount for an hour. */
    HOLD,
    /** Takes all of the oldest hold of the same connection; a hold instead when there is none. */
    CAPTURE,
    /** Gives the oldest hold of the same connection back, by its payee; a hold instead when there is none. */
    VOID,
    /** Reads a wallet with its balances. */
    BALANCE,
    /** Reads the newest ten movements of a wallet. */
    HISTORY;

    /** As it is written on a command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
