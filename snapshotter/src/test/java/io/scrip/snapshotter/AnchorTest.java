package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.LiveKeys;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start reads what comes behind the newest snapshot, counted in records; and what happens where it may not. */
class AnchorTest {
    private static final int BLOCK_BYTES = 256 << 10;
    private static final long BEFORE = 9_000;
    private static final long BEHIND = 50;

    @TempDir
    Path temp;

    private Path image;
    private long liveHash;

    /** What a killed process leaves: snapshots after 8,000 and 9,000 commands, and 50 commands more. */
    @BeforeEach
    void runAndBeKilled() throws Exception {
        Path live = temp.resolve("live");
        image = temp.resolve("image");
        LedgerProcessor[] core = new LedgerProcessor[1];
        try (ChronicleJournal journal = ChronicleJournal.open(journalConfig(live));
                ChronicleEventLog events = ChronicleEventLog.open(eventConfig(live));
                Replica replica =
                        Replica.fromStart(live.resolve("journal"), live.resolve("events"), Retention.STANDARD)) {
            core[0] = new LedgerProcessor(Retention.STANDARD, events::append);
            for (long last : new long[] {BEFORE - 1_000, BEFORE, BEFORE + BEHIND}) {
                apply(core[0], journal, last);
                replica.readTo(last);
                if (last <= BEFORE) {
                    replica.writeTo(store(live));
                }
            }
            copy(live, image);
        }
        liveHash = core[0].stateHash();
    }

    private static void apply(LedgerProcessor core, ChronicleJournal journal, long last) {
        for (long n = core.lastSequence() + 1; n <= last; n++) {
            DirectBuffer command = Ledgers.openWallet(n);
            journal.append(n, n * 1_000, command, 0, command.capacity());
            core.onCommand(n, n * 1_000, command, 0, command.capacity(), CommandReplySink.NONE);
        }
        journal.force();
        journal.onIdle();
    }

    private static JournalConfig journalConfig(Path folder) {
        return new JournalConfig(folder.resolve("journal"), DurabilityMode.ASYNC, BLOCK_BYTES, 1 << 20, 0, 0, 0);
    }

    private static EventLogConfig eventConfig(Path folder) {
        return new EventLogConfig(folder.resolve("events"), BLOCK_BYTES, 1 << 20);
    }

    private static SnapshotStore store(Path folder) {
        return new SnapshotStore(folder.resolve("snapshots"), 2);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** What a start found and did. */
    private record Start(long journalRead, long eventsRead, Recovery.Report report) {}

    private Start start() throws Exception {
        List<SnapshotFile> found = store(image).list();
        KnownPlaces known = KnownPlaces.of(found);
        try (ChronicleJournal journal = ChronicleJournal.open(journalConfig(image), known.journal());
                ChronicleEventLog events = ChronicleEventLog.open(eventConfig(image), known.events())) {
            EventFeed feed = new EventFeed(events, events::truncateFrom, new LiveKeys());
            Recovery.Recovered recovered = new Recovery(journal, journal::continuesAt, events, Retention.STANDARD, feed)
                    .recover(found, (records, of) -> {});
            assertEquals(liveHash, recovered.core().stateHash());
            assertEquals(BEFORE + BEHIND, events.lastEventSequence());
            return new Start(journal.report().recordsRead(), events.report().recordsRead(), recovered.report());
        }
    }

    @Test
    void aStartReadsTheTailAndNothingElse() throws Exception {
        Start start = start();
        assertEquals(BEHIND, start.journalRead());
        assertEquals(BEHIND + 1, start.eventsRead(), "the event of the snapshot, and those behind it");
        assertEquals(BEHIND, start.report().records());
        assertEquals(BEHIND, start.report().eventsCompared());
        assertEquals(BEFORE, start.report().snapshotSequence());
        assertEquals(List.of(), start.report().snapshotsRefused());
    }

    @Test
    void aDamagedSnapshotCostsTheTailOfTheOneBeforeIt() throws Exception {
        SnapshotFile newest = store(image).list().get(0);
        byte[] bytes = Files.readAllBytes(newest.path());
        bytes[60] ^= 1;
        Files.write(newest.path(), bytes);
        Start start = start();
        assertEquals(1_000 + BEHIND, start.journalRead());
        assertEquals(1_000 + BEHIND + 1, start.eventsRead());
        assertEquals(BEFORE - 1_000, start.report().snapshotSequence());
        assertEquals(1, start.report().snapshotsRefused().size());
    }

    @Test
    void aSnapshotThatIsDamagedBehindItsHeaderOnlyCostsMoreReplay() throws Exception {
        SnapshotFile newest = store(image).list().get(0);
        byte[] bytes = Files.readAllBytes(newest.path());
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest.path(), bytes);
        Start start = start();
        assertEquals(BEHIND, start.journalRead());
        assertEquals(BEFORE - 1_000, start.report().snapshotSequence());
        assertEquals(1_000 + BEHIND, start.report().eventsCompared());
    }

