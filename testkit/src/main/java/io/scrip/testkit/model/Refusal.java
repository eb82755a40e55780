package io.scrip.testkit.model;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.math.BigInteger;

/** Ends a decision of the model with a refusal and the numbers that explain it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final Outcome outcome;
    final long needed;
    final long available;
    final long limit;
    final long wallet;
    final SpendingWindow window;

    private Refusal(Outcome outcome, long needed, long available, long limit, long wallet, SpendingWindow window) {
        super(outcome.name(), null, false, false);
        this.outcome = outcome;
        this.needed = needed;
        this.available = available;
        this.limit = limit;
        this.wallet = wallet;
        this.window = window;
    }

    static void when(boolean failed, Outcome outcome) {
        when(failed, outcome, 0, 0, 0);
    }

    static void when(boolean failed, Outcome outcome, BigInteger needed, BigInteger available, BigInteger limit) {
        if (failed) {
            when(true, outcome, Numbers.shown(needed), Numbers.shown(available), Numbers.shown(limit));
        }
    }

    static void when(boolean failed, Outcome outcome, long needed, long available, long limit) {
        if (failed) {
            throw new Refusal(outcome, needed, available, limit, 0, SpendingWindow.NONE);
        }
    }

    static void forWallet(boolean failed, Outcome outcome, long wallet) {
        if (failed) {
            throw new Refusal(outcome, 0, 0, 0, wallet, SpendingWindow.NONE);
        }
    }

    /** By a rule of a wallet. */
    static Refusal byRule(
            Outcome outcome, BigInteger needed, BigInteger left, BigInteger cap, long wallet, SpendingWindow window) {
        return new Refusal(outcome, Numbers.shown(needed), Numbers.shown(left), Numbers.shown(cap), wallet, window);
    }
}
