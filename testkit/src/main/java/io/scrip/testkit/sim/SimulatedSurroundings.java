package io.scrip.testkit.sim;

import io.scrip.journal.DocumentWriter;
import io.scrip.journal.FreeSpace;
import io.scrip.journal.Surroundings;
import io.scrip.testkit.workload.Chance;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the journal and the event log live in while they are simulated. */
final class SimulatedSurroundings implements Surroundings {
    /** Name of the journal's folder; the event log's is {@link #EVENTS}. */
    static final String JOURNAL = "journal";

    static final String EVENTS = "events";
    static final String SNAPSHOTS = "snapshots";

    private final Disk disk;
    private final Chance chance;
    private SimulatedQueue journal;
    private Path forcedFile;
    private int forcedEnd;
    private int provenEnd;

    SimulatedSurroundings(Disk disk, Chance chance) {
        this.disk = disk;
        this.chance = chance;
    }

    /** The journal has been forced: what was forced before is now proven by later records. */
    void onForced() {
        Path file = journal.currentFile();
        if (!file.equals(forcedFile)) {
            forcedFile = file;
            forcedEnd = 0;
            provenEnd = 0;
        }
        if (journal.writtenEnd() != forcedEnd) {
            provenEnd = forcedEnd;
            forcedEnd = journal.writtenEnd();
        }
    }

    /** The journal's file that was forced last. */
    Path forcedFile() {
        return forcedFile;
    }

    /** Damage before this byte of that file shows, for later records prove that it was on the device. */
    int provenEnd() {
        return provenEnd;
    }

    FreeSpace freeSpace() {
        return folder -> disk.freeBytes();
    }

    /** Stands still: what an answer holds for is told by bytes alone, and one seed gives one run. */
    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public DocumentWriter createQueue(Path folder, int blockSizeBytes) {
        SimulatedQueue queue = SimulatedQueue.create(disk, folder, blockSizeBytes, chance);
        if (folder.getParent().endsWith(JOURNAL)) {
            journal = queue;
            forcedFile = null;
        }
        return queue;
    }

    @Override
    public ByteBuffer map(Path file) {
        DiskFile mapped = disk.file(file);
        return ByteBuffer.wrap(mapped.whole(), 0, mapped.length()).slice();
    }

    @Override
    public void extend(Path file, long lengthBytes) {
        disk.fate.point("before a file is made longer");
        disk.file(file).extend((int) lengthBytes);
    }

    @Override
    public int newEpoch() {
        return (int) chance.next();
    }
}
