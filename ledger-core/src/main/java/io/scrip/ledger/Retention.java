package io.scrip.ledger;

/**
 * How long command ids are remembered: until the window or the count is exceeded, whichever is first. Part of the
 * state machine: two cores that replay one journal must use the same.
 *
 * @param windowNs   nanoseconds of journal time
 * @param maxIds     ids
 * @param segmentIds ids forgotten together; divides {@code maxIds}
 */
public record Retention(long windowNs, long maxIds, long segmentIds) {

    /** Seven days and 50 million ids, forgotten a million at a time. */
    public static final Retention STANDARD = new Retention(7L * 24 * 3600 * 1_000_000_000L, 50_000_000, 1_000_000);

    public Retention {
        if (windowNs <= 0 || segmentIds <= 0 || maxIds < segmentIds || maxIds % segmentIds != 0) {
            throw new IllegalArgumentException("windowNs > 0 and maxIds a multiple of segmentIds, but got " + windowNs
                    + ", " + maxIds + ", " + segmentIds);
        }
    }
}
