package io.scrip.testkit.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An account's lots, in burn-down order: those that are good, and those that are not yet. Never changes. */
record Purse(List<NaiveLot> good, List<NaiveLot> notYet, BigInteger total, BigInteger withheld) {
    static final Purse EMPTY = of(List.of(), List.of());

    static Purse of(List<NaiveLot> good, List<NaiveLot> notYet) {
        BigInteger withheld = sum(notYet);
        return new Purse(good, notYet, sum(good).add(withheld), withheld);
    }

    static BigInteger sum(List<NaiveLot> lots) {
        BigInteger sum = BigInteger.ZERO;
        for (NaiveLot lot : lots) {
            sum = sum.add(lot.amount());
        }
        return sum;
    }

    /** A list with a lot more, in its place. */
    static List<NaiveLot> with(List<NaiveLot> lots, NaiveLot lot) {
        // No two lots are equal in their order, so this is never an index of one that is there.
        int place = -Collections.binarySearch(lots, lot, NaiveLot.BURN_DOWN) - 1;
        List<NaiveLot> more = new ArrayList<>(lots);
        more.add(place, lot);
        return more;
    }

    /** The lot of the very same terms, null without one. */
    static NaiveLot alike(List<NaiveLot> lots, Terms terms) {
        for (NaiveLot lot : lots) {
            if (lot.terms().equals(terms)) {
                return lot;
            }
        }
        return null;
    }

    /** A list in which one lot has become another, or gone when that is null. */
    static List<NaiveLot> replace(List<NaiveLot> lots, NaiveLot old, NaiveLot now) {
        List<NaiveLot> changed = new ArrayList<>(lots);
        int at = changed.indexOf(old);
        if (now == null) {
            changed.remove(at);
        } else {
            changed.set(at, now);
        }
        return changed;
    }
}
