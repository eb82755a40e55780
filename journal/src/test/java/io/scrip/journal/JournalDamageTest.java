package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything acknowledged is there or its loss is named; nothing wrong is ever replayed. */
class JournalDamageTest {
    private static final int RECORDS = 30;

    @TempDir
    Path temp;

    /** A journal whose process was killed after its last record was sealed: all of it was acknowledged. */
    private Path killed(long rollSizeBytes) throws IOException {
        Path live = temp.resolve("live");
        Path image = temp.resolve("image");
        try (ChronicleJournal journal = JournalRig.open(live, rollSizeBytes)) {
            for (int i = 0; i < RECORDS; i++) {
                JournalRig.append(journal, 1);
                journal.force();
            }
            journal.onIdle();
            JournalRig.copy(live, image);
        }
        return image;
    }

    @Test
    void everyFlippedBitInAnAcknowledgedRecordIsFound() throws IOException {
        Path folder = killed(1 << 20);
        Path file = JournalRig.dataFiles(folder).get(0);
        byte[] good = Files.readAllBytes(file);
        long end = endOfData(good);
        long found = 0;
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            for (int at = 0; at < end; at += at < end - 6000 ? 23 : 3) {
                raw.seek(at);
                raw.write(good[at] ^ (1 << at % 8));
                long records = JournalRig.find(folder);
                assertTrue(records == -1 || records == RECORDS, "byte " + at + ": " + records + " records");
                found += records == -1 ? 1 : 0;
                raw.seek(at);
                raw.write(good[at]);
            }
        }
        assertTrue(found > RECORDS * 30, "most bytes belong to records: " + found);
        assertEquals(RECORDS, JournalRig.find(folder));
    }

    @Test
    void aFileThatSomebodyHasCutIsDamage() throws IOException {
        Path folder = killed(1 << 20);
        Path file = JournalRig.dataFiles(folder).get(0);
        byte[] good = Files.readAllBytes(file);
        int end = (int) endOfData(good);
        for (int length = end - 1; length > end - 3000; length--) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            long records = JournalRig.find(folder);
            assertEquals(-1, records, "cut to " + length);
        }
    }

    @Test
    void aTornTailThatNobodyWasToldOfIsDroppedAndReported() throws IOException {
        Path live = temp.resolve("live");
        Path image = temp.resolve("image");
        long forced;
        try (ChronicleJournal journal = JournalRig.open(live)) {
            JournalRig.append(journal, 10);
            journal.force();
            forced = journal.lastSequence();
            JournalRig.append(journal, 5);
            JournalRig.copy(live, image);
        }
        Path file = JournalRig.dataFiles(image).get(0);
        byte[] bytes = Files.readAllBytes(file);
        int end = (int) endOfData(bytes);
        bytes[end - 400] ^= 1;
        Files.write(file, bytes);
        try (ChronicleJournal journal = JournalRig.open(image)) {
            assertTrue(journal.lastSequence() >= forced && journal.lastSequence() < 15);
            assertTrue(journal.report().droppedBytes() > 0);
            assertEquals(journal.lastSequence(), JournalRig.replay(journal));
            JournalRig.append(journal, 4);
            journal.force();
        }
        assertTrue(JournalRig.find(image) >= forced + 4);
    }

    @Test
    void aMissingAnEmptyAndASwappedFileAreDamage() throws IOException {
        Path folder = killed(67_000);
        List<Path> files = JournalRig.dataFiles(folder);
        assertTrue(files.size() > 3);
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            Files.delete(file);
            assertEquals(-1, JournalRig.find(folder), file + " missing");
            Files.write(file, new byte[0]);
            assertEquals(-1, JournalRig.find(folder), file + " empty");
            Files.write(file, good);
        }
        byte[] first = Files.readAllBytes(files.get(0));
        byte[] second = Files.readAllBytes(files.get(1));
        Files.write(files.get(0), second);
        Files.write(files.get(1), first);
        assertEquals(-1, JournalRig.find(folder));
        Files.write(files.get(0), first);
        assertEquals(-1, JournalRig.find(folder), "a file twice");
        Files.write(files.get(1), second);
        assertEquals(RECORDS, JournalRig.find(folder));
    }

    @Test
    void everyFlippedBitInTheManifestIsFound() throws IOException {
        Path folder = killed(67_000);
        Path manifest = folder.resolve(Manifest.NAME);
        byte[] good = Files.readAllBytes(manifest);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 7);
            Files.write(manifest, bad);
            assertEquals(-1, JournalRig.find(folder), "byte " + at);
        }
        Files.delete(manifest);
        assertEquals(-1, JournalRig.find(folder));
        Files.write(manifest, good);
        assertEquals(RECORDS, JournalRig.find(folder));
    }

    @Test
    void damageIsNamedWithFileByteAndSequenceAndNothingIsChanged() throws IOException {
        Path folder = killed(1 << 20);
        Path file = JournalRig.dataFiles(folder).get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) endOfData(bytes) - 2500] ^= 8;
        Files.write(file, bytes);
        byte[] manifest = Files.readAllBytes(folder.resolve(Manifest.NAME));
        JournalFailure damage = assertThrows(JournalFailure.class, () -> {
            try (ChronicleJournal journal = JournalRig.open(folder)) {
                JournalRig.replay(journal);
            }
        });
        assertTrue(damage.getMessage().contains(file.toString()), damage.getMessage());
        assertTrue(damage.getMessage().contains("at byte"), damage.getMessage());
        assertTrue(damage.getMessage().contains("sequence"), damage.getMessage());
        assertTrue(java.util.Arrays.equals(bytes, Files.readAllBytes(file)));
        assertTrue(java.util.Arrays.equals(manifest, Files.readAllBytes(folder.resolve(Manifest.NAME))));
    }

    private static long endOfData(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
