package io.scrip.ledger;

import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.Role;

/**
 * Who may set the rules of a wallet: the operator, and every wallet above it. What one of them has set, those further
 * down do not change.
 */
final class Authority {
    /** Stands for the operator where a rule remembers who set it. */
    static final long OPERATOR = 0;

    private final LedgerState state;

    Authority(LedgerState state) {
        this.state = state;
    }

    static boolean isOperator(CallerDecoder caller) {
        return caller.role() == Role.OPERATOR || caller.role() == Role.SYSTEM;
    }

    static boolean isWallet(CallerDecoder caller, int wallet) {
        return caller.role() == Role.WALLET && caller.wallet() == Wallets.numberOf(wallet);
    }

    /** Whether the caller is the operator or stands above the wallet. */
    boolean controls(CallerDecoder caller, int wallet) {
        if (isOperator(caller)) {
            return true;
        }
        int row = caller.role() == Role.WALLET ? state.wallets.rowOf(caller.wallet()) : -1;
        return row >= 0 && state.controls.isAbove(row, wallet);
    }

    /** Names the wallet in the answer, refused or not, if the caller may know that there is one. */
    void reveal(Decision decision, CallerDecoder caller, int wallet) {
        if (isWallet(caller, wallet) || controls(caller, wallet)) {
            decision.wallet = Wallets.numberOf(wallet);
        }
    }

    /** Whether the caller may change a rule that {@code setter} has set. */
    boolean mayChange(CallerDecoder caller, long setter) {
        if (isOperator(caller)) {
            return true;
        }
        return setter != OPERATOR
                && !state.controls.isAbove(state.wallets.rowOf(setter), state.wallets.rowOf(caller.wallet()));
    }

    /** What a rule remembers of who set it. */
    static long setter(CallerDecoder caller) {
        return isOperator(caller) ? OPERATOR : caller.wallet();
    }
}
