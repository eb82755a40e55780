package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.Role;

/** Adds a token, and the platform's issuance account for it: the only account that may fall below zero unasked. */
final class RegisterTokenOperation {
    private final LedgerState state;
    private final RegisterTokenDecoder command = new RegisterTokenDecoder();

    RegisterTokenOperation(LedgerState state) {
        this.state = state;
    }

    Outcome apply(Decision decision) {
        command.wrap(
                decision.command,
                decision.block(),
                RegisterTokenDecoder.BLOCK_LENGTH,
                RegisterTokenDecoder.SCHEMA_VERSION);
        if (state.tokens.find(command.token()) >= 0) {
            return decision.refuse(Outcome.TOKEN_EXISTS);
        }
        if (state.tokens.count() == Tokens.MAX_TOKENS) {
            return decision.refuse(Outcome.TOO_MANY_TOKENS, 1, 0, Tokens.MAX_TOKENS);
        }
        if (command.caller().role() != Role.OPERATOR && command.caller().role() != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        int token = state.tokens.register(command.token(), command.scale(), command.transferable() == 1);
        int account = state.openAccount(Wallets.PLATFORM_ROW, token, Accounts.ISSUANCE, Accounts.NO_FLOOR);
        state.tokens.issuanceAccount(token, account);
        return Outcome.APPLIED;
    }
}
