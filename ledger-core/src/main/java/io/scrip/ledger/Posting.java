package io.scrip.ledger;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;

/**
 * The last checks and all writes of movements: the one place where totals change. Every operation that moves or
 * reserves value fills a decision's parties, asks {@link #check}, and then calls one of the writing methods, none of
 * which can fail.
 *
 * <p>Fees are legs of their own. The receiver's fee is taken from what has just been credited; the sender's is debited
 * beside the amount, and reserved with it on a hold, so that capturing never lacks funds.
 */
final class Posting {
    private enum Change {
        POST,
        RESERVE,
        GIVE_BACK,
        CAPTURE
    }

    private final LedgerState state;
    private final Accounts accounts;
    private final Holds holds;
    private final Fees fees;
    private final EventWriter events;
    final SpendingRules spending;

    Posting(LedgerState state, EventWriter events) {
        this.state = state;
        this.events = events;
        accounts = state.accounts;
        holds = state.holds;
        fees = state.fees;
        spending = new SpendingRules(state);
    }

    /** Most of {@code wanted} that the payer can pay with its fee; not positive when that is nothing. */
    long clamp(Decision decision, long wanted) {
        long available = accounts.available(decision.from.row);
        boolean senderPays = decision.schedule != Fees.NO_SCHEDULE && fees.payer(decision.schedule) == FeePayer.SENDER;
        if (!senderPays || wanted <= 0) {
            return Math.min(wanted, available);
        }
        long low = 0;
        long high = Math.min(wanted, available);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (fees.fee(decision.schedule, middle) <= available - middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(low, 0);
    }

    /** Clamp, overflow, floor, ceiling, fee. Fills the decision with the movement when it is possible. */
    Outcome check(Decision decision, long amount) {
        int from = decision.from.row;
        int to = decision.to.row;
        if (amount <= 0) {
            return decision.refuse(Outcome.NOTHING_AVAILABLE, 1, accounts.available(from), 0);
        }
        long fee = fees.fee(decision.schedule, amount);
        FeePayer payer = decision.schedule == Fees.NO_SCHEDULE ? FeePayer.RECEIVER : fees.payer(decision.schedule);
        long debit = payer == FeePayer.SENDER ? amount + fee : amount;
        if (debit < 0 || accounts.debitOverflows(from, debit) || creditsOverflow(decision, payer, amount, fee)) {
            return decision.refuse(Outcome.OVERFLOW, amount, 0, Long.MAX_VALUE);
        }
        long available = accounts.available(from);
        if (available < debit) {
            return decision.refuse(Outcome.INSUFFICIENT_FUNDS, debit, available, accounts.floor(from));
        }
        long credit = payer == FeePayer.RECEIVER ? amount - fee : amount;
        long room = accounts.room(to);
        if (room < credit) {
            return decision.refuse(Outcome.CEILING_EXCEEDED, credit, room, accounts.ceiling(to));
        }
        if (fee > 0 && accounts.room(decision.revenue.row) < fee) {
            return decision.refuse(
                    Outcome.CEILING_EXCEEDED,
                    fee,
                    accounts.room(decision.revenue.row),
                    accounts.ceiling(decision.revenue.row));
        }
        if (payer == FeePayer.RECEIVER && fee > amount) {
            return decision.refuse(Outcome.FEE_EXCEEDS_AMOUNT, fee, amount, 0);
        }
        decision.hasMovement = true;
        decision.amount = amount;
        decision.fee = fee;
        decision.feePayer = payer;
        return Outcome.APPLIED;
    }

    private boolean creditsOverflow(Decision decision, FeePayer payer, long amount, long fee) {
        int to = decision.to.row;
        return accounts.creditOverflows(to, amount)
                || (fee > 0 && accounts.creditOverflows(decision.revenue.row, fee))
                || (payer == FeePayer.RECEIVER && accounts.debitOverflows(to, fee));
    }

    /** Moves the amount and its fee at once. */
    void post(Decision decision, LegKind kind) {
        open(decision);
        count(decision, kind);
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount = decision.fee > 0 ? 2 : 1;
        leg(decision, kind, decision.from.row, decision.to.row, decision.amount, Change.POST);
        if (decision.fee > 0) {
            int payer = decision.feePayer == FeePayer.SENDER ? decision.from.row : decision.to.row;
            leg(decision, LegKind.FEE, payer, decision.revenue.row, decision.fee, Change.POST);
        }
    }

    /** Moves the amount as one leg among others that the caller counts. */
    void postLeg(Decision decision, LegKind kind) {
        decision.from.touch();
        decision.to.touch();
        count(decision, kind);
        leg(decision, kind, decision.from.row, decision.to.row, decision.amount, Change.POST);
    }

    /** Reserves the amount, and the sender's fee with it, until {@code decision.expiresNs}. */
    void hold(Decision decision) {
        open(decision);
        count(decision, LegKind.HOLD);
        long reservedFee = decision.feePayer == FeePayer.SENDER ? decision.fee : 0;
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount = reservedFee > 0 ? 2 : 1;
        decision.holdIdHigh = decision.idHigh;
        decision.holdIdLow = decision.idLow;
        leg(decision, LegKind.HOLD, decision.from.row, decision.to.row, decision.amount, Change.RESERVE);
        if (reservedFee > 0) {
            leg(decision, LegKind.HOLD, decision.from.row, decision.revenue.row, reservedFee, Change.RESERVE);
        }
        int row = holds.place(
                decision.idHigh,
                decision.idLow,
                decision.from.row,
                decision.to.row,
                decision.amount,
                decision.expiresNs,
                decision.eventSequence);
        holds.schedule(row, decision.schedule, decision.revenue.row);
    }

    /** Fee that capturing this much more of a hold costs. */
    long captureFee(int hold, long amount) {
        long captured = holds.amount(hold) - holds.left(hold);
        return fees.fee(holds.schedule(hold), captured + amount) - holds.feeTaken(hold);
    }

    /** Posts part of a hold; gives back the rest if there is to be no further capture. */
    void capture(Decision decision, int hold, boolean last) {
        int from = decision.from.row;
        int to = decision.to.row;
        long rest = holds.left(hold) - decision.amount;
        boolean resolved = last || rest == 0;
        boolean senderPays = decision.feePayer == FeePayer.SENDER;
        long feeRest = senderPays ? reservedFee(hold) - decision.fee : 0;
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount =
                1 + (decision.fee > 0 ? 1 : 0) + (resolved && rest > 0 ? 1 : 0) + (resolved && feeRest > 0 ? 1 : 0);
        leg(decision, LegKind.CAPTURE, from, to, decision.amount, Change.CAPTURE);
        if (decision.fee > 0 && senderPays) {
            leg(decision, LegKind.FEE, from, decision.revenue.row, decision.fee, Change.CAPTURE);
        } else if (decision.fee > 0) {
            leg(decision, LegKind.FEE, to, decision.revenue.row, decision.fee, Change.POST);
        }
        if (resolved && rest > 0) {
            leg(decision, LegKind.RELEASE, from, to, rest, Change.GIVE_BACK);
        }
        if (resolved && feeRest > 0) {
            leg(decision, LegKind.RELEASE, from, decision.revenue.row, feeRest, Change.GIVE_BACK);
        }
        holds.take(hold, decision.amount, decision.fee);
        if (resolved) {
            holds.resolve(hold, HoldStatus.POSTED, decision.eventSequence);
        }
    }

    /** Gives back what is left of a hold. */
    void release(Decision decision, int hold, HoldStatus status) {
        LegKind kind = status == HoldStatus.EXPIRED ? LegKind.EXPIRY : LegKind.RELEASE;
        int from = holds.from(hold);
        int to = holds.to(hold);
        long feeRest = reservedFee(hold);
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount = feeRest > 0 ? 2 : 1;
        leg(decision, kind, from, to, decision.amount, Change.GIVE_BACK);
        if (feeRest > 0) {
            leg(decision, kind, from, holds.revenueAccount(hold), feeRest, Change.GIVE_BACK);
        }
        holds.resolve(hold, status, decision.eventSequence);
    }

    /** Fills the decision with a hold's accounts and what it captures or releases of it. */
    void fill(Decision decision, int hold, long amount) {
        decision.hasMovement = true;
        decision.amount = amount;
        decision.from.at(holds.from(hold));
        decision.to.at(holds.to(hold));
        decision.schedule = holds.schedule(hold);
        decision.holdIdHigh = holds.idHigh(hold);
        decision.holdIdLow = holds.idLow(hold);
        decision.expiresNs = holds.expiresNs(hold);
        if (decision.schedule != Fees.NO_SCHEDULE) {
            decision.feePayer = fees.payer(decision.schedule);
            decision.revenue.at(holds.revenueAccount(hold));
        }
    }

    /** What of a sender's fee is still reserved with the hold. */
    private long reservedFee(int hold) {
        int schedule = holds.schedule(hold);
        if (schedule == Fees.NO_SCHEDULE || fees.payer(schedule) == FeePayer.RECEIVER) {
            return 0;
        }
        return fees.fee(schedule, holds.amount(hold)) - holds.feeTaken(hold);
    }

    /** Issues and reversals are no spending; captures and releases were counted when the hold was placed. */
    private void count(Decision decision, LegKind kind) {
        if (kind == LegKind.TRANSFER || kind == LegKind.HOLD) {
            spending.record(decision);
        }
    }

    private void open(Decision decision) {
        decision.from.touch();
        decision.to.touch();
        if (decision.schedule != Fees.NO_SCHEDULE) {
            decision.revenue.touch();
        }
    }

    private void leg(Decision decision, LegKind kind, int from, int to, long amount, Change change) {
        events.beginLeg(decision, kind, from, to, amount);
        long eventSequence = state.lastEventSequence + 1;
        switch (change) {
            case POST -> accounts.post(from, to, amount, eventSequence);
            case RESERVE -> accounts.reserve(from, to, amount, eventSequence);
            case GIVE_BACK -> accounts.reserve(from, to, -amount, eventSequence);
            case CAPTURE -> accounts.capture(from, to, amount, eventSequence);
        }
        events.endLeg(decision, from, to);
        decision.legIndex++;
    }
}
