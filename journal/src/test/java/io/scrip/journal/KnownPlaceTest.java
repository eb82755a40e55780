package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event log that is opened at a known event: what is read, what is not, and what a wrong place does. */
class KnownPlaceTest {
    private static final int STARTS = 3;
    private static final int EACH = 20_000;
    private static final int EVENTS = STARTS * EACH;

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Path live = temp.resolve("live");
        folder = temp.resolve("events");
        for (int start = 0; start < STARTS; start++) {
            try (ChronicleEventLog log = open(live)) {
                append(log, EACH);
                if (start + 1 == STARTS) {
                    JournalRig.copy(live, folder);
                }
            }
        }
    }

    private static ChronicleEventLog open(Path folder, Long... known) {
        EventLogConfig config = new EventLogConfig(folder, 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES);
        return ChronicleEventLog.open(config, KnownEvents.forced(List.of(known)));
    }

    private static ChronicleEventLog openToCompareAll(Path folder) {
        EventLogConfig config = new EventLogConfig(folder, 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES);
        return ChronicleEventLog.open(config, new KnownEvents(List.of(), true));
    }

    /** Mostly short, some nearly as long as a document may be. */
    private static DirectBuffer event(long sequence) {
        UnsafeBuffer event = JournalRig.command(sequence);
        if (sequence % 997 != 0) {
            return event;
        }
        UnsafeBuffer large = new UnsafeBuffer(new byte[50_000 + event.capacity()]);
        large.putBytes(0, event, 0, event.capacity());
        return large;
    }

    private static void append(ChronicleEventLog log, int count) {
        for (int i = 0; i < count; i++) {
            long sequence = log.lastEventSequence() + 1;
            DirectBuffer event = event(sequence);
            log.append(sequence, event, 0, event.capacity());
        }
    }

    private static void check(EventLog log, long from, long to) {
        long[] next = {from};
        try (EventLog.Reader reader = log.openReader()) {
            long read = reader.readRange(from, to, (sequence, buffer, offset, length) -> {
                assertEquals(next[0]++, sequence);
                assertEquals(event(sequence), new UnsafeBuffer(buffer, offset, length));
            });
            assertEquals(to - from + 1, read);
        }
    }

    private void flip(long eventSequence) throws IOException {
        LogFolder read = LogFolder.look(folder, Manifest.KIND_EVENTS);
        EventPlace place = EventPlace.find(read, read.manifest(), Surroundings.REAL, eventSequence);
        try (RandomAccessFile file = new RandomAccessFile(place.file().toFile(), "rw")) {
            long at = place.position() + 3L + EventEnvelope.PAYLOAD;
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ 8);
        }
    }

    @Test
    void onlyWhatIsBehindTheKnownEventIsReadAndEveryEventIsFound() {
        try (ChronicleEventLog log = open(folder, EVENTS - 99L);
                EventLog.Reader reader = log.openReader()) {
            assertEquals(EVENTS, log.lastEventSequence());
            assertEquals(100, log.report().recordsRead());
            assertEquals("", log.report().notBegunAt());
            assertTrue(log.report().files() > 3 * STARTS);
            long sequence = 1;
            for (int i = 0; i < 5_000; i++) {
                sequence = (sequence * 7919 + 13) % EVENTS + 1;
                long wanted = sequence;
                assertTrue(reader.read(wanted, (read, buffer, offset, length) -> {
                    assertEquals(wanted, read);
                    assertEquals(event(wanted), new UnsafeBuffer(buffer, offset, length));
                }));
            }
            append(log, 500);
            check(log, 1, EVENTS + 500);
        }
        try (ChronicleEventLog log = open(folder)) {
            assertEquals(EVENTS + 500, log.report().recordsRead());
            check(log, 1, EVENTS + 500);
        }
    }

    @Test
    void aWayThatLeadsOutOfAFileNobodyHasReadIsNamedAsDamage() throws IOException {
        long damaged = 40;
        LogFolder read = LogFolder.look(folder, Manifest.KIND_EVENTS);
        EventPlace place = EventPlace.find(read, read.manifest(), Surroundings.REAL, damaged);
        try (RandomAccessFile file = new RandomAccessFile(place.file().toFile(), "rw")) {
            // A document of Chronicle's own that is longer than any file.
            file.seek(place.position() - (long) RecordFile.FRAME);
            file.writeInt(Integer.reverseBytes(RecordFile.FRAME_METADATA | (RecordFile.FRAME_LENGTH - 15)));
        }
        try (ChronicleEventLog log = open(folder, EVENTS - 99L);
                EventLog.Reader reader = log.openReader()) {
            assertTrue(reader.read(damaged - 1, (sequence, buffer, offset, length) -> {}));
            JournalFailure failure = assertThrows(
                    JournalFailure.class, () -> reader.read(damaged, (sequence, buffer, offset, length) -> {}));
            assertEquals(JournalFailure.Kind.DAMAGED, failure.kind());
            assertTrue(failure.getMessage().contains(place.file().toString()), failure.getMessage());
        }
    }

    @Test
    void everyEventCanBeTheKnownOne() {
        for (long known = 1; known <= EVENTS; known += known % 40 == 0 ? 1_061 : 1) {
            LogFolder read = LogFolder.look(folder, Manifest.KIND_EVENTS);
            EventPlace place = EventPlace.find(read, read.manifest(), Surroundings.REAL, known);
            UnsafeBuffer file = new UnsafeBuffer(Surroundings.REAL.map(place.file()));
            int at = place.position() + EventEnvelope.PAYLOAD;
            DirectBuffer event = event(known);
            assertEquals(event, new UnsafeBuffer(file, at, event.capacity()));
        }
        LogFolder read = LogFolder.look(folder, Manifest.KIND_EVENTS);
        assertNull(EventPlace.find(read, read.manifest(), Surroundings.REAL, EVENTS + 1));
        assertNull(EventPlace.find(read, read.manifest(), Surroundings.REAL, 0));
    }

    @Test
    void aLogThatIsShorterThanWasKnownIsReadFromTheOlderPlace() {
        try (ChronicleEventLog log = open(folder, EVENTS + 1L, EVENTS - 999L)) {
            assertEquals(EVENTS, log.lastEventSequence());
            assertEquals(1_000, log.report().recordsRead());
            assertEquals(
                    "there is no good record of event " + (EVENTS + 1),
                    log.report().notBegunAt());
        }
    }

    @Test
    void aDamagedKnownEventMakesItReadEverything() throws IOException {
        flip(50_000);
        try (ChronicleEventLog log = open(folder, 50_000L)) {
            assertEquals(49_999, log.lastEventSequence());
            assertEquals(49_999, log.report().recordsRead());
            assertFalse(log.report().notBegunAt().isEmpty());
            assertFalse(log.report().droppedAt().isEmpty());
            append(log, EVENTS - 49_999);
            check(log, 1, EVENTS);
        }
    }

    @Test
    void damageBehindTheKnownEventEndsTheLogThere() throws IOException {
        flip(55_000);
        try (ChronicleEventLog log = open(folder, 50_000L)) {
            assertEquals(54_999, log.lastEventSequence());
            append(log, 10);
            check(log, 1, 55_009);
        }
    }

    @Test
    void damageBeforeItIsForWhoeverReadsIt() throws IOException {
        flip(30_000);
        try (ChronicleEventLog log = open(folder, 50_000L);
                EventLog.Reader reader = log.openReader()) {
            assertEquals(EVENTS, log.lastEventSequence());
            check(log, 30_001, EVENTS);
            check(log, 1, 29_999);
            JournalFailure failure = assertThrows(
                    JournalFailure.class,
                    () -> reader.read(30_000, (sequence, event, offset, length) -> {
                        throw new AssertionError("a damaged event was handed over");
                    }));
            assertEquals(JournalFailure.Kind.DAMAGED, failure.kind());
            assertTrue(failure.getMessage().contains("event sequence 30000"), failure.getMessage());
        }
    }

    @Test
    void aFileThatIsMissingBeforeItEndsTheLogAllTheSame() throws IOException {
        java.nio.file.Files.delete(JournalRig.dataFiles(folder).get(1));
        try (ChronicleEventLog log = open(folder, 50_000L)) {
            assertTrue(log.lastEventSequence() < EACH, "kept " + log.lastEventSequence());
            append(log, 10);
            check(log, 1, log.lastEventSequence());
        }
    }

    @Test
    void aLogIsCutAtAnEventThatWasNotRead() {
        for (long cut : new long[] {45_000, 20_001, 20_000, 7, 1}) {
            try (ChronicleEventLog log = open(folder, log45(cut))) {
                log.truncateFrom(cut);
                assertEquals(cut - 1, log.lastEventSequence());
                append(log, 300);
                check(log, 1, cut + 299);
            }
            try (ChronicleEventLog log = open(folder)) {
                assertEquals(cut + 299, log.lastEventSequence());
                check(log, 1, cut + 299);
            }
        }
    }

    /** An event that the log still has when it was cut before. */
    private static Long log45(long cut) {
        return cut == 45_000 ? 50_000L : cut + 100;
    }

    @Test
    void whoComparesEverythingHasOnlyTheEndLookedFor() throws IOException {
        LogFolder read = LogFolder.look(folder, Manifest.KIND_EVENTS);
        long listedEnd = read.manifest().listedEnd();
        flip(30_000);
        try (ChronicleEventLog log = openToCompareAll(folder);
                EventLog.Reader reader = log.openReader()) {
            assertTrue(listedEnd > (STARTS - 1) * EACH && listedEnd < EVENTS, "listed to " + listedEnd);
            assertEquals(EVENTS, log.lastEventSequence());
            assertEquals(EVENTS - listedEnd, log.report().recordsRead());
            check(log, 30_001, EVENTS);
            check(log, 1, 29_999);
            assertThrows(JournalFailure.class, () -> reader.read(30_000, (sequence, event, offset, length) -> {}));
            log.truncateFrom(30_000);
            append(log, 500);
            check(log, 1, 30_499);
        }
        try (ChronicleEventLog log = open(folder)) {
            assertEquals(30_499, log.lastEventSequence());
            check(log, 1, 30_499);
        }
    }

    @Test
    void whoReadsEverythingInOrderLeavesWhereItStands() {
        try (ChronicleEventLog log = openToCompareAll(folder)) {
            EventFile first = log.fileAt(0);
            EventFile second = log.fileAt(1);
            try (EventLog.Reader reader = log.openFirstReader()) {
                reader.readRange(1, first.lastSequence() - 1, (sequence, event, offset, length) -> {});
                assertEquals(first.lastSequence() + 1, first.indexedFrom(), "not to its end");
                reader.readRange(
                        first.lastSequence(), second.lastSequence() / 2, (sequence, event, offset, length) -> {});
                assertEquals(1, first.indexedFrom());
                // Not in order: nothing is learnt from it, and nothing wrong.
                reader.readRange(second.firstSequence() + 3, EVENTS, (sequence, event, offset, length) -> {});
                assertEquals(second.lastSequence() + 1, second.indexedFrom());
            }
            for (int i = 2; i < log.report().files(); i++) {
                assertEquals(log.fileAt(i).firstSequence(), log.fileAt(i).indexedFrom());
            }
            check(log, 1, EVENTS);
            try (EventLog.Reader reader = log.openReader()) {
                for (long sequence = EVENTS; sequence > 0; sequence -= 7) {
                    long wanted = sequence;
                    assertTrue(reader.read(
                            wanted,
                            (read, buffer, offset, length) ->
                                    assertEquals(event(wanted), new UnsafeBuffer(buffer, offset, length))));
                }
            }
            log.truncateFrom(first.lastSequence() - 40);
            check(log, 1, first.lastSequence());
            append(log, 100);
            check(log, 1, log.lastEventSequence());
        }
    }

    @Test
    void aLogThatWasClosedInOrderIsNotReadAtAllByWhoComparesEverything() {
        open(folder).close();
        try (ChronicleEventLog log = open(folder)) {
            append(log, 10);
        }
        try (ChronicleEventLog log = openToCompareAll(folder)) {
            assertEquals(EVENTS + 10, log.lastEventSequence());
            assertEquals(0, log.report().recordsRead());
            check(log, 1, EVENTS + 10);
        }
    }

    @Test
    void aMissingFileEndsTheLogForWhoComparesEverythingToo() throws IOException {
        java.nio.file.Files.delete(JournalRig.dataFiles(folder).get(1));
        try (ChronicleEventLog log = openToCompareAll(folder)) {
            assertTrue(log.lastEventSequence() < EACH, "kept " + log.lastEventSequence());
            assertFalse(log.report().droppedAt().isEmpty());
            append(log, 10);
            check(log, 1, log.lastEventSequence());
        }
    }

    @Test
    void withEventsThatAreNotOnTheDeviceEverythingIsRead() {
        UnforcedEvents.of(folder).begin(59_000);
        try (ChronicleEventLog log = openToCompareAll(folder)) {
            assertEquals(EVENTS, log.report().recordsRead());
        }
    }

    @Test
    void forcingSaysWhetherTheLogHasTheEvents() {
        assertTrue(ChronicleEventLog.force(folder, 0, 0));
        assertTrue(ChronicleEventLog.force(folder, 0, EVENTS));
        assertTrue(ChronicleEventLog.force(folder, EVENTS - 1, EVENTS));
        assertFalse(ChronicleEventLog.force(folder, 0, EVENTS + 1));
        assertFalse(ChronicleEventLog.force(temp.resolve("nowhere"), 0, 1));
    }
}
