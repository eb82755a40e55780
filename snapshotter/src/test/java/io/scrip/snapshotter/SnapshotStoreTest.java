package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.JournalPosition;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    @TempDir
    Path temp;

    private SnapshotStore store() {
        return new SnapshotStore(folder(), 2, path -> Long.MAX_VALUE);
    }

    private Path folder() {
        return temp.resolve("snapshots");
    }

    private static JournalPosition position(LedgerProcessor core) {
        return new JournalPosition(
                3, "19700101-00LS.cq4", 4_711, core.lastSequence(), core.lastTimestampNs(), "0f".repeat(32));
    }

    private SnapshotFile write(long commands) throws SnapshotException {
        LedgerProcessor core = Ledgers.after(commands);
        return store().write(core, position(core));
    }

    private static LedgerProcessor load(SnapshotFile file) throws SnapshotException {
        return SnapshotStore.load(file, Retention.STANDARD, (sequence, event, offset, length) -> {});
    }

    @Test
    void whatIsWrittenIsLoadedWithItsPlaceInTheJournal() throws SnapshotException {
        LedgerProcessor core = Ledgers.after(3_000);
        SnapshotFile file = store().write(core, position(core));
        SnapshotHeader header = SnapshotStore.header(file);
        assertEquals(position(core), header.position());
        assertEquals(core.stateHash(), header.stateHash());
        LedgerProcessor loaded = load(file);
        assertEquals(core.stateHash(), loaded.stateHash());
        Ledgers.applyTo(core, 4_000);
        Ledgers.applyTo(loaded, 4_000);
        assertEquals(core.stateHash(), loaded.stateHash());
        assertEquals(List.of(file), store().list());
    }

    @Test
    void equalStatesHaveFilesOfEqualBytes() throws SnapshotException, IOException {
        byte[] first = Files.readAllBytes(write(500).path());
        LedgerProcessor restarted = load(store().list().get(0));
        byte[] second =
                Files.readAllBytes(store().write(restarted, position(restarted)).path());
        assertTrue(Arrays.equals(first, second));
    }

    @Test
    void anEmptyLedgerHasASnapshotWithoutAPlace() throws SnapshotException {
        SnapshotFile file = store().write(Ledgers.empty(), null);
        assertEquals(null, SnapshotStore.header(file).position());
        assertEquals(0, load(file).lastSequence());
    }

    @Test
    void theNewestAreKeptAndWhatACrashLeftIsRemoved() throws SnapshotException, IOException {
        write(10);
        Files.writeString(folder().resolve("snapshot-0000000000000000015.scrip.tmp"), "half a snapsh");
        Files.writeString(folder().resolve("notes.txt"), "somebody else's");
        write(20);
        write(30);
        assertEquals(
                List.of(30L, 20L),
                store().list().stream().map(SnapshotFile::sequence).toList());
        assertFalse(Files.exists(folder().resolve("snapshot-0000000000000000015.scrip.tmp")));
        assertTrue(Files.exists(folder().resolve("notes.txt")));
    }

    @Test
    void aDraftIsNoSnapshot() throws SnapshotException, IOException {
        SnapshotFile good = write(10);
        byte[] bytes = Files.readAllBytes(good.path());
        Files.write(folder().resolve(SnapshotFile.nameOf(11) + ".tmp"), bytes);
        assertEquals(List.of(good), store().list());
    }

    @Test
    void anyFlippedBitIsFound() throws SnapshotException, IOException {
        SnapshotFile file = write(5);
        byte[] bytes = Files.readAllBytes(file.path());
        for (int at = 0; at < bytes.length; at += at < 400 ? 1 : 7) {
            bytes[at] ^= (byte) (1 << (at % 8));
            Files.write(file.path(), bytes);
            SnapshotException refused = assertThrows(SnapshotException.class, () -> load(file), "byte " + at);
            assertTrue(refused.getMessage().startsWith(file.path().toString()), refused.getMessage());
            bytes[at] ^= (byte) (1 << (at % 8));
        }
        Files.write(file.path(), bytes);
        assertEquals(5, load(file).lastSequence());
    }

    @Test
    void anyOtherLengthIsFound() throws SnapshotException, IOException {
        SnapshotFile file = write(5);
        byte[] bytes = Files.readAllBytes(file.path());
        for (int length = 0; length < bytes.length; length += length < 400 || length > bytes.length - 30 ? 1 : 13) {
            Files.write(file.path(), Arrays.copyOf(bytes, length));
            assertThrows(SnapshotException.class, () -> load(file), "length " + length);
        }
        Files.write(file.path(), Arrays.copyOf(bytes, bytes.length + 1));
        assertThrows(SnapshotException.class, () -> load(file));
    }

    /** What the core refuses while records are still being read ends the thread that reads them, too. */
    @Test
    void nobodyGoesOnReadingWhatIsRefused() throws SnapshotException {
        SnapshotFile file = write(60_000);
        Retention other = new Retention(1_000_000, 2_000, 1_000);
        SnapshotException refused = assertThrows(
                SnapshotException.class,
                () -> SnapshotStore.load(file, other, (sequence, event, offset, length) -> {}));
        assertTrue(refused.getMessage().contains("another retention"), refused.getMessage());
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("scrip-snapshot-ahead")));
    }

    @Test
    void aFileUnderAnotherNameIsRefused() throws SnapshotException, IOException {
        SnapshotFile file = write(5);
        Path other = folder().resolve(SnapshotFile.nameOf(6));
        Files.move(file.path(), other);
        SnapshotFile renamed = store().list().get(0);
        assertThrows(SnapshotException.class, () -> load(renamed));
    }

    @Test
    void aFullDiskIsLeftWithRoomAndTheOldSnapshots() throws SnapshotException, IOException {
        SnapshotFile old = write(5);
        LedgerProcessor core = Ledgers.after(6);
        SnapshotStore full = new SnapshotStore(folder(), 2, path -> 512L << 20);
        SnapshotException refused = assertThrows(SnapshotException.class, () -> full.write(core, position(core)));
        assertTrue(refused.getMessage().contains("are free"), refused.getMessage());
        assertEquals(List.of(old), store().list());
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidAndNothingIsLost() throws SnapshotException, IOException {
        LedgerProcessor core = Ledgers.after(6);
        Files.writeString(folder(), "a file where the folder should be");
        assertThrows(SnapshotException.class, () -> store().write(core, position(core)));
    }

    @Test
    void oneSnapshotIsTooFew() {
        assertThrows(IllegalArgumentException.class, () -> new SnapshotStore(folder(), 1));
    }

    @Test
    void damagedOnesDoNotCountAndNeverCostAGoodOneItsPlace() throws Exception {
        SnapshotFile good = write(100);
        damage(write(200));
        // 100 and 200 are there, and only 100 is good: it must outlive what comes, until two newer ones are good.
        damage(write(300));
        assertTrue(Files.exists(good.path()));
        SnapshotFile newer = write(400);
        assertTrue(Files.exists(good.path()));
        assertEquals(List.of(newer, good), store().intact(9));
        SnapshotFile newest = write(500);
        assertEquals(List.of(newest, newer), store().list());
    }

    private static void damage(SnapshotFile file) throws IOException {
        byte[] bytes = Files.readAllBytes(file.path());
        bytes[bytes.length - 20] ^= 1;
        Files.write(file.path(), bytes);
    }

    @Test
    void oneAtATimeMakesSnapshots() throws Exception {
        try (java.io.Closeable lock = store().lock()) {
            assertEquals(
                    io.scrip.engine.JournalFailure.Kind.LOCKED,
                    assertThrows(io.scrip.engine.JournalFailure.class, () -> store().lock())
                            .kind());
            assertTrue(lock != null);
        }
        store().lock().close();
    }

    @Test
    void theBaseIsKeptBesideTheOthersAndReplacedByTheNext() throws Exception {
        SnapshotFile one = write(100);
        SnapshotFile base = store().makeBase(one);
        assertEquals(base, store().base());
        assertTrue(SnapshotStore.isIntact(base));
        write(200);
        write(300);
        SnapshotFile other = write(400);
        assertFalse(Files.exists(one.path()));
        assertEquals(Ledgers.after(100).stateHash(), load(store().base()).stateHash());
        assertEquals(400, store().makeBase(other).sequence());
        assertFalse(Files.exists(base.path()));
        assertEquals(2, store().list().size());
    }
}
