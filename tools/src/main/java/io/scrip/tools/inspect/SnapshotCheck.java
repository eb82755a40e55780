package io.scrip.tools.inspect;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.tools.DataFolder;
import io.scrip.tools.inspect.Finding.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Holds each snapshot against a core that is derived from the journal, when it stands where the snapshot does. */
final class SnapshotCheck {
    private final List<Finding> findings;
    private final Deque<SnapshotFile> oldestFirst = new ArrayDeque<>();
    private int right;

    SnapshotCheck(DataFolder folder, List<Finding> findings) {
        this.findings = findings;
        try {
            new SnapshotStore(folder.snapshots(), 2).list().forEach(oldestFirst::addFirst);
        } catch (SnapshotException unreadable) {
            findings.add(Finding.at(Part.SNAPSHOT, folder.snapshots(), -1, -1, unreadable.getMessage()));
        }
    }

    /** The core has applied a command. */
    void onApplied(LedgerProcessor core) {
        while (!oldestFirst.isEmpty() && oldestFirst.peek().sequence() <= core.lastSequence()) {
            compare(oldestFirst.remove(), core);
        }
    }

    private void compare(SnapshotFile file, LedgerProcessor core) {
        try {
            LedgerProcessor stored =
                    SnapshotStore.load(file, Retention.STANDARD, (eventSequence, event, offset, length) -> {});
            if (stored.lastSequence() == core.lastSequence() && stored.stateHash() == core.stateHash()) {
                right++;
            } else {
                findings.add(Finding.at(
                        Part.SNAPSHOT, file.path(), -1, file.sequence(), "not the state that the journal derives"));
            }
        } catch (SnapshotException damaged) {
            findings.add(Finding.at(Part.SNAPSHOT, file.path(), -1, file.sequence(), damaged.getMessage()));
        }
    }

    /** The journal has been read to its end: what is left is of commands that it does not have. */
    void end(long lastSequence) {
        for (SnapshotFile file : oldestFirst) {
            findings.add(Finding.at(
                    Part.JOURNAL,
                    file.path(),
                    -1,
                    file.sequence(),
                    "a snapshot of this command, and the journal ends with " + lastSequence
                            + ": the journal has lost its end, or the snapshot is of another"));
        }
    }

    /** Snapshots that are what the journal derives. */
    int right() {
        return right;
    }
}
