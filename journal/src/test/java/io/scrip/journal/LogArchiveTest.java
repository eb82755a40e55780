package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.PrunedHistory;
import io.scrip.journal.LogArchive.State;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Older files go to another folder and are still read; then they go for good, and that is said. */
@Timeout(120)
class LogArchiveTest {
    private static final FileMove.Rename OTHER_FILE_SYSTEM = (from, to) -> {
        throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another device");
    };

    @TempDir
    Path temp;

    private Path journal() {
        return temp.resolve("journal");
    }

    private Path usual() {
        return ArchiveNote.usualPlace(journal());
    }

    /** Three processes, each with several files. */
    private void write() {
        for (int process = 1; process <= 3; process++) {
            try (ChronicleJournal journal = JournalRig.open(journal(), 70_000)) {
                JournalRig.append(journal, 200);
                journal.force();
            }
        }
    }

    private long read() {
        try (JournalReader reader = JournalReader.open(journal())) {
            assertEquals(600, reader.lastSequence());
            return reader.readAll((sequence, timestampNs, buffer, offset, length) -> {
                DirectBuffer expected = JournalRig.command(sequence);
                assertEquals(expected.capacity(), length);
            });
        }
    }

    private static long count(List<LogArchive.StoredFile> files, State state) {
        return files.stream().filter(file -> file.state() == state).count();
    }

    @Test
    void onlyFilesThatEndBeforeTheRecordMoveAndEveryReaderFindsThem() {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        int files = archive.files().size();
        assertEquals(0, archive.move(usual(), archive.files().get(0).lastSequence()));
        int moved = archive.move(usual(), 450);
        assertEquals(moved, count(archive.files(), State.ARCHIVED));
        assertEquals(files - moved, count(archive.files(), State.IN_PLACE));
        archive.files()
                .forEach(file -> assertEquals(
                        file.lastSequence() < 450 ? State.ARCHIVED : State.IN_PLACE, file.state(), file.toString()));
        assertEquals(600, read());
        try (ChronicleJournal journal = JournalRig.open(journal())) {
            assertEquals(600, journal.replay(1, (sequence, timestampNs, buffer, offset, length) -> {}));
            JournalRig.append(journal, 1);
            journal.force();
        }
        try (JournalFollower follower = JournalFollower.fromStart(journal())) {
            follower.readTo(601, (sequence, timestampNs, buffer, offset, length) -> {});
        }
        assertFalse(Files.exists(journal().resolve(ArchiveNote.NAME)), "the usual place needs no note");
    }

