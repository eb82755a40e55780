package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleEventLogTest {
    @TempDir
    Path temp;

    private Path folder() {
        return temp.resolve("events");
    }

    private static ChronicleEventLog open(Path folder) {
        return ChronicleEventLog.open(new EventLogConfig(folder, 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES));
    }

    private static void append(ChronicleEventLog log, int count) {
        for (int i = 0; i < count; i++) {
            long sequence = log.lastEventSequence() + 1;
            DirectBuffer event = JournalRig.command(sequence);
            log.append(sequence, event, 0, event.capacity());
        }
    }

    private static void check(EventLog log, long from, long to) {
        long[] next = {from};
        try (EventLog.Reader reader = log.openReader()) {
            long read = reader.readRange(from, to, (sequence, buffer, offset, length) -> {
                assertEquals(next[0]++, sequence);
                assertEquals(JournalRig.command(sequence), new UnsafeBuffer(buffer, offset, length));
            });
            assertEquals(to - from + 1, read);
        }
    }

    @Test
    void everyEventIsFoundBySequenceInAnyOrderOverManyFilesAndStarts() {
        for (int start = 0; start < 3; start++) {
            try (ChronicleEventLog log = open(folder())) {
                assertEquals(start * 20_000L, log.lastEventSequence());
                append(log, 20_000);
                check(log, 1, log.lastEventSequence());
            }
        }
        try (ChronicleEventLog log = open(folder());
                EventLog.Reader reader = log.openReader()) {
            assertTrue(log.report().files() > 3);
            long sequence = 1;
            for (int i = 0; i < 20_000; i++) {
                sequence = (sequence * 7919 + 13) % 60_000 + 1;
                long wanted = sequence;
                assertTrue(reader.read(wanted, (read, buffer, offset, length) -> {
                    assertEquals(wanted, read);
                    assertEquals(JournalRig.command(wanted), new UnsafeBuffer(buffer, offset, length));
                }));
            }
            assertFalse(reader.read(60_001, (read, buffer, offset, length) -> {}));
            assertFalse(reader.read(0, (read, buffer, offset, length) -> {}));
        }
    }

    /** A file is listed before its name is on the device: a power cut may leave the one without the other. */
    @Test
    void aFileThatIsListedAndNeverCameToTheDeviceIsForgotten() throws IOException {
        Path image = temp.resolve("image");
        try (ChronicleEventLog log = open(folder())) {
            append(log, 10);
            JournalRig.copy(folder(), image);
        }
        Manifest manifest = LogFolder.look(image, Manifest.KIND_EVENTS).manifest();
        Manifest.DataFile lost = new Manifest.DataFile(Surroundings.fileName(1), Mark.of(10));
        for (boolean ended : new boolean[] {false, true}) {
            // Ended: as a start before this one left it.
            Manifest.Generation last = manifest.last().withFile(lost);
            Manifest.Generation listed = ended ? last.cutAt(Mark.of(10), last.files()) : last;
            Device.REAL.replace(
                    image.resolve(Manifest.NAME), manifest.withLast(listed).toText());
            try (ChronicleEventLog log = open(image)) {
                assertEquals(10, log.lastEventSequence());
                assertTrue(
                        log.report().droppedAt().contains("is missing"),
                        log.report().toString());
            }
            assertTrue(ChronicleEventLog.force(image, 0, 10));
            try (EventLogReader reader = EventLogReader.open(image)) {
                while (reader.next()) {
                    assertEquals(null, reader.fault());
                }
                assertEquals(null, reader.fault());
                assertEquals(10, reader.sequence());
            }
        }
        try (ChronicleEventLog log = open(image)) {
            assertEquals("", log.report().droppedAt());
            append(log, 10);
            check(log, 1, 20);
        }
    }

    @Test
    void readersSeeEachEventAsSoonAsItIsAnnounced() throws InterruptedException {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        try (ChronicleEventLog log = open(folder())) {
            Thread[] readers = new Thread[2];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = new Thread(() -> {
                    try (EventLog.Reader reader = log.openReader()) {
                        long next = 1;
                        while (next <= 30_000) {
                            long last = log.lastEventSequence();
                            long read = reader.readRange(
                                    next,
                                    last,
                                    (sequence, buffer, offset, length) -> assertEquals(
                                            JournalRig.command(sequence), new UnsafeBuffer(buffer, offset, length)));
                            assertEquals(last - next + 1, read);
                            next = last + 1;
                        }
                    } catch (Throwable wrong) {
                        failed.set(wrong);
                    }
                });
                readers[i].start();
            }
            append(log, 30_000);
            for (Thread reader : readers) {
                reader.join(60_000);
                assertFalse(reader.isAlive());
            }
        }
        if (failed.get() != null) {
            throw new AssertionError(failed.get());
        }
    }

    @Test
    void afterAKillTheGoodPrefixIsKeptAndGoesOn() throws IOException {
        Path image = temp.resolve("image");
        try (ChronicleEventLog log = open(folder())) {
            append(log, 15_000);
            JournalRig.copy(folder(), image);
        }
        try (ChronicleEventLog log = open(image)) {
            assertEquals(15_000, log.lastEventSequence());
            append(log, 100);
            check(log, 1, 15_100);
        }
        try (ChronicleEventLog log = open(image)) {
            check(log, 1, 15_100);
        }
    }

    @Test
    void damageShortensTheLogAndItIsMadeAgainFromThere() throws IOException {
        try (ChronicleEventLog log = open(folder())) {
            append(log, 20_000);
        }
        Path file = JournalRig.dataFiles(folder()).get(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[300_000] ^= 4;
        Files.write(file, bytes);
        try (ChronicleEventLog log = open(folder())) {
            long kept = log.lastEventSequence();
            assertTrue(kept > 1000 && kept < 20_000, "kept " + kept);
            assertFalse(log.report().droppedAt().isEmpty());
            append(log, (int) (20_000 - kept));
            check(log, 1, 20_000);
        }
        try (ChronicleEventLog log = open(folder())) {
            check(log, 1, 20_000);
        }
    }

    @Test
    void anEventThatIsNotAsReplayedIsDroppedWithAllAfterIt() {
        try (ChronicleEventLog log = open(folder())) {
            append(log, 20_000);
        }
        try (ChronicleEventLog log = open(folder())) {
            for (long sequence = 1; sequence <= 12_000; sequence++) {
                DirectBuffer event = JournalRig.command(sequence);
                assertTrue(log.matches(sequence, event, 0, event.capacity()));
            }
            DirectBuffer other = JournalRig.command(9);
            assertFalse(log.matches(12_001, other, 0, other.capacity()));
            assertFalse(log.matches(20_001, other, 0, other.capacity()));
            log.truncateFrom(12_001);
            assertEquals(12_000, log.lastEventSequence());
            append(log, 500);
            check(log, 1, 12_500);
        }
        try (ChronicleEventLog log = open(folder())) {
            check(log, 1, 12_500);
        }
    }

    @Test
    void aLogWithoutItsManifestOrWithoutAFileIsMadeAgain() throws IOException {
        try (ChronicleEventLog log = open(folder())) {
            append(log, 20_000);
        }
        Files.delete(JournalRig.dataFiles(folder()).get(1));
        try (ChronicleEventLog log = open(folder())) {
            assertTrue(log.lastEventSequence() < 20_000);
            append(log, (int) (20_000 - log.lastEventSequence()));
            check(log, 1, 20_000);
        }
        Files.delete(folder().resolve(Manifest.NAME));
        try (ChronicleEventLog log = open(folder())) {
            assertEquals(0, log.lastEventSequence());
            append(log, 10);
            check(log, 1, 10);
        }
    }

    @Test
    void aLogWhoseManifestIsDamagedInItsFirstLineIsMadeAgain() throws IOException {
        Path manifest = folder().resolve("manifest");
        for (String damaged : new String[] {"s", "", "scrip-events 3", "ssrip"}) {
            try (ChronicleEventLog log = open(folder())) {
                append(log, 10);
            }
            String good = Files.readString(manifest);
            String rest = damaged.length() < 5 ? "" : good.substring(damaged.length());
            Files.writeString(manifest, damaged + rest);
            try (ChronicleEventLog log = open(folder())) {
                assertEquals(0, log.lastEventSequence(), damaged);
                assertFalse(log.report().droppedAt().isEmpty());
            }
        }
    }

    @Test
    void aReaderNeverHandsOverADamagedEvent() throws IOException {
        try (ChronicleEventLog log = open(folder())) {
            append(log, 500);
            Path file = JournalRig.dataFiles(folder()).get(0);
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (bytes[end - 1] == 0) {
                end--;
            }
            bytes[end - 50] ^= 2;
            Files.write(file, bytes);
            try (EventLog.Reader reader = log.openReader()) {
                assertThrows(
                        JournalFailure.class,
                        () -> reader.readRange(
                                1,
                                500,
                                (sequence, buffer, offset, length) -> assertEquals(
                                        JournalRig.command(sequence), new UnsafeBuffer(buffer, offset, length))));
            }
        }
    }
}
