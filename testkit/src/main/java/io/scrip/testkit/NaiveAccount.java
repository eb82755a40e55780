package io.scrip.testkit;

import java.math.BigInteger;

/** An account's totals, bounds and standing. Unlimited is a bound that no sum of 64-bit amounts reaches. */
record NaiveAccount(
        BigInteger debitsPosted,
        BigInteger creditsPosted,
        BigInteger debitsPending,
        BigInteger creditsPending,
        BigInteger floor,
        BigInteger ceiling,
        long version,
        long lastEvent,
        boolean frozen,
        boolean closed) {
    static final BigInteger UNLIMITED = BigInteger.ONE.shiftLeft(100);
    static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    static final NaiveAccount NEW = new NaiveAccount(
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            UNLIMITED,
            0,
            0,
            false,
            false);

    BigInteger posted() {
        return creditsPosted.subtract(debitsPosted);
    }

    /** What may still be debited. */
    BigInteger available() {
        return posted().subtract(debitsPending).subtract(floor);
    }

    /** What may still be credited. */
    BigInteger room() {
        return ceiling.subtract(posted()).subtract(creditsPending);
    }

    boolean isEmpty() {
        return posted().signum() == 0 && debitsPending.signum() == 0 && creditsPending.signum() == 0;
    }

    boolean debitOverflows(BigInteger amount) {
        return debitsPosted.add(debitsPending).add(amount).compareTo(MAX) > 0;
    }

    boolean creditOverflows(BigInteger amount) {
        return creditsPosted.add(creditsPending).add(amount).compareTo(MAX) > 0;
    }

    NaiveAccount debited(BigInteger posted, BigInteger pending) {
        return new NaiveAccount(
                debitsPosted.add(posted),
                creditsPosted,
                debitsPending.add(pending),
                creditsPending,
                floor,
                ceiling,
                version,
                lastEvent,
                frozen,
                closed);
    }

    NaiveAccount credited(BigInteger posted, BigInteger pending) {
        return new NaiveAccount(
                debitsPosted,
                creditsPosted.add(posted),
                debitsPending,
                creditsPending.add(pending),
                floor,
                ceiling,
                version,
                lastEvent,
                frozen,
                closed);
    }

    NaiveAccount touched(long event) {
        return new NaiveAccount(
                debitsPosted,
                creditsPosted,
                debitsPending,
                creditsPending,
                floor,
                ceiling,
                version + 1,
                event,
                frozen,
                closed);
    }

    NaiveAccount bounded(BigInteger newFloor, BigInteger newCeiling) {
        return new NaiveAccount(
                debitsPosted,
                creditsPosted,
                debitsPending,
                creditsPending,
                newFloor,
                newCeiling,
                version + 1,
                lastEvent,
                frozen,
                closed);
    }

    NaiveAccount standing(boolean nowFrozen, boolean nowClosed) {
        return new NaiveAccount(
                debitsPosted,
                creditsPosted,
                debitsPending,
                creditsPending,
                floor,
                ceiling,
                version + 1,
                lastEvent,
                nowFrozen,
                nowClosed);
    }

    /** A token's issuance account as it is opened: it may fall without limit. */
    static NaiveAccount issuance() {
        return new NaiveAccount(
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                UNLIMITED.negate(),
                UNLIMITED,
                0,
                0,
                false,
                false);
    }

    Balances balances(BigInteger staked) {
        return new Balances(
                shown(debitsPosted),
                shown(creditsPosted),
                shown(debitsPending),
                shown(creditsPending),
                shown(floor),
                shown(ceiling),
                version,
                shown(staked));
    }

    /** As the protocol shows it: what does not fit 64 bits is held at the end of the range. */
    static long shown(BigInteger number) {
        return number.max(MIN).min(MAX).longValueExact();
    }

    static BigInteger floorOf(long bound) {
        return bound == Long.MIN_VALUE ? UNLIMITED.negate() : BigInteger.valueOf(bound);
    }

    static BigInteger ceilingOf(long bound) {
        return bound == Long.MAX_VALUE ? UNLIMITED : BigInteger.valueOf(bound);
    }
}
