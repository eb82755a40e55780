package io.scrip.testkit.model;

import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.VoidHoldDecoder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a hold, as the specification tells it. */
final class NaiveHolds {
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final NaiveBooks books;
    private final NaiveLots lots;
    private final NaiveRules rules;

    NaiveHolds(NaiveBooks books, NaiveLots lots, NaiveRules rules) {
        this.books = books;
        this.lots = lots;
        this.rules = rules;
    }

    void post(PostHoldDecoder command, Movement movement) {
        Role role = command.caller().role();
        long caller = command.caller().wallet();
        Refusal.when(command.amount() < 0, Outcome.AMOUNT_NOT_POSITIVE);
        NaiveHold hold =
                books.hold(new Id(command.holdId().high(), command.holdId().low()));
        Refusal.when(
                hold == null || !(role == Role.SYSTEM || isPayer(role, caller, hold) || isPayee(role, caller, hold)),
                Outcome.UNKNOWN_HOLD);
        movement.token = hold.from().token();
        boolean pending = hold.status() == HoldStatus.PENDING;
        BigInteger amount = command.amount() == 0 ? hold.left() : BigInteger.valueOf(command.amount());
        BigInteger left = pending ? hold.left() : ZERO;
        BigInteger most = pending ? hold.left() : hold.amount();
        Refusal.when(amount.compareTo(most) > 0, Outcome.EXCEEDS_HOLD, amount, left, hold.amount());
        checkPending(hold);
        books.checkStanding(hold.from(), hold.to(), hold.revenue());
        BigInteger fee = hold.captureFee(amount);
        if (!hold.isFeePaidBySender() && fee.signum() > 0) {
            checkReceiversFee(hold, amount, fee);
        }
        if (isPayer(role, caller, hold)) {
            rules.checkKilled(hold.from().wallet(), amount);
        }
        movement.of(hold, amount);
        movement.fee = fee;
        capture(movement, hold, command.flags().finalCapture());
    }

    /** The sender's fee is set aside with the hold; the receiver's must be possible now. */
    private void checkReceiversFee(NaiveHold hold, BigInteger amount, BigInteger fee) {
        NaiveAccount revenue = books.account(hold.revenue());
        Refusal.when(
                books.account(hold.to()).debitOverflows(fee) || revenue.creditOverflows(fee),
                Outcome.OVERFLOW,
                fee,
                ZERO,
                Numbers.MAX);
        Refusal.when(
                !hold.revenue().equals(hold.to())
                        && !hold.revenue().equals(hold.from())
                        && !Numbers.fits(fee, revenue.room()),
                Outcome.CEILING_EXCEEDED,
                fee,
                revenue.room(),
                revenue.ceiling());
        Refusal.when(fee.compareTo(amount) > 0, Outcome.FEE_EXCEEDS_AMOUNT, fee, amount, ZERO);
    }

    private void capture(Movement movement, NaiveHold hold, boolean last) {
        BigInteger amount = movement.amount;
        BigInteger fee = movement.fee;
        boolean senderPays = hold.isFeePaidBySender();
        NaiveHold after = hold.captured(amount, fee);
        boolean resolves = last || after.left().signum() == 0;
        BigInteger rest = resolves ? after.left() : ZERO;
        BigInteger feeRest = resolves ? after.feeReserved() : ZERO;
        movement.legCount = 1 + fee.signum() + rest.signum() + feeRest.signum();
        BigInteger whole = hold.left().add(hold.feeReserved());
        List<Piece> pieces = keptAlive(lots.takeHeld(hold.id(), whole, senderPays ? amount.add(fee) : amount));
        List<Piece> captured = NaiveLots.stretch(pieces, ZERO, amount);
        books.leg(movement, LegKind.CAPTURE, hold.from(), hold.to(), amount, amount.negate(), captured);
        if (fee.signum() > 0) {
            BigInteger start = senderPays ? amount : ZERO;
            List<Piece> feePieces = NaiveLots.stretch(pieces, start, start.add(fee));
            AccountKey payer = senderPays ? hold.from() : hold.to();
            BigInteger reserved = senderPays ? fee.negate() : ZERO;
            books.leg(movement, LegKind.FEE, payer, hold.revenue(), fee, reserved, feePieces);
        }
        List<Piece> kept = NaiveLots.stretch(pieces, senderPays ? ZERO : fee, amount);
        lots.deliver(hold.to(), kept, movement.event);
        if (resolves) {
            giveBack(movement, hold, LegKind.RELEASE, rest, feeRest);
        }
        books.change(hold, after);
        if (resolves) {
            books.resolve(after, HoldStatus.POSTED, movement.event);
        }
    }

