package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading a journal that others write, or nobody. */
@Timeout(120)
class JournalReaderTest {
    @TempDir
    Path temp;

    private Path folder() {
        return temp.resolve("journal");
    }

    private void write(int records, long rollSizeBytes) {
        try (ChronicleJournal journal = JournalRig.open(folder(), rollSizeBytes)) {
            JournalRig.append(journal, records);
            journal.force();
        }
    }

    @Test
    void aRangeIsHandedOverAndNothingElse() {
        write(300, 70_000);
        try (JournalReader reader = JournalReader.open(folder())) {
            assertEquals(300, reader.lastSequence());
            long[] sum = {0};
            assertEquals(
                    51, reader.read(100, 150, (sequence, timestampNs, buffer, offset, length) -> sum[0] += sequence));
            assertEquals((100 + 150) * 51 / 2, sum[0]);
            assertEquals(0, reader.read(301, 400, (sequence, timestampNs, buffer, offset, length) -> sum[0] = 0));
            assertEquals(300, reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
        }
    }

    @Test
    void whileOneReadsNobodyBeginsToWriteAndTheOtherWayRound() {
        write(10, 1 << 20);
        try (JournalReader reader = JournalReader.open(folder())) {
            assertEquals(10, reader.lastSequence());
            assertEquals(
                    JournalFailure.Kind.LOCKED,
                    assertThrows(JournalFailure.class, () -> JournalRig.open(folder()))
                            .kind());
        }
        try (ChronicleJournal writer = JournalRig.open(folder())) {
            JournalRig.append(writer, 1);
            assertEquals(
                    JournalFailure.Kind.LOCKED,
                    assertThrows(JournalFailure.class, () -> JournalReader.open(folder()))
                            .kind());
        }
    }

    @Test
    void readingLeavesTheFolderAsItWas() throws IOException {
        write(10, 1 << 20);
        Files.delete(folder().resolve(LogFolder.LOCK_NAME));
        try (JournalReader reader = JournalReader.open(folder())) {
            assertEquals(10, reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
        }
        assertFalse(Files.exists(folder().resolve(LogFolder.LOCK_NAME)));
        Path nowhere = temp.resolve("nowhere");
        assertEquals(
                JournalFailure.Kind.UNREADABLE,
                assertThrows(JournalFailure.class, () -> JournalReader.open(nowhere))
                        .kind());
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void everyCopyBesideABusyWriterHasWhatWasForcedBeforeItBegan() throws Exception {
        AtomicLong forced = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try (ChronicleJournal journal = JournalRig.open(folder(), 200_000)) {
                while (!stop.get()) {
                    JournalRig.append(journal, 1 + (int) (journal.lastSequence() % 5));
                    journal.force();
                    forced.set(journal.lastSequence());
                    // Busy, and not so fast that the copies only wait for their device.
                    LockSupport.parkNanos(200_000);
                }
            } catch (Throwable wrong) {
                failed.set(wrong);
            }
        });
        writer.start();
        while (forced.get() == 0 && writer.isAlive()) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 8 && failed.get() == null; i++) {
            long before = forced.get();
            Path copy = temp.resolve("copy-" + i);
            try (JournalReader reader = JournalReader.openBesideWriter(folder())) {
                assertTrue(reader.lastSequence() >= before, reader.lastSequence() + " of " + before);
                reader.copyTo(copy, (sequence, timestampNs, buffer, offset, length) -> {});
                try (ChronicleJournal journal = JournalRig.open(copy)) {
                    assertTrue(journal.report().cleanShutdown());
                    assertEquals(reader.lastSequence(), JournalRig.replay(journal));
                    JournalRig.append(journal, 3);
                }
            }
        }
        stop.set(true);
        writer.join();
        assertNull(failed.get());
    }

    @Test
    void damageBesideAWriterIsNotTakenForTheEnd() throws IOException {
        Path image = temp.resolve("image");
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            for (int i = 0; i < 20; i++) {
                JournalRig.append(journal, 1);
                journal.force();
            }
            JournalRig.copy(folder(), image);
        }
        Path file = JournalRig.dataFiles(image).get(0);
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        bytes[end - 1500] ^= 1;
        Files.write(file, bytes);
        JournalFailure failure = assertThrows(JournalFailure.class, () -> JournalReader.openBesideWriter(image));
        assertEquals(JournalFailure.Kind.DAMAGED, failure.kind());
        assertEquals(file.toString(), failure.file());
        assertTrue(failure.offsetBytes() > 0 && failure.sequence() > 1, failure.getMessage());
    }

    @Test
    void somethingBehindTheEndIsNamedUnlessAKilledProcessLeftIt() throws IOException {
        write(10, 1 << 20);
        Path file = JournalRig.dataFiles(folder()).get(0);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[good.length - 5] = 1;
        Files.write(file, bad);
        try (JournalReader reader = JournalReader.open(folder())) {
            JournalFailure failure = assertThrows(
                    JournalFailure.class, () -> reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
            assertEquals(good.length - 5, failure.offsetBytes());
        }
        String manifest = Files.readString(folder().resolve(Manifest.NAME));
        Manifest parsed = Manifest.parse(Manifest.KIND_JOURNAL, manifest);
        Manifest.Generation last = parsed.last();
        Device.REAL.replace(
                folder().resolve(Manifest.NAME),
                parsed.withLast(last.cutAt(last.end(), last.files())).toText());
        try (JournalReader reader = JournalReader.open(folder())) {
            assertEquals(10, reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
        }
    }
}
