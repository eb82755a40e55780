package io.scrip.tools;

import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.Snapshotter;
import java.io.PrintWriter;

/** Tells an operator what he has to know of snapshots; ends the process when one journal has led to two states. */
record SnapshotReporter(PrintWriter err) implements Snapshotter.Listener {
    @Override
    public void onSnapshot(SnapshotFile file, long tookNs) {
        // Good news every hour is no news; `scrip snapshot list` has it.
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
            Runtime.getRuntime().halt(ExitCode.INTERNAL.number());
        }
    }
}