    /** A hold stops the clock of what it holds: what expired meanwhile arrives without expiry. */
    private List<Piece> keptAlive(List<Piece> pieces) {
        List<Piece> alive = new ArrayList<>();
        for (Piece piece : pieces) {
            boolean expired = piece.terms().expiresNs() <= books.timestampNs;
            alive.add(expired ? new Piece(piece.amount(), piece.terms().withoutExpiry()) : piece);
        }
        return alive;
    }

    private void giveBack(Movement movement, NaiveHold hold, LegKind kind, BigInteger rest, BigInteger feeRest) {
        BigInteger whole = rest.add(feeRest);
        List<Piece> pieces = lots.takeHeld(hold.id(), whole, whole);
        if (rest.signum() > 0) {
            List<Piece> part = NaiveLots.stretch(pieces, ZERO, rest);
            books.leg(movement, kind, hold.from(), hold.to(), ZERO, rest.negate(), part);
        }
        if (feeRest.signum() > 0) {
            List<Piece> part = NaiveLots.stretch(pieces, rest, whole);
            books.leg(movement, kind, hold.from(), hold.revenue(), ZERO, feeRest.negate(), part);
        }
        lots.deliver(hold.from(), pieces, movement.event);
    }

    void voidHold(VoidHoldDecoder command, Movement movement) {
        Role role = command.caller().role();
        long caller = command.caller().wallet();
        NaiveHold hold =
                books.hold(new Id(command.holdId().high(), command.holdId().low()));
        Refusal.when(hold == null, Outcome.UNKNOWN_HOLD);
        boolean payer = isPayer(role, caller, hold);
        boolean payee = isPayee(role, caller, hold);
        Refusal.when(!payer && !payee && !NaiveLedger.isOperator(role), Outcome.UNKNOWN_HOLD);
        movement.token = hold.from().token();
        checkPending(hold);
        Refusal.when(payer && !payee, Outcome.NOT_AUTHORIZED);
        release(movement, hold, HoldStatus.VOIDED);
    }

    void extend(ExtendHoldDecoder command, Movement movement) {
        Role role = command.caller().role();
        long caller = command.caller().wallet();
        long timeoutNs = command.timeoutNs();
        Refusal.when(
                timeoutNs <= 0 || timeoutNs > NaiveTransfers.MAX_TIMEOUT_NS,
                Outcome.BAD_TIMEOUT,
                timeoutNs,
                0L,
                NaiveTransfers.MAX_TIMEOUT_NS);
        NaiveHold hold =
                books.hold(new Id(command.holdId().high(), command.holdId().low()));
        Refusal.when(
                hold == null || !(role == Role.SYSTEM || isPayer(role, caller, hold) || isPayee(role, caller, hold)),
                Outcome.UNKNOWN_HOLD);
        movement.token = hold.from().token();
        checkPending(hold);
        books.checkStanding(hold.from(), hold.to(), hold.revenue());
        Refusal.when(role != Role.SYSTEM && !isPayer(role, caller, hold), Outcome.NOT_AUTHORIZED);
        long expiresNs = Math.max(hold.expiresNs(), Numbers.sum(books.timestampNs, timeoutNs));
        movement.of(hold, ZERO);
        movement.expiresNs = expiresNs;
        books.change(hold, hold.extended(expiresNs));
    }

    /** Gives back what is left of a hold whose time is over. */
    void expire(NaiveHold hold) {
        Movement movement = new Movement(hold.id(), 0);
        movement.event = books.lastEvent + 1;
        release(movement, hold, HoldStatus.EXPIRED);
    }

    private void release(Movement movement, NaiveHold hold, HoldStatus how) {
        LegKind kind = how == HoldStatus.EXPIRED ? LegKind.EXPIRY : LegKind.RELEASE;
        movement.of(hold, hold.left());
        movement.legCount = 1 + hold.feeReserved().signum();
        giveBack(movement, hold, kind, hold.left(), hold.feeReserved());
        books.resolve(hold, how, movement.event);
    }

    private static void checkPending(NaiveHold hold) {
        Refusal.when(hold.status() == HoldStatus.POSTED, Outcome.HOLD_POSTED);
        Refusal.when(hold.status() == HoldStatus.VOIDED, Outcome.HOLD_VOIDED);
        Refusal.when(hold.status() == HoldStatus.EXPIRED, Outcome.HOLD_EXPIRED);
    }

    private static boolean isPayer(Role role, long caller, NaiveHold hold) {
        return role == Role.WALLET && caller == hold.from().wallet();
    }

    private static boolean isPayee(Role role, long caller, NaiveHold hold) {
        return role == Role.WALLET && caller == hold.to().wallet();
    }
}
