package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.LogArchive;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotHeader;
import io.scrip.snapshotter.SnapshotStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Moves the files of the journal and of the event log that no kept snapshot needs into the archive. Only when at least
 * two snapshots are good to their last byte, and only what lies before the oldest of those that are kept. One thread.
 */
final class Archiving {
    private static final int FEWEST_GOOD = 2;

    private final DataFolder folder;
    private final Path archive;
    private final SnapshotStore store;

    /** @param archive where to; null: nothing is archived */
    Archiving(DataFolder folder, Path archive, SnapshotStore store) {
        this.folder = folder;
        this.archive = archive;
        this.store = store;
    }

    /**
     * Does it.
     *
     * @return files that were moved
     * @throws JournalFailure when a file cannot be moved; everything is still where it can be found
     */
    int run() throws SnapshotException {
        if (archive == null) {
            return 0;
        }
        List<SnapshotFile> good = store.intact(store.keep());
        if (good.size() < FEWEST_GOOD) {
            return 0;
        }
        SnapshotHeader oldest = SnapshotStore.header(good.get(good.size() - 1));
        int moved = LogArchive.ofJournal(folder.journal())
                .move(archive.resolve(folder.journal().getFileName()), oldest.sequence());
        if (Files.isDirectory(folder.events())) {
            moved += LogArchive.ofEvents(folder.events())
                    .move(archive.resolve(folder.events().getFileName()), oldest.eventSequence());
        }
        return moved;
    }
}
