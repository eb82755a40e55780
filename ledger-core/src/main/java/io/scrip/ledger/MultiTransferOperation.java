package io.scrip.ledger;

import io.scrip.protocol.LegKind;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;

/**
 * Several movements in one command, all or nothing. Legs are decided in order, each on top of those before it; the
 * first that fails gives the outcome, and what was written before it is taken back.
 */
final class MultiTransferOperation {
    private final LedgerState state;
    private final Posting posting;
    private final EventWriter events;
    private final MultiTransferDecoder command = new MultiTransferDecoder();

    MultiTransferOperation(LedgerState state, Posting posting, EventWriter events) {
        this.state = state;
        this.posting = posting;
        this.events = events;
    }

    Outcome apply(Decision decision) {
        command.wrap(
                decision.command,
                decision.block(),
                MultiTransferDecoder.BLOCK_LENGTH,
                MultiTransferDecoder.SCHEMA_VERSION);
        int undoMark = state.undo.begin();
        int eventMark = events.hold();
        // Known before the first leg: the lots it delivers are as old as that.
        decision.eventSequence = state.lastEventSequence + 1;
        MultiTransferDecoder.LegsDecoder legs = command.legs();
        decision.legCount = legs.count();
        while (legs.hasNext()) {
            legs.next();
            if (checkLeg(legs, decision) != Outcome.APPLIED) {
                state.undo.rollback(undoMark);
                events.drop(eventMark);
                return decision.outcome;
            }
            posting.postLeg(decision, LegKind.TRANSFER);
        }
        state.undo.commit();
        events.release();
        return Outcome.APPLIED;
    }

    private Outcome checkLeg(MultiTransferDecoder.LegsDecoder leg, Decision decision) {
        if (leg.amount() <= 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        if (leg.from() == leg.to() && leg.fromAccount() == leg.toAccount()) {
            return decision.refuse(Outcome.SAME_WALLET);
        }
        int token = state.tokens.find(leg.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        decision.token = leg.token();
        int fromWallet = state.wallets.rowOf(leg.from());
        if (fromWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_FROM);
        }
        int toWallet = state.wallets.rowOf(leg.to());
        if (toWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_TO);
        }
        if (!state.tokens.isTransferable(token) && fromWallet != toWallet) {
            return decision.refuse(Outcome.NOT_TRANSFERABLE);
        }
        if (!Accounts.isUsable(leg.fromAccount()) || !Accounts.isUsable(leg.toAccount())) {
            return decision.refuse(Outcome.UNKNOWN_ACCOUNT);
        }
        decision.from.find(fromWallet, token, leg.fromAccount());
        decision.to.find(toWallet, token, leg.toAccount());
        if (!decision.to.mayBeOpen()) {
            return decision.refuse(Outcome.TOO_MANY_ACCOUNTS, 1, 0, Accounts.MAX_OWN_ACCOUNTS);
        }
        if (Standing.check(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        boolean own = command.caller().role() == Role.WALLET && command.caller().wallet() == leg.from();
        boolean byTheDoor = leg.from() == leg.to() || leg.toAccount() == Accounts.MAIN;
        if (command.caller().role() != Role.SYSTEM && !(own && byTheDoor)) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        if (command.applyBefore() != 0 && decision.timestampNs >= command.applyBefore()) {
            return decision.refuse(Outcome.TOO_LATE, 0, decision.timestampNs, command.applyBefore());
        }
        if (posting.check(decision, leg.amount()) != Outcome.APPLIED) {
            return decision.outcome;
        }
        return posting.spending.check(decision);
    }
}
