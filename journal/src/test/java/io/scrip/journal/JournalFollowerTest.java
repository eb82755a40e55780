package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerTest {
    /** So small that every record begins a file. */
    private static final long ROLL_BYTES = 1;

    @TempDir
    Path temp;

    private long expected = 1;
    private final Journal.RecordHandler checking = (sequence, timestampNs, buffer, offset, length) -> {
        assertEquals(expected++, sequence);
        assertEquals(sequence * 1000, timestampNs);
        assertEquals(JournalRig.command(sequence), new UnsafeBuffer(buffer, offset, length));
    };

    private Path folder() {
        return temp.resolve("journal");
    }

    @Test
    void aFollowerReadsWhatIsWrittenBehindTheWriterThroughFilesAndGenerations() {
        try (JournalFollower follower = JournalFollower.fromStart(folder())) {
            for (int start = 0; start < 3; start++) {
                try (ChronicleJournal journal = JournalRig.open(folder(), ROLL_BYTES)) {
                    for (int step = 0; step < 8; step++) {
                        JournalRig.append(journal, 11);
                        journal.force();
                        journal.onIdle();
                        follower.readTo(journal.lastSequence() - step % 3, checking);
                        assertEquals(journal.lastSequence() - step % 3, follower.lastSequence());
                    }
                }
            }
            follower.readTo(3 * 88, checking);
            assertEquals(3 * 88, follower.lastSequence());
        }
    }

    @Test
    void whatWasReadAlreadyIsNotReadAgain() {
        try (ChronicleJournal journal = JournalRig.open(folder());
                JournalFollower follower = JournalFollower.fromStart(folder())) {
            assertNull(follower.position());
            JournalRig.append(journal, 5);
            follower.readTo(5, checking);
            follower.readTo(5, checking);
            follower.readTo(2, checking);
            assertEquals(6, expected);
        }
    }

    @Test
    void anyPositionIsAPlaceToGoOnFrom() {
        List<JournalPosition> positions = new ArrayList<>();
        try (ChronicleJournal journal = JournalRig.open(folder(), ROLL_BYTES);
                JournalFollower follower = JournalFollower.fromStart(folder())) {
            for (int step = 0; step < 60; step++) {
                JournalRig.append(journal, 1);
                journal.force();
                follower.readTo(journal.lastSequence(), checking);
                positions.add(follower.position());
            }
        }
        for (JournalPosition position : positions) {
            expected = position.sequence() + 1;
            try (JournalFollower follower = JournalFollower.from(folder(), position)) {
                follower.readTo(60, checking);
            }
            expected = position.sequence() + 1;
            try (ChronicleJournal journal = JournalRig.open(folder(), ROLL_BYTES)) {
                assertTrue(journal.continuesAt(position), position.toString());
                assertEquals(60 - position.sequence(), journal.replay(position.sequence() + 1, checking));
            }
            assertEquals(61, expected);
        }
    }

    @Test
    void aPositionOfAnotherJournalIsRefused() {
        JournalPosition position = positionAfter(7, 20);
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            assertTrue(journal.continuesAt(position));
            assertFalse(journal.continuesAt(with(position, position.offsetBytes() + 4, position.hashHex())));
            assertFalse(journal.continuesAt(with(position, position.offsetBytes(), "ab".repeat(32))));
            assertFalse(journal.continuesAt(new JournalPosition(9, "none.cq4", 0, 7, 7_000, position.hashHex())));
            assertFalse(journal.continuesAt(new JournalPosition(
                    1, position.fileName(), position.offsetBytes(), 21, 21_000, position.hashHex())));
        }
    }

    @Test
    void replayFromAPositionReadsNothingBeforeIt() throws IOException {
        JournalPosition position = positionAfter(15, 20);
        Path file = JournalRig.dataFiles(folder()).get(0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(64), position.offsetBytes() - 200);
        }
        expected = 16;
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            assertTrue(journal.continuesAt(position));
            assertEquals(5, journal.replay(16, checking));
        }
    }

    @Test
    void damageIsNamedAndNothingBehindItIsHandedOver() throws IOException {
        JournalPosition position = positionAfter(15, 20);
        Path file = JournalRig.dataFiles(folder()).get(0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(64), position.offsetBytes() + 20);
        }
        expected = 1;
        try (JournalFollower follower = JournalFollower.fromStart(folder())) {
            JournalFailure failure = assertThrows(JournalFailure.class, () -> follower.readTo(20, checking));
            assertEquals(Kind.DAMAGED, failure.kind());
            assertTrue(failure.getMessage().contains(file + " at byte " + position.offsetBytes()), failure::getMessage);
            assertTrue(failure.getMessage().contains("sequence 16"), failure::getMessage);
        }
        assertEquals(16, expected);
    }

    private JournalPosition positionAfter(int sequence, int records) {
        try (ChronicleJournal journal = JournalRig.open(folder());
                JournalFollower follower = JournalFollower.fromStart(folder())) {
            JournalRig.append(journal, records);
            journal.force();
            follower.readTo(sequence, checking);
            return follower.position();
        }
    }

    private static JournalPosition with(JournalPosition position, long offsetBytes, String hashHex) {
        return new JournalPosition(
                position.generation(),
                position.fileName(),
                offsetBytes,
                position.sequence(),
                position.timestampNs(),
                hashHex);
    }
}
