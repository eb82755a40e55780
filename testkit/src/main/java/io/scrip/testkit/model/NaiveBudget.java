package io.scrip.testkit.model;

import java.math.BigInteger;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A cap on what a wallet, or all below it, spend of a token, with what was spent by day and by month. */
final class NaiveBudget {
    /** Whose spending, and of what. */
    record Key(long token, boolean below) {}

    BigInteger perCall;
    BigInteger perDay;
    BigInteger perMonth;
    /** The wallet that set it; 0: the operator. */
    long setter;

    final NavigableMap<Long, BigInteger> byDay = new TreeMap<>();
    final NavigableMap<Long, BigInteger> byMonth = new TreeMap<>();

    void spend(BigInteger amount, long timestampNs, NaiveBooks books) {
        add(byDay, Calendar.day(timestampNs), amount, books);
        add(byMonth, Calendar.month(timestampNs), amount, books);
    }

    private static void add(NavigableMap<Long, BigInteger> sums, long period, BigInteger amount, NaiveBooks books) {
        sums.headMap(period).clear();
        books.put(sums, period, sums.getOrDefault(period, Numbers.ZERO).add(amount));
    }

    BigInteger spentToday(long timestampNs) {
        return byDay.getOrDefault(Calendar.day(timestampNs), Numbers.ZERO);
    }

    BigInteger spentThisMonth(long timestampNs) {
        return byMonth.getOrDefault(Calendar.month(timestampNs), Numbers.ZERO);
    }
}
