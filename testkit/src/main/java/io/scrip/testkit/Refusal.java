package io.scrip.testkit;

import io.scrip.protocol.Outcome;
import java.math.BigInteger;

/** Ends a decision of the model with a refusal and the numbers that explain it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final Outcome outcome;
    final long needed;
    final long available;
    final long limit;
    final long wallet;

    private Refusal(Outcome outcome, long needed, long available, long limit, long wallet) {
        super(outcome.name(), null, false, false);
        this.outcome = outcome;
        this.needed = needed;
        this.available = available;
        this.limit = limit;
        this.wallet = wallet;
    }

    static void when(boolean failed, Outcome outcome) {
        if (failed) {
            throw new Refusal(outcome, 0, 0, 0, 0);
        }
    }

    static void when(boolean failed, Outcome outcome, BigInteger needed, BigInteger available, BigInteger limit) {
        if (failed) {
            throw new Refusal(
                    outcome, NaiveAccount.shown(needed), NaiveAccount.shown(available), NaiveAccount.shown(limit), 0);
        }
    }

    static void when(boolean failed, Outcome outcome, long needed, long available, long limit) {
        if (failed) {
            throw new Refusal(outcome, needed, available, limit, 0);
        }
    }

    static void forWallet(boolean failed, Outcome outcome, long wallet) {
        if (failed) {
            throw new Refusal(outcome, 0, 0, 0, wallet);
        }
    }
}
