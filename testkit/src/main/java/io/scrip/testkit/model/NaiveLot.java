package io.scrip.testkit.model;

import io.scrip.protocol.LotCategory;
import java.math.BigInteger;
import java.util.Comparator;

/**
 * Value with terms in an account, or set aside with a hold.
 *
 * @param number     counts all lots in the order they came into being
 * @param event      first event of the decision that made it
 * @param deadlineNs when it becomes good, or expires; never for what is held
 */
record NaiveLot(long number, long event, Terms terms, BigInteger amount, long deadlineNs) {
    /** What burns first: see the specification. Promotional stands above paid in the enum, and burns first. */
    static final Comparator<NaiveLot> BURN_DOWN = Comparator.<NaiveLot>comparingInt(
                    lot -> lot.terms().priority())
            .thenComparingLong(lot -> lot.terms().expiresNs())
            .thenComparing(lot -> lot.terms().category() == LotCategory.PROMOTIONAL ? 0 : 1)
            .thenComparingLong(lot -> lot.terms().effectiveNs())
            .thenComparingLong(NaiveLot::number);

    NaiveLot withAmount(BigInteger newAmount) {
        return new NaiveLot(number, event, terms, newAmount, deadlineNs);
    }

    NaiveLot withoutDeadline() {
        return new NaiveLot(number, event, terms, amount, Terms.NEVER);
    }
}
