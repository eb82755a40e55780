package io.scrip.tools;

import io.scrip.snapshotter.SnapshotConfig;

/**
 * What {@code scrip serve} was told about snapshots.
 *
 * @param following whether a follower runs in this process, at the price of a second copy of the state in memory
 * @param config    when it makes them
 * @param keep      how many are kept
 * @param atStop    whether one is made of the very last state when the server is told to stop
 */
record SnapshotOptions(boolean following, SnapshotConfig config, int keep, boolean atStop) {
    static final int DEFAULT_KEEP = 3;
    private static final int MOST_KEPT = 1_000;

    SnapshotOptions {
        if (keep < 2 || keep > MOST_KEPT) {
            throw new Refusal(ExitCode.USAGE, "--snapshots-kept must be 2 to " + MOST_KEPT + ", not " + keep);
        }
    }

    static SnapshotOptions of(boolean following, long everyCommands, int keep, boolean atStop) {
        if (everyCommands < 1) {
            throw new Refusal(ExitCode.USAGE, "--snapshot-every must be at least 1, not " + everyCommands);
        }
        SnapshotConfig standard = SnapshotConfig.DEFAULT;
        SnapshotConfig config = new SnapshotConfig(everyCommands, standard.everyNs(), standard.compareEveryNs());
        return new SnapshotOptions(following, config, keep, atStop);
    }
}
