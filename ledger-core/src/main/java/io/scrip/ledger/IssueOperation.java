package io.scrip.ledger;

import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;

/** Lets value enter: debits the token's issuance account, credits a wallet's main account. */
final class IssueOperation {
    private final LedgerState state;
    private final Posting posting;
    private final IssueDecoder command = new IssueDecoder();
    private final LotTerms terms = new LotTerms();

    IssueOperation(LedgerState state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    Outcome apply(Decision decision) {
        command.wrap(decision.command, decision.block(), IssueDecoder.BLOCK_LENGTH, IssueDecoder.SCHEMA_VERSION);
        if (command.amount() <= 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        if (readTerms(decision) != Outcome.APPLIED) {
            return decision.outcome;
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
        posting.issue(decision, terms);
        return Outcome.APPLIED;
    }

    /** Plain value has no terms; a lot is good for a while that is not over yet, and a bonus is never convertible. */
    private Outcome readTerms(Decision decision) {
        LotTermsDecoder given = command.terms();
        LotCategory category = given.category();
        if (category == LotCategory.PLAIN) {
            terms.plain();
            boolean empty = (given.priority() | given.effectiveAt() | given.expiresAt() | given.convertibleFrom()) == 0;
            return empty ? Outcome.APPLIED : decision.refuse(Outcome.BAD_TERMS);
        }
        long earliest = Math.min(given.effectiveAt(), given.convertibleFrom());
        if (earliest < 0) {
            return decision.refuse(Outcome.BAD_TERMS, earliest, 0, 0);
        }
        long effectiveNs = given.effectiveAt() == 0 ? decision.timestampNs : given.effectiveAt();
        long goodFromNs = Math.max(effectiveNs, decision.timestampNs);
        if (given.expiresAt() <= goodFromNs) {
            return decision.refuse(Outcome.BAD_TERMS, given.expiresAt(), 0, goodFromNs);
        }
        boolean promotional = category == LotCategory.PROMOTIONAL;
        terms.set(
                category,
                given.priority(),
                effectiveNs,
                given.expiresAt(),
                promotional ? Lots.NEVER : given.convertibleFrom());
        return Outcome.APPLIED;
    }
}
