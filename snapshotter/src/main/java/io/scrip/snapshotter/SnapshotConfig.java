package io.scrip.snapshotter;

/**
 * When snapshots are made.
 *
 * @param everyCommands    after so many commands
 * @param everyNs          and after so many nanoseconds, if anything has happened meanwhile
 * @param compareEveryNs   how often the follower catches up with the live core and compares its state with it
 */
public record SnapshotConfig(long everyCommands, long everyNs, long compareEveryNs) {
    /** Every million commands or hour; compared every 100 ms. */
    public static final SnapshotConfig DEFAULT = new SnapshotConfig(1_000_000, 3_600_000_000_000L, 100_000_000);

    public SnapshotConfig {
        if (everyCommands < 1 || everyNs < 1 || compareEveryNs < 1) {
            throw new IllegalArgumentException(
                    "intervals are positive: " + everyCommands + ", " + everyNs + ", " + compareEveryNs);
        }
    }
}
