package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.Role;

/** Records the hash of an operator key. The host sends it on the first start, an operator to add another. */
final class RegisterOperatorKeyOperation {
    private final LedgerState state;
    private final RegisterOperatorKeyDecoder command = new RegisterOperatorKeyDecoder();

    RegisterOperatorKeyOperation(LedgerState state) {
        this.state = state;
    }

    Outcome apply(Decision decision) {
        command.wrap(
                decision.command,
                decision.block(),
                RegisterOperatorKeyDecoder.BLOCK_LENGTH,
                RegisterOperatorKeyDecoder.SCHEMA_VERSION);
        if (command.caller().role() != Role.OPERATOR && command.caller().role() != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        state.addOperatorKey(command.keyHashHigh(), command.keyHashLow());
        return Outcome.APPLIED;
    }
}
