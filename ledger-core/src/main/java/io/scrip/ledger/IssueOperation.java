package io.scrip.ledger;

import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;

/** Lets value enter: debits the token's issuance account, credits a wallet's main account. */
final class IssueOperation {
    private final LedgerState state;
    private final Posting posting;
    private final IssueDecoder command = new IssueDecoder();

    IssueOperation(LedgerState state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    Outcome apply(Decision decision) {
        command.wrap(decision.command, decision.block(), IssueDecoder.BLOCK_LENGTH, IssueDecoder.SCHEMA_VERSION);
        if (command.amount() <= 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        int token = state.tokens.find(command.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int toWallet = state.wallets.rowOf(command.to());
        if (toWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_TO);
        }
        decision.from.at(state.tokens.issuanceAccount(token));
        decision.to.find(toWallet, token, Accounts.MAIN);
        if (Standing.check(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        if (command.caller().role() != Role.OPERATOR && command.caller().role() != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        if (posting.check(decision, command.amount()) != Outcome.APPLIED) {
            return decision.outcome;
        }
        // From here on it must succeed.
        posting.post(decision, LegKind.ISSUE);
        return Outcome.APPLIED;
    }
}
