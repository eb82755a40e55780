package io.scrip.testkit.model;

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
        boolean closed,
        Purse purse) {

    static final NaiveAccount NEW = new NaiveAccount(
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            Numbers.UNLIMITED,
            0,
            0,
            false,
            false,
            Purse.EMPTY);

    BigInteger posted() {
        return creditsPosted.subtract(debitsPosted);
    }

    /** What may still be debited. */
    BigInteger available() {
        return posted().subtract(debitsPending).subtract(purse.withheld()).subtract(floor);
    }

    /** What may still be credited. */
    BigInteger room() {
        return ceiling.subtract(posted()).subtract(creditsPending);
    }

    boolean isEmpty() {
        return posted().signum() == 0
                && purse.total().signum() == 0
                && debitsPending.signum() == 0
                && creditsPending.signum() == 0;
    }

    boolean debitOverflows(BigInteger amount) {
        return debitsPosted.add(debitsPending).add(amount).compareTo(Numbers.MAX) > 0;
    }

    boolean creditOverflows(BigInteger amount) {
        return creditsPosted.add(creditsPending).add(amount).compareTo(Numbers.MAX) > 0;
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
                closed,
                purse);
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
                closed,
                purse);
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
                closed,
                purse);
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
                closed,
                purse);
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
                nowClosed,
                purse);
    }

    /** A token's issuance account as it is opened: it may fall without limit. */
    static NaiveAccount issuance() {
        return new NaiveAccount(
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                Numbers.UNLIMITED.negate(),
                Numbers.UNLIMITED,
                0,
                0,
                false,
                false,
                Purse.EMPTY);
    }

    Balances balances(BigInteger staked) {
        return new Balances(
                Numbers.shown(debitsPosted),
                Numbers.shown(creditsPosted),
                Numbers.shown(debitsPending),
                Numbers.shown(creditsPending),
                Numbers.shown(floor),
                Numbers.shown(ceiling),
                version,
                Numbers.shown(staked),
                Numbers.shown(purse.withheld()));
    }

    NaiveAccount with(Purse newPurse) {
        return new NaiveAccount(
                debitsPosted,
                creditsPosted,
                debitsPending,
                creditsPending,
                floor,
                ceiling,
                version,
                lastEvent,
                frozen,
                closed,
                newPurse);
    }

    /** What lies in no lot; negative when the account is overdrawn. */
    BigInteger plain() {
        return posted().subtract(debitsPending).subtract(purse.total());
    }
}
