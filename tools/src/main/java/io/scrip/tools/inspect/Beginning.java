package io.scrip.tools.inspect;

import io.scrip.engine.JournalFailure;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.tools.DataFolder;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Where a ledger can be derived from: its first record, or a snapshot since older records have been pruned. */
final class Beginning {
    private Beginning() {}

    /**
     * A core before the first record that is kept, or with as little as possible behind it.
     *
     * @throws JournalFailure DAMAGED when records have been pruned and no snapshot is good
     */
    static LedgerProcessor oldest(DataFolder folder, long firstSequence, EventSink events) {
        return firstSequence == 1
                ? new LedgerProcessor(Retention.STANDARD, events)
                : pick(folder, firstSequence, Long.MAX_VALUE, events);
    }

    /**
     * A core at or before a record.
     *
     * @throws Refusal PRUNED when that record was before all that can be derived
     */
    static LedgerProcessor before(DataFolder folder, long firstSequence, long sequence, EventSink events) {
        return firstSequence == 1
                ? new LedgerProcessor(Retention.STANDARD, events)
                : pick(folder, firstSequence, sequence, events);
    }

    private static LedgerProcessor pick(DataFolder folder, long firstSequence, long most, EventSink events) {
        List<String> refused = new ArrayList<>();
        long first = Long.MAX_VALUE;
        for (SnapshotFile file : oldestFirst(folder)) {
            if (file.sequence() + 1 < firstSequence) {
                continue;
            }
            first = Math.min(first, file.sequence());
            try {
                if (file.sequence() <= most) {
                    return SnapshotStore.load(file, Retention.STANDARD, events);
                }
            } catch (SnapshotException damaged) {
                refused.add(damaged.getMessage());
            }
        }
        if (first > most && first != Long.MAX_VALUE) {
            throw new Refusal(
                    ExitCode.PRUNED,
                    "record " + most + " lies before the snapshot of command " + first
                            + ", which this ledger begins with since older records were pruned");
        }
        throw JournalFailure.damagedAt(
                folder.snapshots().toString(),
                -1,
                -1,
                "no snapshot in " + folder.snapshots() + " is good, and the commands before " + firstSequence
                        + " have been pruned; " + String.join("; ", refused));
    }

    private static List<SnapshotFile> oldestFirst(DataFolder folder) {
        try {
            SnapshotStore store = new SnapshotStore(folder.snapshots(), 2);
            List<SnapshotFile> files = new ArrayList<>(store.list());
            if (store.base() != null) {
                files.add(store.base());
            }
            files.sort(java.util.Comparator.comparingLong(SnapshotFile::sequence));
            return files;
        } catch (SnapshotException unreadable) {
            throw new Refusal(ExitCode.DISK, unreadable.getMessage(), unreadable);
        }
    }
}
