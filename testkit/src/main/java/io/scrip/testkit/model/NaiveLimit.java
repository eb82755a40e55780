package io.scrip.testkit.model;

import java.math.BigInteger;
import java.util.TreeMap;

/** How many debits of an account, and how much, within the buckets of a window. */
final class NaiveLimit {
    private record Debits(long count, BigInteger sum) {}

    private static final long SECOND_NS = 1_000_000_000L;
    /** Of a minute, an hour, a day, thirty days. */
    private static final int[] BUCKETS = {60, 60, 96, 120};

    private static final long[] BUCKET_NS = {SECOND_NS, 60 * SECOND_NS, 900 * SECOND_NS, 6 * 3_600 * SECOND_NS};

    /** 1 is a minute, 4 are thirty days, as the schema counts. */
    final int window;

    long maxCount;
    long maxSum;
    /** The wallet that set it; 0: the operator. */
    long setter;

    private final TreeMap<Long, Debits> buckets = new TreeMap<>();

    NaiveLimit(int window) {
        this.window = window;
    }

    void spend(BigInteger amount, long timestampNs, NaiveBooks books) {
        buckets.headMap(oldest(timestampNs)).clear();
        long bucket = timestampNs / BUCKET_NS[window - 1];
        Debits before = buckets.getOrDefault(bucket, new Debits(0, Numbers.ZERO));
        books.put(buckets, bucket, new Debits(before.count() + 1, before.sum().add(amount)));
    }

    BigInteger count(long timestampNs) {
        long count = 0;
        for (Debits debits : buckets.tailMap(oldest(timestampNs)).values()) {
            count += debits.count();
        }
        return BigInteger.valueOf(count);
    }

    BigInteger sum(long timestampNs) {
        BigInteger sum = Numbers.ZERO;
        for (Debits debits : buckets.tailMap(oldest(timestampNs)).values()) {
            sum = sum.add(debits.sum());
        }
        return sum;
    }

    /** The first bucket that is still in the window: as many as there are, the newest being the current one. */
    private long oldest(long timestampNs) {
        return timestampNs / BUCKET_NS[window - 1] - BUCKETS[window - 1] + 1;
    }
}
