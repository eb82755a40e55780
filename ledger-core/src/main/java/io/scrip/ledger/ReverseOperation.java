package io.scrip.ledger;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegKind;
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
        if (amount > left || amount == 0) {
            return decision.refuse(Outcome.EXCEEDS_ORIGINAL, amount, left, command.originalAmount());
        }
        long feeBefore = state.reversals.fee(found);
        long feeAfter = Fees.share(command.originalFee(), before + amount, command.originalAmount());
        if (giveBack(decision, amount, feeAfter - feeBefore) == Outcome.APPLIED) {
            state.reversals.record(found, originalHigh, originalLow, before + amount, feeAfter);
        }
        return decision.outcome;
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
        boolean sound = command.originalAmount() > 0
                && command.originalFee() >= 0
                && command.originalFee() <= command.originalAmount();
        if (payer < 0 || payee < 0 || revenue < 0 || !sound) {
            return decision.refuse(Outcome.ORIGINAL_MISMATCH);
        }
        decision.from.find(payee, token, command.toAccount());
        decision.to.find(payer, token, command.fromAccount());
        decision.revenue.find(revenue, token, Accounts.REVENUE);
        if (Standing.check(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        Role role = command.caller().role();
        boolean own = role == Role.WALLET && command.caller().wallet() == command.to();
        if (!own && role != Role.OPERATOR && role != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        return Outcome.APPLIED;
    }

    /** Two movements that succeed or fail together: the fee's share to who paid it, then the amount to the payer. */
    private Outcome giveBack(Decision decision, long amount, long fee) {
        int undoMark = state.undo.begin();
        int eventMark = events.hold();
        long firstEvent = state.lastEventSequence + 1;
        boolean senderPaid = command.originalFeePayer() == FeePayer.SENDER;
        Party payee = decision.from.copy();
        decision.legCount = fee > 0 ? 2 : 1;
        if (fee > 0) {
            Party payer = decision.to.copy();
            decision.from.become(decision.revenue);
            decision.to.become(senderPaid ? payer : payee);
            if (posting.check(decision, fee) == Outcome.APPLIED) {
                posting.postLeg(decision, LegKind.REVERSAL);
            }
            decision.from.become(payee);
            decision.to.become(payer);
        }
        if (decision.outcome == Outcome.APPLIED) {
            decision.from.refresh();
            decision.to.refresh();
            posting.check(decision, amount);
        }
        if (decision.outcome == Outcome.APPLIED && command.caller().role() == Role.WALLET) {
            posting.spending.checkKilled(decision, amount);
        }
        if (decision.outcome != Outcome.APPLIED) {
            state.undo.rollback(undoMark);
            events.drop(eventMark);
            return decision.outcome;
        }
        posting.postLeg(decision, LegKind.REVERSAL);
        state.undo.commit();
        events.release();
        decision.eventSequence = firstEvent;
        decision.fee = fee;
        decision.feePayer = command.originalFeePayer();
        return Outcome.APPLIED;
    }
}
