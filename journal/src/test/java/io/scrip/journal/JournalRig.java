package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Journals of known content, and what is found in them afterwards. */
final class JournalRig {
    static final FreeSpace PLENTY = folder -> Long.MAX_VALUE / 2;
    /** A device that forgets to flush: for tests that only kill processes, not machines. */
    static final Device QUICK = (file, metadata) -> {};

    private JournalRig() {}

    static JournalConfig config(Path folder, long rollSizeBytes) {
        return new JournalConfig(folder, DurabilityMode.SYNC, 256 << 10, rollSizeBytes, 0, 0, 0);
    }

    static ChronicleJournal open(Path folder) {
        return open(folder, 1 << 20);
    }

    static ChronicleJournal open(Path folder, long rollSizeBytes) {
        return ChronicleJournal.open(config(folder, rollSizeBytes), PLENTY, QUICK);
    }

    /** The command with a sequence: its length and bytes follow from it. */
    static UnsafeBuffer command(long sequence) {
        int length = 20 + (int) (sequence * 37 % 150);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        for (int i = 0; i < length; i++) {
            buffer.putByte(i, (byte) (sequence * 31 + i));
        }
        return buffer;
    }

    static void append(ChronicleJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            long sequence = journal.lastSequence() + 1;
            DirectBuffer command = command(sequence);
            journal.append(sequence, sequence * 1000, command, 0, command.capacity());
        }
    }

    /** Replays and checks everything against what was written; the number of records. */
    static long replay(ChronicleJournal journal) {
        long[] next = {1};
        journal.replay(1, (sequence, timestampNs, buffer, offset, length) -> {
            DirectBuffer expected = command(sequence);
            boolean same = sequence == next[0]
                    && timestampNs == sequence * 1000
                    && new UnsafeBuffer(buffer, offset, length).equals(expected);
            if (!same) {
                throw new AssertionError("record " + sequence + " is not what was written");
            }
            next[0]++;
        });
        return next[0] - 1;
    }

    /** What opening and replaying finds: the number of records, or -1 for damage. */
    static long find(Path folder) {
        try (ChronicleJournal journal = open(folder)) {
            return replay(journal);
        } catch (JournalFailure failure) {
            if (failure.kind() == JournalFailure.Kind.DAMAGED || failure.kind() == JournalFailure.Kind.UNREADABLE) {
                return -1;
            }
            throw failure;
        }
    }

    static List<Path> dataFiles(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".cq4")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** As a kill -9 leaves it: every file as it is now. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
