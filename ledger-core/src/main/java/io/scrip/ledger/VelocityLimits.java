package io.scrip.ledger;

/**
 * How many debits of an account, and how much, within the last minute, hour, day or thirty days. A limit has a ring of
 * buckets of count and sum, and the two totals over its buckets. Only limited accounts have any.
 *
 * <pre>
 *   HOUR, now in bucket 1007:   ring | … | 1003 | 1004 | 1005 | 1006 | 1007 | 948 | 949 | … |
 *                                                                newest ^     ^ oldest, counted whole
 * </pre>
 *
 * <p>A window is the current bucket and those before it, as many as the ring has. Buckets that have left it are
 * emptied by the next debit; until then, reading leaves them out.
 */
final class VelocityLimits implements RowIndex.Keys {
    /** A cap that no debit exceeds. */
    static final long UNLIMITED = Long.MAX_VALUE;

    static final int WINDOWS = 4;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int[] BUCKETS = {60, 60, 96, 120};
    private static final long[] BUCKET_NS = {SECOND_NS, 60 * SECOND_NS, 15 * 60 * SECOND_NS, 6 * 3600 * SECOND_NS};

    private static final int KEY = 0;
    private static final int MAX_COUNT = 1;
    private static final int MAX_SUM = 2;
    private static final int COUNT = 3;
    private static final int SUM = 4;
    private static final int NEWEST_BUCKET = 5;
    private static final int RING = 6;
    private static final int SETTER = 7;
    private static final int COLUMNS = 8;

    private static final int BUCKET_COUNT = 0;
    private static final int BUCKET_SUM = 1;
    private static final int BUCKET_COLUMNS = 2;
    /** Counters of the rings: rows used, then the first free ring of each window. */
    private static final int USED_ROWS = 0;

    private static final int FREE_RINGS = 1;
    private static final int NONE = -1;

    private final RecycledRows limits;
    private final RowTable rings;
    private final RowTable ringCounters;
    private final RowIndex index;
    private long wantedKey;

    VelocityLimits(Undo undo) {
        limits = new RecycledRows(COLUMNS, undo);
        rings = new RowTable(BUCKET_COLUMNS, undo);
        ringCounters = RowTable.ofFewRows(FREE_RINGS + WINDOWS, undo);
        index = new RowIndex(this, undo);
        ringCounters.append();
        for (int window = 0; window < WINDOWS; window++) {
            ringCounters.setForGood(0, FREE_RINGS + window, NONE);
        }
    }

    /** The row of an account's limit over a window (0: minute, 1: hour, 2: day, 3: thirty days); -1 without. */
    int find(int account, int window) {
        wantedKey = key(account, window);
        return index.find(Hashing.mix(wantedKey, 0));
    }

    int add(int account, int window, long timestampNs) {
        int row = limits.take();
        long key = key(account, window);
        limits.set(row, KEY, key);
        limits.set(row, NEWEST_BUCKET, timestampNs / BUCKET_NS[window]);
        limits.set(row, RING, takeRing(window));
        index.add(Hashing.mix(key, 0), row);
        return row;
    }

    void change(int row, long maxCount, long maxSum, long setter) {
        limits.set(row, MAX_COUNT, maxCount);
        limits.set(row, MAX_SUM, maxSum);
        limits.set(row, SETTER, setter);
    }

    void remove(int row) {
        index.remove(hashOf(row), row);
        giveRingBack(window(row), ring(row));
        limits.giveBack(row);
    }

