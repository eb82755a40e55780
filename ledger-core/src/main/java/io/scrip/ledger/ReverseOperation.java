package io.scrip.ledger;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;

/**
 * Gives a posted movement back, wholly or in part, any number of times up to its amount, with the fee's share. The
 * original stands in the command, put there by the gateway from the event log; the core keeps only what was given
 * back. The payee may reverse, and the operator with a reason.
 *
 * <p>The fee's share goes first to whoever had paid it, so that a payee can give back the gross amount of which it got
 * the net: after x of the amount it is {@code halfEven(fee × reversed / amount)} less what was given back before.
 */
final class ReverseOperation {
    private final LedgerState state;
    private final Posting posting;
    private final EventWriter events;
    private final ReverseDecoder command = new ReverseDecoder();
    private final LotPieces original = new LotPieces();
    private final LotPieces originalFee = new LotPieces();
    private final LotPieces lots = new LotPieces();
    private final LotPieces feeLots = new LotPieces();

    ReverseOperation(LedgerState state, Posting posting, EventWriter events) {
        this.state = state;
        this.posting = posting;
        this.events = events;
    }

    Outcome apply(Decision decision) {
        command.wrap(decision.command, decision.block(), ReverseDecoder.BLOCK_LENGTH, ReverseDecoder.SCHEMA_VERSION);
        if (checkOriginal(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        long originalHigh = command.originalId().high();
        long originalLow = command.originalId().low();
        int found = state.reversals.find(originalHigh, originalLow);
        long before = state.reversals.amount(found);
        long left = command.originalAmount() - before;
        long amount = command.amount() == 0 ? left : command.amount();
        if (amount > left || amount <= 0) {
            return decision.refuse(Outcome.EXCEEDS_ORIGINAL, amount, left, command.originalAmount());
        }
        long feeBefore = state.reversals.fee(found);
        long feeAfter = Fees.share(command.originalFee(), before + amount, command.originalAmount());
        // What burned last is given back first, so that what burned first stays burned longest.
        lots.becomeStretch(original, left - amount, left);
        long feeLeft = command.originalFee() - feeBefore;
        feeLots.becomeStretch(originalFee, command.originalFee() - feeAfter, feeLeft);
        if (giveBack(decision, amount, feeAfter - feeBefore) == Outcome.APPLIED) {
            state.reversals.record(found, originalHigh, originalLow, before + amount, feeAfter);
        }
        return decision.outcome;
    }

    /** Reads what the original was made of; false when the pieces do not add up to it. */
    private boolean readLots() {
        original.clear();
        originalFee.clear();
        ReverseDecoder.LotsDecoder pieces = command.lots();
        long left = command.originalAmount();
        while (pieces.hasNext()) {
            pieces.next();
            left -= pieces.amount();
            if (left < 0) {
                return false;
            }
            read(pieces.terms(), original.add(pieces.amount()));
        }
        if (original.count() == 0) {
            original.add(left).plain();
            left = 0;
        }
        ReverseDecoder.FeeLotsDecoder feePieces = command.feeLots();
        long feeLeft = command.originalFee();
        while (feePieces.hasNext()) {
            feePieces.next();
            feeLeft -= feePieces.amount();
            if (feeLeft < 0) {
                return false;
            }
            read(feePieces.terms(), originalFee.add(feePieces.amount()));
        }
        if (originalFee.count() == 0 && feeLeft > 0) {
            originalFee.add(feeLeft).plain();
            feeLeft = 0;
        }
        return left == 0 && feeLeft == 0;
    }

    private static void read(LotTermsDecoder from, LotTerms terms) {
        if (from.category() == LotCategory.PLAIN) {
            terms.plain();
        } else {
            terms.set(from.category(), from.priority(), from.effectiveAt(), from.expiresAt(), from.convertibleFrom());
        }
    }

    private Outcome checkOriginal(Decision decision) {
        long amount = command.amount();
        if (amount < 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        int token = state.tokens.find(command.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int payer = state.wallets.rowOf(command.from());
        int payee = state.wallets.rowOf(command.to());
        int revenue = command.originalFee() == 0 ? payee : state.wallets.rowOf(command.revenueWallet());
        boolean senderPaid = command.originalFeePayer() == FeePayer.SENDER;
        boolean sound = command.originalAmount() > 0
                && command.originalFee() >= 0
                && (senderPaid || command.originalFee() <= command.originalAmount());
        if (payer < 0 || payee < 0 || revenue < 0 || !sound || !readLots()) {
            return decision.refuse(Outcome.ORIGINAL_MISMATCH);
        }
        decision.from.find(payee, token, command.toAccount());
        decision.to.find(payer, token, command.fromAccount());
        decision.revenue.find(revenue, token, Accounts.REVENUE);
        if (!decision.to.mayBeOpen()) {
            return decision.refuse(Outcome.TOO_MANY_ACCOUNTS, 1, 0, Accounts.MAX_OWN_ACCOUNTS);
        }
        if (checkStanding(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        Role role = command.caller().role();
        boolean own = role == Role.WALLET && command.caller().wallet() == command.to();
        if (!own && role != Role.OPERATOR && role != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        return Outcome.APPLIED;
    }

    /** As for every movement; who received a fee has to give back too. */
    private Outcome checkStanding(Decision decision) {
        boolean withFee = command.originalFee() != 0;
        if (withFee && decision.revenue.isClosed()) {
            return decision.refuse(Outcome.FROM_CLOSED);
        }
        if (Standing.check(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        return withFee && decision.revenue.isFrozen() ? decision.refuse(Outcome.FROM_FROZEN) : Outcome.APPLIED;
    }

    /** Two movements that succeed or fail together: the fee's share to who paid it, then the amount to the payer. */
    private Outcome giveBack(Decision decision, long amount, long fee) {
        int undoMark = state.undo.begin();
        int eventMark = events.hold();
        // Known before the first leg: the lots it gives back are as old as that.
        decision.eventSequence = state.lastEventSequence + 1;
        boolean senderPaid = command.originalFeePayer() == FeePayer.SENDER;
        Party payee = decision.from.copy();
        decision.legCount = fee > 0 ? 2 : 1;
        if (fee > 0) {
            Party payer = decision.to.copy();
            decision.from.become(decision.revenue);
            decision.to.become(senderPaid ? payer : payee);
            if (posting.check(decision, fee) == Outcome.APPLIED) {
                posting.giveBackLeg(decision, feeLots);
            }
            decision.from.become(payee);
            decision.to.become(payer);
        }
        if (decision.outcome == Outcome.APPLIED) {
            decision.from.refresh();
            decision.to.refresh();
            posting.check(decision, amount);
        }
        if (decision.outcome == Outcome.APPLIED) {
            posting.giveBackLeg(decision, lots);
        }
        if (decision.outcome == Outcome.APPLIED && command.caller().role() == Role.WALLET) {
            posting.spending.checkKilled(decision, amount);
        }
        if (decision.outcome != Outcome.APPLIED) {
            state.undo.rollback(undoMark);
            events.drop(eventMark);
            return decision.outcome;
        }
        state.undo.commit();
        events.release();
        decision.fee = fee;
        decision.feePayer = command.originalFeePayer();
        return Outcome.APPLIED;
    }
}
