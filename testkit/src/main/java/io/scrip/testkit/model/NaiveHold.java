package io.scrip.testkit.model;

import io.scrip.protocol.HoldStatus;
import java.math.BigInteger;

/** A hold; pending until it is posted, voided or expires. The schedule is the one it was placed under, or null. */
record NaiveHold(
        Id id,
        AccountKey from,
        AccountKey to,
        BigInteger amount,
        BigInteger left,
        BigInteger feeTaken,
        FeeSchedule schedule,
        long expiresNs,
        long createdEvent,
        HoldStatus status,
        long resolvedEvent) {

    AccountKey revenue() {
        return schedule == null ? null : new AccountKey(schedule.revenueWallet(), from.token(), AccountKey.REVENUE);
    }

    boolean isFeePaidBySender() {
        return schedule != null && schedule.isPaidBySender();
    }

    /** What of a sender's fee is still set aside with the hold. */
    BigInteger feeReserved() {
        return isFeePaidBySender() ? schedule.fee(amount).subtract(feeTaken) : BigInteger.ZERO;
    }

    /** The fee on everything captured by then, less what was taken before. */
    BigInteger captureFee(BigInteger capture) {
        BigInteger captured = amount.subtract(left).add(capture);
        return schedule == null ? BigInteger.ZERO : schedule.fee(captured).subtract(feeTaken);
    }

    NaiveHold captured(BigInteger capture, BigInteger fee) {
        return new NaiveHold(
                id,
                from,
                to,
                amount,
                left.subtract(capture),
                feeTaken.add(fee),
                schedule,
                expiresNs,
                createdEvent,
                status,
                resolvedEvent);
    }

    NaiveHold extended(long newExpiresNs) {
        return new NaiveHold(
                id, from, to, amount, left, feeTaken, schedule, newExpiresNs, createdEvent, status, resolvedEvent);
    }

    NaiveHold resolved(HoldStatus how, long event) {
        return new NaiveHold(id, from, to, amount, left, feeTaken, schedule, expiresNs, createdEvent, how, event);
    }
}