    /** Counts a debit. */
    void record(int row, long timestampNs, long amount) {
        long bucket = timestampNs / BUCKET_NS[window(row)];
        long end = lastExpired(row, bucket);
        long count = limits.get(row, COUNT);
        long sum = limits.get(row, SUM);
        for (long expired = newestBucket(row) + 1; expired <= end; expired++) {
            int place = place(row, expired);
            if (rings.get(place, BUCKET_COUNT) != 0) {
                count -= rings.get(place, BUCKET_COUNT);
                sum -= rings.get(place, BUCKET_SUM);
                rings.set(place, BUCKET_COUNT, 0);
                rings.set(place, BUCKET_SUM, 0);
            }
        }
        int place = place(row, bucket);
        rings.set(place, BUCKET_COUNT, rings.get(place, BUCKET_COUNT) + 1);
        rings.set(place, BUCKET_SUM, rings.get(place, BUCKET_SUM) + amount);
        if (sum + amount < 0) {
            throw new LedgerFault("a window of limit " + row + " overflowed");
        }
        limits.set(row, COUNT, count + 1);
        limits.set(row, SUM, sum + amount);
        limits.set(row, NEWEST_BUCKET, bucket);
    }

    /** Debits within the window that ends now. */
    long count(int row, long timestampNs) {
        return inWindow(row, COUNT, BUCKET_COUNT, timestampNs);
    }

    /** Sum of the debits within the window that ends now. */
    long sum(int row, long timestampNs) {
        return inWindow(row, SUM, BUCKET_SUM, timestampNs);
    }

    private long inWindow(int row, int total, int column, long timestampNs) {
        long end = lastExpired(row, timestampNs / BUCKET_NS[window(row)]);
        long left = limits.get(row, total);
        for (long expired = newestBucket(row) + 1; expired <= end; expired++) {
            left -= rings.get(place(row, expired), column);
        }
        return left;
    }

    /** The places of buckets after the newest, up to this one, still hold what has left the window by now. */
    private long lastExpired(int row, long bucket) {
        return Math.min(bucket, newestBucket(row) + BUCKETS[window(row)]);
    }

    private int place(int row, long bucket) {
        return ring(row) + (int) (bucket % BUCKETS[window(row)]);
    }

    private int takeRing(int window) {
        int free = (int) ringCounters.get(0, FREE_RINGS + window);
        if (free != NONE) {
            ringCounters.set(0, FREE_RINGS + window, rings.get(free, 0));
            rings.set(free, 0, 0);
            return free;
        }
        int first = (int) ringCounters.get(0, USED_ROWS);
        int end = first + BUCKETS[window];
        ringCounters.set(0, USED_ROWS, end);
        while (rings.rows() < end) {
            rings.append();
        }
        return first;
    }

    private void giveRingBack(int window, int ring) {
        for (int place = ring; place < ring + BUCKETS[window]; place++) {
            rings.set(place, BUCKET_COUNT, 0);
            rings.set(place, BUCKET_SUM, 0);
        }
        rings.set(ring, 0, ringCounters.get(0, FREE_RINGS + window));
        ringCounters.set(0, FREE_RINGS + window, ring);
    }

    long maxCount(int row) {
        return limits.get(row, MAX_COUNT);
    }

    long maxSum(int row) {
        return limits.get(row, MAX_SUM);
    }

    /** Number of the wallet that set it; 0: the operator. */
    long setter(int row) {
        return limits.get(row, SETTER);
    }

    private int window(int row) {
        return (int) limits.get(row, KEY) & (WINDOWS - 1);
    }

    private long newestBucket(int row) {
        return limits.get(row, NEWEST_BUCKET);
    }

    private int ring(int row) {
        return (int) limits.get(row, RING);
    }

    RowTable table() {
        return limits.table();
    }

    RowTable counters() {
        return limits.counters();
    }

    RowTable rings() {
        return rings;
    }

    RowTable ringCounters() {
        return ringCounters;
    }

    void index() throws SnapshotException {
        index.addAll(0, limits.rows(), limits.free());
    }

    /** Buckets that memory was paid for. */
    int bucketRows() {
        return rings.rows();
    }

    @Override
    public long hashOf(int row) {
        return Hashing.mix(limits.get(row, KEY), 0);
    }

    @Override
    public boolean isWanted(int row) {
        return limits.get(row, KEY) == wantedKey;
    }

    private static long key(int account, int window) {
        return (long) account * WINDOWS + window;
    }
}
