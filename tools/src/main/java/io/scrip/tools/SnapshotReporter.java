package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.Snapshotter;
import java.io.PrintWriter;

/**
 * Tells an operator what he has to know of snapshots, archives what they make superfluous, and ends the process when one
 * journal has led to two states.
 *
 * @param onArchived after files were moved
 */
record SnapshotReporter(PrintWriter err, Archiving archiving, Runnable onArchived) implements Snapshotter.Listener {
    @Override
    public void onSnapshot(SnapshotFile file, long tookNs) {
        // Good news every hour is no news; `scrip snapshot list` has it.
        try {
            if (archiving.run() > 0) {
                onArchived.run();
            }
        } catch (JournalFailure | SnapshotException refused) {
            err.println("scrip: archive: " + refused.getMessage());
            err.flush();
        }
    }

    @Override
    public void onFailure(Exception failure) {
        err.println("scrip: snapshots: " + failure.getMessage());
        err.flush();
    }

    @Override
    public void onDivergence(String evidence) {
        try {
            err.println(
                    "scrip: halted: " + evidence + "; keep the data folder as it is and run `scrip snapshot check`");
            err.flush();
        } finally {
            Runtime.getRuntime().halt(ExitCode.DIVERGED.number());
        }
    }
}
