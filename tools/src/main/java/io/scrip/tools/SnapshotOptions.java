package io.scrip.tools;

import io.scrip.snapshotter.SnapshotConfig;
import java.nio.file.Path;

/**
 * What a process was told about snapshots.
 *
 * @param mode    who makes them
 * @param config  when they are made
 * @param keep    how many are kept
 * @param atStop  whether one is made of the very last state when the server is told to stop
 * @param archive where files that the snapshots make superfluous are moved to; null: they stay
 */
record SnapshotOptions(Mode mode, SnapshotConfig config, int keep, boolean atStop, Path archive) {
    static final int DEFAULT_KEEP = 3;
    private static final int MOST_KEPT = 1_000;
    private static final String NO_ARCHIVE = "off";

    /** Who makes the snapshots of a server. */
    enum Mode {
        /** A follower in its own process, at the price of a second copy of the state in memory. */
        ON,
        /** {@code scrip snapshotter}, to which the server tells where it is. */
        APART,
        /** Nobody. */
        OFF
    }

    SnapshotOptions {
        requireKeep("--snapshots-kept", keep);
        if (atStop && mode != Mode.ON) {
            throw new Refusal(ExitCode.USAGE, "--snapshot-at-stop needs --snapshots on");
        }
    }

    /** How many are kept, as an option says it. */
    static int requireKeep(String option, int keep) {
        if (keep < 2 || keep > MOST_KEPT) {
            throw new Refusal(ExitCode.USAGE, option + " must be 2 to " + MOST_KEPT + ", not " + keep);
        }
        return keep;
    }

    static SnapshotOptions of(Mode mode, long everyCommands, int keep, boolean atStop, Path archive) {
        if (everyCommands < 1) {
            throw new Refusal(ExitCode.USAGE, "--snapshot-every must be at least 1, not " + everyCommands);
        }
        SnapshotConfig standard = SnapshotConfig.DEFAULT;
        SnapshotConfig config = new SnapshotConfig(everyCommands, standard.everyNs(), standard.compareEveryNs());
        return new SnapshotOptions(mode, config, keep, atStop, archive);
    }

    /**
     * What {@code --archive} says.
     *
     * @param option a folder, "off", or null when it was not given
     */
    static Path archive(String option, DataFolder folder) {
        if (option == null) {
            return folder.archive();
        }
        return option.equals(NO_ARCHIVE)
                ? null
                : Path.of(option).toAbsolutePath().normalize();
    }
}
