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
    private final BurnDown burnDown;
    /** What the movement in hand is made of, all of it. */
    private final LotPieces whole = new LotPieces();
    /** A stretch of it: one leg's, or what one account gets. */
    private final LotPieces part = new LotPieces();

    Posting(LedgerState state, EventWriter events) {
        this.state = state;
        this.events = events;
        accounts = state.accounts;
        holds = state.holds;
        fees = state.fees;
        spending = new SpendingRules(state);
        burnDown = new BurnDown(state);
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
            long middle = high - (high - low) / 2;
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
        if (checkCeilings(decision, payer, amount, fee) != Outcome.APPLIED) {
            return decision.outcome;
        }
        burnDown.plan(from, debit, whole);
        if (whole.isOverflown()) {
            return decision.refuse(Outcome.TOO_MANY_LOTS, debit, whole.total(), LotPieces.MAX_PIECES);
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
        boolean feeToo = fee > 0 && decision.revenue.isSame(decision.to);
        return accounts.creditOverflows(to, amount)
                || (fee > 0 && accounts.creditOverflows(decision.revenue.row, fee))
                || (feeToo && (amount + fee < 0 || accounts.creditOverflows(to, amount + fee)))
                || (payer == FeePayer.RECEIVER && accounts.debitOverflows(to, fee));
    }

    /**
     * What will stand to the credit of payee and revenue account when all legs are written. Of a hold the whole amount
     * does, whoever pays the fee; the receiver's fee only when it is captured.
     */
    private Outcome checkCeilings(Decision decision, FeePayer payer, long amount, long fee) {
        boolean hold = decision.expiresNs != 0;
        long credit = hold || payer == FeePayer.SENDER ? amount : amount - fee;
        long feeCredit = hold && payer == FeePayer.RECEIVER ? 0 : fee;
        if (feeCredit > 0 && decision.revenue.isSame(decision.to)) {
            credit += feeCredit;
            feeCredit = 0;
        }
        long room = accounts.room(decision.to.row);
        if (credit > 0 && room < credit) {
            return decision.refuse(Outcome.CEILING_EXCEEDED, credit, room, accounts.ceiling(decision.to.row));
        }
        boolean paysItself = feeCredit > 0 && !hold && decision.revenue.isSame(decision.from);
        return paysItself ? Outcome.APPLIED : checkRevenueCeiling(decision, feeCredit);
    }

    private Outcome checkRevenueCeiling(Decision decision, long fee) {
        int revenue = decision.revenue.row;
        if (fee > 0 && accounts.room(revenue) < fee) {
            return decision.refuse(Outcome.CEILING_EXCEEDED, fee, accounts.room(revenue), accounts.ceiling(revenue));
        }
        return Outcome.APPLIED;
    }

    /** Overflow, ceiling and amount for the receiver's fee of a capture, of which nothing was reserved. */
    Outcome checkCaptureFee(Decision decision, long fee) {
        if (accounts.debitOverflows(decision.to.row, fee) || accounts.creditOverflows(decision.revenue.row, fee)) {
            return decision.refuse(Outcome.OVERFLOW, fee, 0, Long.MAX_VALUE);
        }
        boolean toAnother = !decision.revenue.isSame(decision.to) && !decision.revenue.isSame(decision.from);
        if (toAnother && checkRevenueCeiling(decision, fee) != Outcome.APPLIED) {
            return decision.outcome;
        }
        if (fee > decision.amount) {
            return decision.refuse(Outcome.FEE_EXCEEDS_AMOUNT, fee, decision.amount, 0);
        }
        return Outcome.APPLIED;
    }

    /** Moves the amount and its fee at once. */
    void post(Decision decision, LegKind kind) {
        open(decision);
        count(decision, kind);
        boolean senderPays = decision.feePayer == FeePayer.SENDER;
        burnDown.take(decision.from.row, decision.amount + (senderPays ? decision.fee : 0), whole);
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount = decision.fee > 0 ? 2 : 1;
        leg(decision, kind, decision.from.row, decision.to.row, decision.amount, Change.POST, 0);
        feeLeg(decision, Change.POST);
        deliver(decision, decision.to.row, senderPays ? 0 : decision.fee, decision.amount);
    }

    /** Lets value enter, with terms or plain. */
    void issue(Decision decision, LotTerms terms) {
        open(decision);
        whole.clear();
        if (!terms.isPlain()) {
            whole.add(decision.amount).become(terms);
        }
        decision.eventSequence = state.lastEventSequence + 1;
        int from = decision.from.row;
        int to = decision.to.row;
        events.beginLeg(decision, LegKind.ISSUE, from, to, decision.amount);
        accounts.post(from, to, decision.amount, decision.eventSequence);
        // Before the record is written: what is not good yet is posted and not available.
        deliver(decision, to, 0, decision.amount);
        events.endLeg(decision, from, to, whole);
        decision.legIndex++;
    }

    /** Moves the amount as one leg among others that the caller counts. */
    void postLeg(Decision decision, LegKind kind) {
        decision.from.touch();
        decision.to.touch();
        count(decision, kind);
        burnDown.take(decision.from.row, decision.amount, whole);
        leg(decision, kind, decision.from.row, decision.to.row, decision.amount, Change.POST, 0);
        deliver(decision, decision.to.row, 0, decision.amount);
    }

    /**
     * Moves the amount back; the payer gets what it was made of, as far as that can be. Unlike the others it can fail,
     * when that takes too many pieces, and leaves it to the caller to take back what it did.
     */
    Outcome giveBackLeg(Decision decision, LotPieces original) {
        decision.from.touch();
        decision.to.touch();
        burnDown.giveBack(decision.from.row, original, whole);
        if (whole.isOverflown()) {
            return decision.refuse(Outcome.TOO_MANY_LOTS, decision.amount, whole.total(), LotPieces.MAX_PIECES);
        }
        leg(decision, LegKind.REVERSAL, decision.from.row, decision.to.row, decision.amount, Change.POST, 0);
        deliver(decision, decision.to.row, 0, decision.amount);
        return Outcome.APPLIED;
    }

    /** Reserves the amount, and the sender's fee with it, until {@code decision.expiresNs}. */
    void hold(Decision decision) {
        open(decision);
        count(decision, LegKind.HOLD);
        long reservedFee = decision.feePayer == FeePayer.SENDER ? decision.fee : 0;
        burnDown.take(decision.from.row, decision.amount + reservedFee, whole);
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount = reservedFee > 0 ? 2 : 1;
        decision.holdIdHigh = decision.idHigh;
        decision.holdIdLow = decision.idLow;
        int from = decision.from.row;
        leg(decision, LegKind.HOLD, from, decision.to.row, decision.amount, Change.RESERVE, 0);
        if (reservedFee > 0) {
            leg(decision, LegKind.HOLD, from, decision.revenue.row, reservedFee, Change.RESERVE, decision.amount);
        }
        int row = holds.place(
                decision.idHigh,
                decision.idLow,
                from,
                decision.to.row,
                decision.amount,
                decision.expiresNs,
                decision.eventSequence);
        holds.schedule(row, decision.schedule, decision.revenue.row);
        burnDown.setAside(row, whole, decision.eventSequence);
    }

    /** Fee that capturing this much more of a hold costs. */
    long captureFee(int hold, long amount) {
        long captured = holds.amount(hold) - holds.left(hold);
        return fees.fee(holds.schedule(hold), captured + amount) - holds.feeTaken(hold);
    }

    /** Posts part of a hold; gives back the rest if there is to be no further capture. */
    void capture(Decision decision, int hold, boolean last) {
        boolean senderPays = decision.feePayer == FeePayer.SENDER;
        long heldFee = reservedFee(hold);
        long rest = holds.left(hold) - decision.amount;
        boolean resolved = last || rest == 0;
        long feeRest = senderPays ? heldFee - decision.fee : 0;
        long debit = decision.amount + (senderPays ? decision.fee : 0);
        burnDown.takeHeld(hold, holds.left(hold) + heldFee, debit, whole);
        BurnDown.keepAlive(whole, decision.timestampNs);
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount =
                1 + (decision.fee > 0 ? 1 : 0) + (resolved && rest > 0 ? 1 : 0) + (resolved && feeRest > 0 ? 1 : 0);
        leg(decision, LegKind.CAPTURE, decision.from.row, decision.to.row, decision.amount, Change.CAPTURE, 0);
        feeLeg(decision, senderPays ? Change.CAPTURE : Change.POST);
        deliver(decision, decision.to.row, senderPays ? 0 : decision.fee, decision.amount);
        if (resolved) {
            giveBackRest(decision, hold, LegKind.RELEASE, rest, feeRest);
        }
        holds.take(hold, decision.amount, decision.fee);
        if (resolved) {
            holds.resolve(hold, HoldStatus.POSTED, decision.eventSequence);
        }
    }

    /** Gives back what is left of a hold. */
    void release(Decision decision, int hold, HoldStatus status) {
        long feeRest = reservedFee(hold);
        decision.eventSequence = state.lastEventSequence + 1;
        decision.legCount = feeRest > 0 ? 2 : 1;
        LegKind kind = status == HoldStatus.EXPIRED ? LegKind.EXPIRY : LegKind.RELEASE;
        giveBackRest(decision, hold, kind, decision.amount, feeRest);
        holds.resolve(hold, status, decision.eventSequence);
    }

    private void giveBackRest(Decision decision, int hold, LegKind kind, long rest, long feeRest) {
        int from = holds.from(hold);
        burnDown.takeHeld(hold, rest + feeRest, rest + feeRest, whole);
        if (rest > 0) {
            leg(decision, kind, from, holds.to(hold), rest, Change.GIVE_BACK, 0);
        }
        if (feeRest > 0) {
            leg(decision, kind, from, holds.revenueAccount(hold), feeRest, Change.GIVE_BACK, rest);
        }
        deliver(decision, from, 0, rest + feeRest);
    }

    /** A lot becomes good: nothing moves, but more is available, and whoever watches the account is told. */
    void activateLot(Decision decision, int lot) {
        int account = state.lots.ownerRow(lot);
        decision.eventSequence = state.lastEventSequence + 1;
        whole.clear();
        state.lots.copyTerms(lot, whole.add(state.lots.amount(lot)));
        long amount = state.lots.amount(lot);
        events.beginLeg(decision, LegKind.EFFECTIVE, account, account, amount);
        burnDown.activate(lot, decision.eventSequence);
        accounts.touch(account, decision.eventSequence);
        events.endLeg(decision, account, account, whole);
    }

    /** An expired lot goes to the breakage account; where that cannot be, it stays and is good for ever. */
    void expireLot(Decision decision, int lot) {
        int account = state.lots.ownerRow(lot);
        long amount = state.lots.amount(lot);
        decision.from.at(account);
        decision.to.find(Wallets.PLATFORM_ROW, decision.from.token, Accounts.BREAKAGE);
        if (accounts.debitOverflows(account, amount) || accounts.creditOverflows(decision.to.row, amount)) {
            state.lots.dropDeadline(lot);
            return;
        }
        decision.to.touch();
        decision.eventSequence = state.lastEventSequence + 1;
        burnDown.expire(lot, whole);
        leg(decision, LegKind.BREAKAGE, account, decision.to.row, amount, Change.POST, 0);
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

    /** The fee's own leg: the sender's beside the amount, the receiver's out of what it has just got. */
    private void feeLeg(Decision decision, Change change) {
        if (decision.fee == 0) {
            return;
        }
        boolean senderPays = decision.feePayer == FeePayer.SENDER;
        int payer = senderPays ? decision.from.row : decision.to.row;
        long start = senderPays ? decision.amount : 0;
        leg(decision, LegKind.FEE, payer, decision.revenue.row, decision.fee, change, start);
    }

    /** Gives an account the lots of the stretch {@code [start, end)} of the movement in hand. */
    private void deliver(Decision decision, int account, long start, long end) {
        if (whole.count() > 0) {
            part.becomeStretch(whole, start, end);
            burnDown.deliver(account, part, decision.eventSequence, decision.timestampNs);
        }
    }

    /** Writes one leg and its event; {@code start} is where in the movement in hand the leg's amount begins. */
    private void leg(Decision decision, LegKind kind, int from, int to, long amount, Change change, long start) {
        events.beginLeg(decision, kind, from, to, amount);
        long eventSequence = state.lastEventSequence + 1;
        switch (change) {
            case POST -> accounts.post(from, to, amount, eventSequence);
            case RESERVE -> accounts.reserve(from, to, amount, eventSequence);
            case GIVE_BACK -> accounts.reserve(from, to, -amount, eventSequence);
            case CAPTURE -> accounts.capture(from, to, amount, eventSequence);
        }
        part.becomeStretch(whole, start, start + amount);
        events.endLeg(decision, from, to, part);
        decision.legIndex++;
    }
}