    @Test
    void anEventLogThatAPowerCutMadeShorterThanTheSnapshotIsCompletedFromTheOneBefore() throws Exception {
        try (ChronicleEventLog events = ChronicleEventLog.open(eventConfig(image))) {
            events.truncateFrom(BEFORE - 10);
        }
        Start start = start();
        assertEquals(BEFORE - 1_000, start.report().snapshotSequence());
        assertEquals(989, start.report().eventsCompared());
        assertEquals(BEFORE + BEHIND - (BEFORE - 11), start.report().eventsAppended());
    }

    @Test
    void anEventLogOfAnotherHistoryIsFoundAndWrittenAnew() throws Exception {
        List<byte[]> others = new ArrayList<>();
        LedgerProcessor other = new LedgerProcessor(Retention.STANDARD, (sequence, event, offset, length) -> {
            byte[] copy = new byte[length];
            event.getBytes(offset, copy);
            others.add(copy);
        });
        for (long n = 1; n <= BEFORE + BEHIND; n++) {
            DirectBuffer command = Ledgers.openWallet(n);
            // The same commands at other times.
            other.onCommand(n, n * 1_000 + 1, command, 0, command.capacity(), CommandReplySink.NONE);
        }
        try (ChronicleEventLog events = ChronicleEventLog.open(eventConfig(image))) {
            events.truncateFrom(1);
            for (byte[] event : others) {
                DirectBuffer buffer = new org.agrona.concurrent.UnsafeBuffer(event);
                events.append(events.lastEventSequence() + 1, buffer, 0, event.length);
            }
        }
        Start start = start();
        assertEquals(0, start.report().snapshotSequence());
        assertEquals(2, start.report().snapshotsRefused().size());
        assertTrue(start.report().snapshotsRefused().get(0).contains("another event " + BEFORE), start.toString());
        assertEquals(1, start.report().eventsRebuiltFrom());
        assertEquals(BEFORE + BEHIND, start.report().records());
    }

