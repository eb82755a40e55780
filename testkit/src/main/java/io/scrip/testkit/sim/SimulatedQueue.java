package io.scrip.testkit.sim;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.DocumentWriter;
import io.scrip.journal.Surroundings;
import io.scrip.testkit.workload.Chance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes documents as Chronicle Queue does: into a file that grows by whole blocks, a word before each document that
 * says first that it is not finished and then how long it is, documents of Chronicle's own at the beginning and now
 * and then between, and a mark at the end of a file that is followed by another. Stores go to memory, and nothing here
 * ever forces them.
 */
final class SimulatedQueue implements DocumentWriter {
    private static final int UNFINISHED = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;
    private static final int HEADER_BYTES = 188;
    private static final int INDEX_BYTES = 252;
    private static final int INDEX_ONE_IN = 300;

    private final Disk disk;
    private final Path folder;
    private final int blockBytes;
    private final Chance chance;
    private int fileNumber;
    private Path path;
    private DiskFile file;
    private int frameAt;
    private long endPosition;

    private SimulatedQueue(Disk disk, Path folder, int blockBytes, Chance chance) {
        this.disk = disk;
        this.folder = folder;
        this.blockBytes = blockBytes;
        this.chance = chance;
    }

    static SimulatedQueue create(Disk disk, Path folder, int blockBytes, Chance chance) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("metadata.cq4t"), new byte[HEADER_BYTES]);
        } catch (IOException refused) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "cannot create a queue in " + folder, refused);
        }
        return new SimulatedQueue(disk, folder, blockBytes, chance);
    }

    @Override
    public long write(byte[] first, int firstLength, byte[] second, int secondOffset, int secondLength) {
        if (endPosition == 0) {
            begin();
        }
        int length = firstLength + secondLength;
        int at = frameAt + Integer.BYTES;
        grow(at + length + Integer.BYTES);
        disk.fate.point("before a record");
        file.writeInt(frameAt, UNFINISHED);
        disk.fate.point("within a record");
        file.write(at, first, 0, firstLength);
        if (secondLength > 0) {
            disk.fate.point("within a record");
            file.write(at + firstLength, second, secondOffset, secondLength);
        }
        disk.fate.point("before a record is finished");
        file.writeInt(frameAt, length);
        frameAt = at + (length + 3 & ~3);
        endPosition = (long) at + length;
        if (chance.oneIn(INDEX_ONE_IN)) {
            ownDocument(INDEX_BYTES);
        }
        return at;
    }

    private void begin() {
        disk.fate.point("before a new file");
        if (file != null) {
            file.writeInt(frameAt, UNFINISHED | METADATA);
        }
        path = folder.resolve(Surroundings.fileName(fileNumber));
        try {
            Files.createFile(path);
        } catch (IOException refused) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "cannot create " + path, refused);
        }
        file = disk.file(path);
        frameAt = 0;
        ownDocument(HEADER_BYTES);
        ownDocument(INDEX_BYTES);
    }

    private void ownDocument(int length) {
        grow(frameAt + length + 2 * Integer.BYTES);
        disk.fate.point("before a document of the queue's own");
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i | 1);
        }
        file.write(frameAt + Integer.BYTES, bytes, 0, length);
        file.writeInt(frameAt, METADATA | length);
        frameAt += Integer.BYTES + length;
    }

    private void grow(int needed) {
        if (needed > file.length()) {
            file.extend((needed + blockBytes - 1) / blockBytes * blockBytes);
        }
    }

    @Override
    public void roll() {
        fileNumber++;
        endPosition = 0;
    }

    @Override
    public Path currentFile() {
        return path == null ? folder : path;
    }

    @Override
    public long endPosition() {
        return endPosition;
    }

    /** Where the next document of the current file will begin. */
    int writtenEnd() {
        return frameAt;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
