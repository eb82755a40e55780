package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed process's journal that is opened at a known place: the tail is judged as it would be without one. */
class KnownPositionTest {
    private static final int BEFORE = 900;
    private static final int BEHIND = 100;

    @TempDir
    Path temp;

    private Path folder;
    private JournalPosition known;
    /** Right behind the last record. */
    private JournalPosition end;

    @BeforeEach
    void write() throws IOException {
        Path live = temp.resolve("live");
        folder = temp.resolve("journal");
        try (ChronicleJournal journal = JournalRig.open(live);
                JournalFollower follower = JournalFollower.fromStart(live)) {
            for (int i = 0; i < BEFORE + BEHIND; i += 10) {
                JournalRig.append(journal, 10);
                journal.force();
            }
            follower.readTo(BEFORE, (sequence, timestampNs, command, offset, length) -> {});
            known = follower.position();
            follower.readTo(BEFORE + BEHIND, (sequence, timestampNs, command, offset, length) -> {});
            end = follower.position();
            JournalRig.copy(live, folder);
        }
    }

    private ChronicleJournal open(JournalPosition... places) {
        return open(JournalRig.QUICK, places);
    }

    private ChronicleJournal open(Device device, JournalPosition... places) {
        return ChronicleJournal.open(
                JournalRig.config(folder, 1 << 20), JournalRig.PLENTY, device, Surroundings.REAL, List.of(places));
    }

    private void flipAt(long offsetBytes) throws IOException {
        Path file = JournalRig.dataFiles(folder).get(0);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offsetBytes);
            int before = bytes.read();
            bytes.seek(offsetBytes);
            bytes.write(before ^ 1);
        }
    }

    @Test
    void onlyWhatIsBehindThePlaceIsReadToFindTheEnd() {
        try (ChronicleJournal journal = open()) {
            assertEquals(BEFORE + BEHIND, journal.report().recordsRead());
        }
        try (ChronicleJournal journal = open(known)) {
            assertEquals(BEHIND, journal.report().recordsRead());
            assertEquals("", journal.report().notBegunAt());
            assertEquals(BEFORE + BEHIND, journal.lastSequence());
            assertTrue(journal.continuesAt(known));
            assertEquals(BEHIND, journal.replay(BEFORE + 1, (sequence, timestampNs, command, offset, length) -> {}));
            JournalRig.append(journal, 10);
            journal.force();
        }
        assertEquals(BEFORE + BEHIND + 10, JournalRig.find(folder));
    }

    @Test
    void aTornTailBehindThePlaceIsDroppedAndReported() throws IOException {
        // The last ten were written after the others were forced, and nothing says that they were.
        flipAt(end.offsetBytes() - 8);
        for (JournalPosition[] places : new JournalPosition[][] {{}, {known}}) {
            try (ChronicleJournal journal = open(places)) {
                assertEquals(BEFORE + BEHIND - 1, journal.lastSequence());
                assertTrue(journal.report().droppedBytes() > 0);
                assertFalse(journal.report().droppedAt().isEmpty());
            }
        }
    }

    @Test
    void damageBehindThePlaceThatALaterRecordProvesIsDamage() throws IOException {
        flipAt(known.offsetBytes() + 700);
        for (JournalPosition[] places : new JournalPosition[][] {{}, {known}}) {
            JournalFailure failure = assertThrows(JournalFailure.class, () -> open(places));
            assertEquals(JournalFailure.Kind.DAMAGED, failure.kind());
        }
    }

    @Test
    void damageRightAtThePlaceIsDamage() throws IOException {
        flipAt(known.offsetBytes() + 40);
        JournalFailure failure = assertThrows(JournalFailure.class, () -> open(known));
        assertEquals(JournalFailure.Kind.DAMAGED, failure.kind());
        assertTrue(failure.getMessage().contains("sequence " + (BEFORE + 1)), failure.getMessage());
    }

    @Test
    void whereNothingFollowsTheWholeFileIsRead() {
        try (ChronicleJournal journal = open(end, known)) {
            assertEquals(BEHIND, journal.report().recordsRead(), "the older place serves");
            assertTrue(journal.report().notBegunAt().contains("sequence " + (BEFORE + BEHIND)));
        }
        try (ChronicleJournal journal = open(end)) {
            assertEquals(BEFORE + BEHIND, journal.report().recordsRead());
            assertEquals(BEFORE + BEHIND, journal.lastSequence());
        }
    }

    @Test
    void aPlaceOfAnotherHistoryIsNotBelieved() {
        JournalPosition other = new JournalPosition(
                known.generation(),
                known.fileName(),
                known.offsetBytes(),
                known.sequence(),
                known.timestampNs(),
                "ab".repeat(JournalPosition.HASH_DIGITS / 2));
        JournalPosition beyond = new JournalPosition(
                known.generation(),
                known.fileName(),
                known.offsetBytes() + (1 << 30),
                known.sequence() + 5,
                known.timestampNs(),
                known.hashHex());
        try (ChronicleJournal journal = open(beyond, other)) {
            assertEquals(BEFORE + BEHIND, journal.report().recordsRead());
            assertEquals(BEFORE + BEHIND, journal.lastSequence());
            assertFalse(journal.continuesAt(other));
        }
    }

    @Test
    void whatIsBehindThePlaceIsMadeDurableOnceMore() {
        List<Path> forced = new ArrayList<>();
        Device watched = new Device() {
            @Override
            public void force(java.nio.channels.FileChannel file, boolean metadata) {}

            @Override
            public void rewrite(Path file, long fromBytes, long toBytes) {
                assertTrue(fromBytes >= known.offsetBytes() && fromBytes < toBytes, fromBytes + " to " + toBytes);
                assertTrue(toBytes >= end.offsetBytes());
                forced.add(file);
            }
        };
        open(watched, known).close();
        assertEquals(1, forced.size());
    }
}