    @Test
    void anEventLogThatAPowerCutHitWhileItWasMadeAnewIsReadFromItsFirstEvent() throws Exception {
        deleteAll(image.resolve("events"));
        Path cut = temp.resolve("cut");
        recoverAndCopyBeforeItIsForced(cut);
        Path file = eventFile(cut);
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // A page in the middle had not come to the device; the snapshots' events had.
            bytes.write(ByteBuffer.allocate(4 << 10), 200 << 10);
        }
        image = cut;
        Start start = start();
        assertTrue(start.report().eventsAppended() > 2_000, start.toString());
        assertEquals(0, start.report().snapshotSequence(), "no snapshot is of events that are there");
        requireAllEvents();
        Start next = start();
        assertEquals(BEHIND + 1, next.eventsRead(), "it has been forced, so the snapshots are believed again");
    }

    /** A recovery that makes the event log anew; the machine dies when the last event is written. */
    private void recoverAndCopyBeforeItIsForced(Path cut) throws Exception {
        List<SnapshotFile> found = store(image).list();
        try (ChronicleJournal journal = ChronicleJournal.open(journalConfig(image));
                ChronicleEventLog events = ChronicleEventLog.open(eventConfig(image))) {
            EventLog dying = new DyingEventLog(events, () -> copy(image, cut));
            EventFeed feed = new EventFeed(dying, events::truncateFrom, new LiveKeys());
            new Recovery(journal, journal::continuesAt, events, Retention.STANDARD, feed)
                    .recover(found, (records, of) -> {});
        }
    }

    private void requireAllEvents() {
        long[] count = {0};
        try (ChronicleEventLog events = ChronicleEventLog.open(eventConfig(image));
                EventLog.Reader reader = events.openReader()) {
            reader.readRange(1, BEFORE + BEHIND, (sequence, event, offset, length) -> count[0]++);
        }
        assertEquals(BEFORE + BEHIND, count[0]);
    }

    private static Path eventFile(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("events"))) {
            return all.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void aSnapshotWithoutTheEventLogSaysNothingAboutIt() throws Exception {
        SnapshotStore store = new SnapshotStore(temp.resolve("elsewhere"), 2);
        try (Replica replica =
                Replica.fromStart(image.resolve("journal"), temp.resolve("nowhere"), Retention.STANDARD)) {
            replica.readTo(BEFORE);
            replica.writeTo(store);
        }
        assertNull(SnapshotStore.header(store.list().get(0)).anchor());
        assertEquals(List.of(), KnownPlaces.of(store.list()).journal());
        assertEquals(List.of(), KnownPlaces.of(store.list()).events().forced());
    }

    @Test
    void aFollowerThatBeganWithASnapshotKnowsItsLastEvent() throws Exception {
        SnapshotFile newest = store(image).list().get(0);
        SnapshotHeader.Anchor before = SnapshotStore.header(newest).anchor();
        assertNotNull(before);
        try (Replica replica =
                Replica.from(newest, image.resolve("journal"), image.resolve("events"), Retention.STANDARD)) {
            replica.writeTo(store(image));
        }
        assertEquals(before, SnapshotStore.header(newest).anchor());
    }

    @Test
    void withoutASnapshotEveryEventIsComparedAndOnlyTheEndIsLookedFor() throws Exception {
        removeSnapshots();
        Start start = start();
        assertEquals(BEFORE + BEHIND, start.report().records());
        assertEquals(BEFORE + BEHIND, start.report().eventsCompared());
        assertTrue(start.eventsRead() < BEFORE / 2, "read " + start.eventsRead() + " before they were compared");
    }

    @Test
    void damageThatOpeningDidNotLookAtIsFoundByComparingAndMadeAgain() throws Exception {
        removeSnapshots();
        Path first = image.resolve("events/generation-000001/19700101-00LS.cq4");
        byte[] bytes = Files.readAllBytes(first);
        bytes[bytes.length / 2] ^= 1;
        Files.write(first, bytes);
        Recovery.Report report = start().report();
        assertTrue(report.eventsRebuiltFrom() > 1 && report.eventsRebuiltFrom() < BEFORE / 2, report.toString());
        assertEquals(report.eventsRebuiltFrom() - 1, report.eventsCompared());
        assertEquals(BEFORE + BEHIND - report.eventsCompared(), report.eventsAppended());
        assertTrue(report.rebuildReason().contains(first.toString()), report.toString());
    }

    @Test
    void onlyWhereThereIsNoSnapshotEverythingWillBeCompared() throws Exception {
        List<SnapshotFile> found = store(image).list();
        assertFalse(KnownPlaces.of(found).events().allCompared());
        Files.write(found.get(0).path(), new byte[100]);
        Files.write(found.get(1).path(), new byte[100]);
        assertFalse(KnownPlaces.of(found).events().allCompared(), "whatever becomes of them");
        assertTrue(KnownPlaces.of(List.of()).events().allCompared());
    }

    private void removeSnapshots() throws Exception {
        for (SnapshotFile file : store(image).list()) {
            Files.delete(file.path());
        }
    }

    @Test
    void earlierSnapshotsAreReadAndSayNothing() throws Exception {
        Path earlier = Files.createDirectory(temp.resolve("earlier"));
        EarlierFolder.unpack("schema-0", earlier);
        List<SnapshotFile> files = store(earlier).list();
        assertEquals(2, files.size());
        for (SnapshotFile file : files) {
            assertNull(SnapshotStore.header(file).anchor());
        }
        assertEquals(List.of(), KnownPlaces.of(files).events().forced());
    }
}
