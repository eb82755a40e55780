package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.TransferKind;

/** Sets the fee schedule of a kind of transfers for every command after this one. */
final class SetFeeOperation {
    private final LedgerState state;
    private final SetFeeDecoder command = new SetFeeDecoder();

    SetFeeOperation(LedgerState state) {
        this.state = state;
    }

    Outcome apply(Decision decision) {
        command.wrap(decision.command, decision.block(), SetFeeDecoder.BLOCK_LENGTH, SetFeeDecoder.SCHEMA_VERSION);
        boolean sound = command.basisPoints() >= 0
                && command.basisPoints() <= Fees.MAX_BASIS_POINTS
                && command.minimum() >= 0
                && command.maximum() >= command.minimum()
                && command.kind() != TransferKind.PLAIN;
        if (!sound) {
            return decision.refuse(Outcome.BAD_FEE, command.basisPoints(), 0, Fees.MAX_BASIS_POINTS);
        }
        int revenue = state.wallets.rowOf(command.revenueWallet());
        if (revenue < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        if (state.wallets.isClosed(revenue)) {
            return decision.refuse(Outcome.CLOSED);
        }
        if (command.caller().role() != Role.OPERATOR && command.caller().role() != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        state.fees.change(
                command.kind().value(),
                command.basisPoints(),
                command.minimum(),
                command.maximum(),
                command.payer(),
                revenue);
        decision.wallet = command.revenueWallet();
        return Outcome.APPLIED;
    }
}
