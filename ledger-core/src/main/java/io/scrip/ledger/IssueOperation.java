package io.scrip.ledger;

import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import org.agrona.DirectBuffer;

/** Lets value enter: debits the token's issuance account, credits a wallet's main account. */
final class IssueOperation {
    private final LedgerState state;
    private final Posting posting;
    private final IssueDecoder command = new IssueDecoder();

    IssueOperation(LedgerState state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    Outcome apply(DirectBuffer buffer, int offset, int length, Decision decision) {
        command.wrap(
                buffer, offset + MessageShape.HEADER_BYTES, IssueDecoder.BLOCK_LENGTH, IssueDecoder.SCHEMA_VERSION);
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
        if (command.caller().role() != Role.OPERATOR) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        int from = state.tokens.issuanceAccount(token);
        int to = state.mainAccount(toWallet, token);
        if (posting.check(from, to, command.amount(), decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        // From here on it must succeed.
        posting.post(decision, toWallet, token, buffer, offset, length);
        return Outcome.APPLIED;
    }
}
