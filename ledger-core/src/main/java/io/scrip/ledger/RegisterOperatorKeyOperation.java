package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.Role;
import org.agrona.DirectBuffer;

/** Records the hash of an operator key. The host sends it on the first start, an operator to add another. */
final class RegisterOperatorKeyOperation {
    private final LedgerState state;
    private final RegisterOperatorKeyDecoder command = new RegisterOperatorKeyDecoder();

    RegisterOperatorKeyOperation(LedgerState state) {
        this.state = state;
    }

    Outcome apply(DirectBuffer buffer, int offset, Decision decision) {
        command.wrap(
                buffer,
                offset + MessageShape.HEADER_BYTES,
                RegisterOperatorKeyDecoder.BLOCK_LENGTH,
                RegisterOperatorKeyDecoder.SCHEMA_VERSION);
        if (command.caller().role() != Role.OPERATOR && command.caller().role() != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        state.operatorKeys.addLong(command.keyHashHigh());
        state.operatorKeys.addLong(command.keyHashLow());
        return Outcome.APPLIED;
    }
}
