package io.scrip.ledger;

import io.scrip.protocol.Outcome;

/** Whether both accounts of a movement are open and not frozen. */
final class Standing {
    private Standing() {}

    static Outcome check(Decision decision) {
        if (decision.from.isClosed()) {
            return decision.refuse(Outcome.FROM_CLOSED);
        }
        if (decision.to.isClosed()) {
            return decision.refuse(Outcome.TO_CLOSED);
        }
        if (decision.from.isFrozen()) {
            return decision.refuse(Outcome.FROM_FROZEN);
        }
        if (decision.to.isFrozen()) {
            return decision.refuse(Outcome.TO_FROZEN);
        }
        return Outcome.APPLIED;
    }
}
