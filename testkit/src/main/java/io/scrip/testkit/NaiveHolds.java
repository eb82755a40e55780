package io.scrip.testkit;

import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.VoidHoldDecoder;
import java.math.BigInteger;

/** What becomes of a hold, as the specification tells it. */
final class NaiveHolds {
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final NaiveBooks books;

    NaiveHolds(NaiveBooks books) {
        this.books = books;
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
        boolean pending = hold.status() == HoldStatus.PENDING;
        BigInteger amount = command.amount() == 0 ? hold.left() : BigInteger.valueOf(command.amount());
        Refusal.when(
                pending && amount.compareTo(hold.left()) > 0, Outcome.EXCEEDS_HOLD, amount, hold.left(), hold.amount());
        checkPending(hold);
        books.checkStanding(hold.from(), hold.to());
        BigInteger fee = hold.captureFee(amount);
        if (!hold.isFeePaidBySender() && fee.signum() > 0) {
            checkReceiversFee(hold, amount, fee);
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
                NaiveAccount.MAX);
        Refusal.when(
                !hold.revenue().equals(hold.to()) && !NaiveTransfers.fits(fee, revenue.room()),
                Outcome.CEILING_EXCEEDED,
                fee,
                revenue.room(),
                revenue.ceiling());
        Refusal.when(fee.compareTo(amount) > 0, Outcome.FEE_EXCEEDS_AMOUNT, fee, amount, ZERO);
    }

    private void capture(Movement movement, NaiveHold hold, boolean last) {
        BigInteger amount = movement.amount;
        BigInteger fee = movement.fee;
        NaiveHold after = hold.captured(amount, fee);
        boolean resolves = last || after.left().signum() == 0;
        BigInteger rest = resolves ? after.left() : ZERO;
        BigInteger feeRest = resolves ? after.feeReserved() : ZERO;
        movement.legCount = 1 + fee.signum() + rest.signum() + feeRest.signum();
        long event = books.lastEvent + 1;
        books.leg(movement, LegKind.CAPTURE, hold.from(), hold.to(), amount, amount.negate());
        if (fee.signum() > 0 && hold.isFeePaidBySender()) {
            books.leg(movement, LegKind.FEE, hold.from(), hold.revenue(), fee, fee.negate());
        } else if (fee.signum() > 0) {
            books.leg(movement, LegKind.FEE, hold.to(), hold.revenue(), fee, ZERO);
        }
        if (rest.signum() > 0) {
            books.leg(movement, LegKind.RELEASE, hold.from(), hold.to(), ZERO, rest.negate());
        }
        if (feeRest.signum() > 0) {
            books.leg(movement, LegKind.RELEASE, hold.from(), hold.revenue(), ZERO, feeRest.negate());
        }
        books.put(books.pending, hold.id(), after);
        if (resolves) {
            books.resolve(after, HoldStatus.POSTED, event);
        }
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
        checkPending(hold);
        books.checkStanding(hold.from(), hold.to());
        Refusal.when(role != Role.SYSTEM && !isPayer(role, caller, hold), Outcome.NOT_AUTHORIZED);
        long expiresNs = Math.max(hold.expiresNs(), books.timestampNs + timeoutNs);
        movement.of(hold, ZERO);
        movement.expiresNs = expiresNs;
        books.put(books.pending, hold.id(), hold.extended(expiresNs));
    }

    /** Expires every hold whose time has come, in the order of (expiry, creation). */
    void expireDue() {
        for (NaiveHold hold = first(); hold != null && hold.expiresNs() <= books.timestampNs; hold = first()) {
            release(new Movement(hold.id(), 0), hold, HoldStatus.EXPIRED);
        }
    }

    /** The pending hold that expires first, null without any. */
    NaiveHold first() {
        NaiveHold first = null;
        for (NaiveHold hold : books.pending.values()) {
            if (hold.isBefore(first)) {
                first = hold;
            }
        }
        return first;
    }

    private void release(Movement movement, NaiveHold hold, HoldStatus how) {
        LegKind kind = how == HoldStatus.EXPIRED ? LegKind.EXPIRY : LegKind.RELEASE;
        BigInteger feeRest = hold.feeReserved();
        long event = books.lastEvent + 1;
        movement.of(hold, hold.left());
        movement.legCount = 1 + feeRest.signum();
        books.leg(movement, kind, hold.from(), hold.to(), ZERO, hold.left().negate());
        if (feeRest.signum() > 0) {
            books.leg(movement, kind, hold.from(), hold.revenue(), ZERO, feeRest.negate());
        }
        books.resolve(hold, how, event);
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