    @Test
    void theFileThatIsBeingWrittenNeverMoves() {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        try (ChronicleJournal journal = JournalRig.open(journal(), 70_000)) {
            JournalRig.append(journal, 200);
            journal.force();
            archive.move(usual(), Long.MAX_VALUE);
            List<LogArchive.StoredFile> files = archive.files();
            assertEquals(State.IN_PLACE, files.get(files.size() - 1).state());
            assertEquals(1, count(files, State.IN_PLACE));
            JournalRig.append(journal, 200);
            journal.force();
        }
        try (JournalReader reader = JournalReader.open(journal())) {
            assertEquals(1000, reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
        }
    }

    @Test
    void anotherPlaceIsWrittenDownAndAllPlacesAreLookedInto() throws IOException {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        Path cold = temp.resolve("other place/ç").resolve("journal");
        archive.move(usual(), 200);
        archive.move(cold, 300);
        assertEquals(600, read());
        // All of it is moved together, and found where it is now.
        Path moved = temp.resolve("moved");
        Files.createDirectory(moved);
        for (String name : List.of("journal", "archive", "other place")) {
            Files.move(temp.resolve(name), moved.resolve(name));
        }
        try (JournalReader reader = JournalReader.open(moved.resolve("journal"))) {
            assertEquals(600, reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
        }
        assertTrue(Files.exists(moved.resolve("other place/ç/journal")));
    }

    @Test
    void toAnotherFileSystemAFileIsCopiedComparedAndOnlyThenRemoved() throws IOException {
        write();
        List<byte[]> before = bytes();
        LogArchive archive = LogArchive.of(
                journal(), Manifest.KIND_JOURNAL, JournalRig.QUICK, new FileMove(JournalRig.QUICK, OTHER_FILE_SYSTEM));
        assertTrue(archive.move(usual(), 450) > 3);
        assertEquals(600, read());
        List<byte[]> after = bytes();
        for (int i = 0; i < before.size(); i++) {
            assertTrue(java.util.Arrays.equals(before.get(i), after.get(i)), "file " + i);
        }
    }

    private List<byte[]> bytes() throws IOException {
        List<byte[]> all = new java.util.ArrayList<>();
        for (LogArchive.StoredFile file : LogArchive.ofJournal(journal()).files()) {
            all.add(Files.readAllBytes(file.path()));
        }
        return all;
    }

    /** The device dies at each of its calls in turn; afterwards all is there, and the next process finishes. */
    @Test
    void aCrashAtAnyStepLosesNothing() throws IOException {
        for (FileMove.Rename rename : List.of(FileMove.Rename.REAL, OTHER_FILE_SYSTEM)) {
            boolean finished = false;
            for (int calls = 0; !finished; calls++) {
                wipe();
                write();
                int[] left = {calls};
                Device dying = (file, metadata) -> {
                    if (left[0]-- == 0) {
                        throw new IOException("the machine is gone");
                    }
                };
                Path place = temp.resolve("cold").resolve("journal");
                try {
                    LogArchive.of(journal(), Manifest.KIND_JOURNAL, dying, new FileMove(dying, rename))
                            .move(place, 150);
                    finished = true;
                } catch (JournalFailure crash) {
                    assertEquals(JournalFailure.Kind.DEVICE, crash.kind());
                }
                assertEquals(600, read(), "after " + calls + " calls");
                LogArchive.of(
                                journal(),
                                Manifest.KIND_JOURNAL,
                                JournalRig.QUICK,
                                new FileMove(JournalRig.QUICK, rename))
                        .move(place, 150);
                assertEquals(600, read());
                assertEquals(
                        0,
                        LogArchive.ofJournal(journal()).files().stream()
                                .filter(file -> file.lastSequence() < 150 && file.state() != State.ARCHIVED)
                                .count());
            }
        }
    }

    private void wipe() throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.equals(temp)) {
                    Files.delete(path);
                }
            }
        }
    }

    @Test
    void anArchivedFileThatIsMissingOrDamagedIsNamed() throws IOException {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        archive.move(usual(), 450);
        Path file = archive.files().get(1).path();
        byte[] bytes = Files.readAllBytes(file);
        bytes[70_000] ^= 4;
        Files.write(file, bytes);
        JournalFailure damaged = assertThrows(JournalFailure.class, this::read);
        assertEquals(JournalFailure.Kind.DAMAGED, damaged.kind());
        assertTrue(damaged.getMessage().contains(file.toString()), damaged.getMessage());
        Files.delete(file);
        JournalFailure missing = assertThrows(JournalFailure.class, this::read);
        assertTrue(missing.getMessage().contains("is missing, here and in the archive"), missing.getMessage());
        assertEquals(State.MISSING, archive.files().get(1).state());
    }

    @Test
    void aTargetThatIsThereAlreadyAndDifferentStopsTheMove() throws IOException {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        Path first = archive.files().get(0).path();
        Path target = usual().resolve(first.getParent().getFileName()).resolve(first.getFileName());
        Files.createDirectories(target.getParent());
        Files.writeString(target, "something else");
        assertThrows(JournalFailure.class, () -> archive.move(usual(), 450));
        assertEquals(600, read());
    }

    @Test
    void whatIsPrunedIsGoneAndTheRestIsRead() {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        archive.move(usual(), 450);
        List<LogArchive.StoredFile> gone = archive.prune(300);
        long last = gone.get(gone.size() - 1).lastSequence();
        assertTrue(last <= 300 && last > 100, gone.toString());
        assertEquals(last, archive.prunedSequence());
        gone.forEach(file -> assertFalse(Files.exists(file.path())));
        try (JournalReader reader = JournalReader.open(journal())) {
            assertEquals(last + 1, reader.firstSequence());
            JournalFailure pruned = assertThrows(
                    JournalFailure.class,
                    () -> reader.read(1, 600, (sequence, timestampNs, buffer, offset, length) -> {}));
            assertEquals(JournalFailure.Kind.PRUNED, pruned.kind());
        }
        assertEquals(600 - last, read());
        try (ChronicleJournal journal = JournalRig.open(journal())) {
            assertEquals(last + 1, journal.firstSequence());
            assertEquals(600 - last, journal.replay(last + 1, (sequence, timestampNs, buffer, offset, length) -> {}));
        }
        assertEquals(List.of(), archive.prune(300));
        // What is not archived is never pruned.
        archive.prune(Long.MAX_VALUE);
        assertTrue(archive.prunedSequence() < 450);
    }

    @Test
    void aNoteThatIsDamagedOrNewerStopsEverything() throws IOException {
        write();
        LogArchive archive = LogArchive.ofJournal(journal());
        archive.move(temp.resolve("cold"), 300);
        Path note = journal().resolve(ArchiveNote.NAME);
        String text = Files.readString(note);
        Files.writeString(note, text.replace("cold", "bold"));
        assertEquals(
                JournalFailure.Kind.DAMAGED,
                assertThrows(JournalFailure.class, this::read).kind());
        Files.writeString(note, text.replace("scrip-archive 1", "scrip-archive 2"));
        assertEquals(
                JournalFailure.Kind.UNREADABLE,
                assertThrows(JournalFailure.class, this::read).kind());
    }

    @Test
    void eventsAreReadFromTheArchiveAndPrunedOnesAreSaidToBe() {
        Path events = temp.resolve("events");
        EventLogConfig config = new EventLogConfig(events, 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES);
        LogArchive archive = LogArchive.ofEvents(events);
        try (ChronicleEventLog log = ChronicleEventLog.open(config);
                EventLog.Reader reader = log.openReader()) {
            for (long sequence = 1; sequence <= 30_000; sequence++) {
                DirectBuffer event = JournalRig.command(sequence);
                log.append(sequence, event, 0, event.capacity());
            }
            int moved = archive.move(ArchiveNote.usualPlace(events), 25_000);
            assertTrue(moved >= 2, "moved " + moved);
            assertEquals(30_000, reader.readRange(1, 30_000, (sequence, buffer, offset, length) -> {}));
            log.refresh();
            assertEquals(30_000, reader.readRange(1, 30_000, (sequence, buffer, offset, length) -> {}));
            long first = archive.files().get(0).lastSequence() + 1;
            archive.prune(first);
            log.refresh();
            assertEquals(first, log.firstEventSequence());
            assertTrue(reader.read(first, (sequence, buffer, offset, length) -> {}));
            PrunedHistory pruned =
                    assertThrows(PrunedHistory.class, () -> reader.read(1, (sequence, buffer, offset, length) -> {}));
            assertEquals(first, pruned.firstEventSequence());
            assertThrows(PrunedHistory.class, () -> reader.readRange(1, 9, (sequence, buffer, offset, length) -> {}));
        }
        long first = archive.prunedSequence() + 1;
        try (ChronicleEventLog log = ChronicleEventLog.open(config);
                EventLog.Reader reader = log.openReader()) {
            assertEquals(30_000, log.lastEventSequence());
            assertEquals(first, log.firstEventSequence());
            assertEquals(30_001 - first, reader.readRange(first, 30_000, (sequence, buffer, offset, length) -> {}));
        }
        try (EventLogReader log = EventLogReader.open(events)) {
            assertEquals(first, log.firstSequence());
            while (log.next()) {
                assertEquals(null, log.fault());
            }
            assertEquals(null, log.fault());
            assertEquals(30_000, log.sequence());
        }
    }

    @Test
    void anEventLogMayBeginBehindAnEvent() {
        EventLogConfig config =
                new EventLogConfig(temp.resolve("events"), 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES);
        try (ChronicleEventLog log = ChronicleEventLog.open(config)) {
            log.beginAfter(99);
            DirectBuffer event = JournalRig.command(100);
            log.append(100, event, 0, event.capacity());
        }
        try (ChronicleEventLog log = ChronicleEventLog.open(config);
                EventLog.Reader reader = log.openReader()) {
            assertEquals(100, log.firstEventSequence());
            assertEquals(100, log.lastEventSequence());
            assertTrue(reader.read(100, (sequence, buffer, offset, length) -> {}));
        }
    }

    @Test
    void anEventLogThatBeginsAnewKeepsAsideWhatItHeld() {
        EventLogConfig config =
                new EventLogConfig(temp.resolve("events"), 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES);
        DirectBuffer event = JournalRig.command(100);
        for (long first : new long[] {1, 11}) {
            try (ChronicleEventLog log = ChronicleEventLog.open(config)) {
                for (long sequence = first; sequence < first + 10; sequence++) {
                    log.append(sequence, event, 0, event.capacity());
                }
                assertThrows(IllegalStateException.class, () -> log.beginAfter(200));
            }
        }
        Path aside = temp.resolve("events.aside-1");
        try (ChronicleEventLog log = ChronicleEventLog.open(config);
                EventLog.Reader reader = log.openReader()) {
            assertTrue(reader.read(20, (sequence, buffer, offset, length) -> {}));
            assertEquals(aside.toString(), log.beginAfter(200));
            log.append(201, event, 0, event.capacity());
            assertTrue(log.openReader().read(201, (sequence, buffer, offset, length) -> {}));
        }
        try (EventLogReader log = EventLogReader.open(aside)) {
            long events = 0;
            while (log.next()) {
                events++;
            }
            assertEquals(null, log.fault());
            assertEquals(20, events);
        }
        try (ChronicleEventLog log = ChronicleEventLog.open(config)) {
            assertEquals(201, log.firstEventSequence());
            assertEquals(201, log.lastEventSequence());
        }
    }

    /** The snapshotter says where files go while an operator prunes: neither may lose what the other has written. */
    @Test
    void whoMovesAndWhoPrunesAtTheSameTimeBothFindTheirWordInTheNote() throws InterruptedException {
        write();
        LogArchive.ofJournal(journal()).move(usual(), 300);
        Path cold = temp.resolve("cold").resolve("journal");
        Thread mover = new Thread(() -> LogArchive.ofJournal(journal()).move(cold, 500));
        Device whileThePrunerWrites = (file, metadata) -> {
            if (mover.getState() == Thread.State.NEW) {
                mover.start();
                // Either it waits for us, or it is through and we overwrite what it wrote.
                joinFor(mover, 1_000);
            }
        };
        LogArchive.of(journal(), Manifest.KIND_JOURNAL, whileThePrunerWrites, FileMove.of(JournalRig.QUICK))
                .prune(150);
        mover.join();
        ArchiveNote note = ArchiveNote.read(journal());
        assertEquals(List.of(cold, usual()), note.places());
        assertTrue(note.pruned().sequence() > 0);
    }

    private static void joinFor(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
