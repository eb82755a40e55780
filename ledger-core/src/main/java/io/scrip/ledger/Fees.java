package io.scrip.ledger;

import io.scrip.protocol.FeePayer;
import java.math.BigInteger;

/**
 * The fee schedules. Each change adds a row and never alters one, so that a hold is captured under the schedule it was
 * placed under, however the schedule has changed since.
 */
final class Fees {
    /** The schedule of kinds that never had one. */
    static final int NO_SCHEDULE = 0;

    static final int MAX_BASIS_POINTS = 10_000;
    private static final int KINDS = 256;

    private static final int BASIS_POINTS = 0;
    private static final int MINIMUM = 1;
    private static final int MAXIMUM = 2;
    private static final int PAYER = 3;
    private static final int REVENUE_WALLET = 4;
    private static final int COLUMNS = 5;

    private final RowTable schedules;
    private final RowTable currentByKind;

    Fees(Undo undo) {
        schedules = new RowTable(COLUMNS, undo);
        schedules.append();
        currentByKind = RowTable.ofFewRows(1, undo);
        for (int kind = 0; kind < KINDS; kind++) {
            currentByKind.append();
        }
    }

    int current(int kind) {
        return (int) currentByKind.get(kind, 0);
    }

    void change(int kind, long basisPoints, long minimum, long maximum, FeePayer payer, int revenueWallet) {
        int row = schedules.append();
        schedules.setForGood(row, BASIS_POINTS, basisPoints);
        schedules.setForGood(row, MINIMUM, minimum);
        schedules.setForGood(row, MAXIMUM, maximum);
        schedules.setForGood(row, PAYER, payer.value());
        schedules.setForGood(row, REVENUE_WALLET, revenueWallet);
        currentByKind.set(kind, 0, row);
    }

    /** {@code clamp(halfEven(amount × bps / 10,000), min, max)}, 0 without a schedule. */
    long fee(int schedule, long amount) {
        if (schedule == NO_SCHEDULE) {
            return 0;
        }
        long basisPoints = schedules.get(schedule, BASIS_POINTS);
        long whole = amount / MAX_BASIS_POINTS * basisPoints;
        long rest = amount % MAX_BASIS_POINTS * basisPoints;
        long fee = whole + rest / MAX_BASIS_POINTS;
        long twice = rest % MAX_BASIS_POINTS * 2;
        if (twice > MAX_BASIS_POINTS || (twice == MAX_BASIS_POINTS && (fee & 1) == 1)) {
            fee++;
        }
        return Math.max(schedules.get(schedule, MINIMUM), Math.min(schedules.get(schedule, MAXIMUM), fee));
    }

    int basisPoints(int schedule) {
        return (int) schedules.get(schedule, BASIS_POINTS);
    }

    long minimum(int schedule) {
        return schedules.get(schedule, MINIMUM);
    }

    long maximum(int schedule) {
        return schedules.get(schedule, MAXIMUM);
    }

    FeePayer payer(int schedule) {
        return FeePayer.get((short) schedules.get(schedule, PAYER));
    }

    int revenueWallet(int schedule) {
        return (int) schedules.get(schedule, REVENUE_WALLET);
    }

    /** {@code halfEven(fee × part / whole)}: the share of a fee that a partial reversal has given back by then. */
    static long share(long fee, long part, long whole) {
        BigInteger[] divided = BigInteger.valueOf(fee)
                .multiply(BigInteger.valueOf(part))
                .divideAndRemainder(BigInteger.valueOf(whole));
        int half = divided[1].shiftLeft(1).compareTo(BigInteger.valueOf(whole));
        boolean up = half > 0 || (half == 0 && divided[0].testBit(0));
        return divided[0].longValueExact() + (up ? 1 : 0);
    }

    RowTable schedules() {
        return schedules;
    }

    RowTable currentByKind() {
        return currentByKind;
    }
}
