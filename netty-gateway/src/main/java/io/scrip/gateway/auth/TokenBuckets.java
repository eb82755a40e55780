package io.scrip.gateway.auth;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A token bucket per wallet key, in bounded memory and without locks; any thread.
 *
 * <p>A bucket is one number, the time at which it will be full again (the "theoretical arrival time" of the generic cell
 * rate algorithm, ITU-T I.371): a request moves it on by 1/rate and is refused while it lies further ahead than the
 * burst allows. A bucket whose time has passed is full, hence as good as none, and its place is free for another key.
 * Places are found by hash in small groups; when a whole group is busy the one that is full soonest is given up.
 */
public final class TokenBuckets {
    private static final int GROUP = 8;
    private static final int SLOT_LONGS = 2;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long intervalNs;
    private final long toleranceNs;
    private final int groups;
    private final AtomicLongArray slots;

    /** Buckets for at most {@code capacity} keys that are busy at the same time; a power of two, at least 8. */
    public TokenBuckets(RateLimit limit, int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < GROUP) {
            throw new IllegalArgumentException("capacity must be a power of two, at least 8, not " + capacity);
        }
        intervalNs = limit.isLimited() ? NS_PER_SECOND / limit.perSecond() : 0;
        toleranceNs = intervalNs * limit.burst();
        groups = capacity / GROUP;
        slots = new AtomicLongArray(capacity * SLOT_LONGS);
    }

    /**
     * Takes one token.
     *
     * @param nowNs a clock that never goes back, such as {@link System#nanoTime}, made positive
     * @return 0 when there was one, otherwise in how many nanoseconds there will be
     */
    public long take(long key, long nowNs) {
        if (intervalNs == 0) {
            return 0;
        }
        int slot = slotOf(key, nowNs);
        while (true) {
            long fullAt = slots.get(slot + 1);
            long next = Math.max(fullAt, nowNs) + intervalNs;
            long aheadNs = next - nowNs - toleranceNs;
            if (aheadNs > 0) {
                return aheadNs;
            }
            if (slots.compareAndSet(slot + 1, fullAt, next)) {
                return 0;
            }
        }
    }

    private int slotOf(long key, long nowNs) {
        int first = (int) Long.remainderUnsigned(spread(key), groups) * GROUP * SLOT_LONGS;
        int soonest = first;
        long soonestFullAt = Long.MAX_VALUE;
        for (int slot = first; slot < first + GROUP * SLOT_LONGS; slot += SLOT_LONGS) {
            if (slots.get(slot) == key) {
                return slot;
            }
            long fullAt = slots.get(slot + 1);
            if (fullAt < soonestFullAt) {
                soonest = slot;
                soonestFullAt = fullAt;
            }
        }
        slots.set(soonest, key);
        if (soonestFullAt > nowNs) {
            slots.set(soonest + 1, nowNs);
        }
        return soonest;
    }

    private static long spread(long key) {
        long x = key * 0x9E37_79B9_7F4A_7C15L;
        return x ^ (x >>> 32);
    }
}
