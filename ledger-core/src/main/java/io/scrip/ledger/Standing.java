package io.scrip.ledger;

import io.scrip.protocol.Outcome;

/** Whether the accounts of a movement are open and not frozen; the one that gets the fee counts with the payee's. */
final class Standing {
    private Standing() {}

    static Outcome check(Decision decision) {
        if (decision.from.isClosed()) {
            return decision.refuse(Outcome.FROM_CLOSED);
        }
        boolean withFee = decision.schedule != Fees.NO_SCHEDULE;
        if (decision.to.isClosed() || (withFee && decision.revenue.isClosed())) {
            return decision.refuse(Outcome.TO_CLOSED);
        }
        if (decision.from.isFrozen()) {
            return decision.refuse(Outcome.FROM_FROZEN);
        }
        if (decision.to.isFrozen() || (withFee && decision.revenue.isFrozen())) {
            return decision.refuse(Outcome.TO_FROZEN);
        }
        return Outcome.APPLIED;
    }
}
