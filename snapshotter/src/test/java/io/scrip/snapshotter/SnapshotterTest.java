package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.CheckpointPort;
import io.scrip.engine.LiveKeys;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The follower behind a live core with a real journal, and recovery from what it has written. */
class SnapshotterTest {
    private static final long TIMEOUT_S = 60;
    private static final SnapshotConfig SELDOM = new SnapshotConfig(1_000_000, Long.MAX_VALUE, 1_000_000);

    @TempDir
    Path temp;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final LedgerProcessor live = Ledgers.empty();
    private final LiveCore port = new LiveCore();
    private ChronicleJournal journal;
    private Snapshotter snapshotter;

    /** The live core as the follower sees it; a test may let it lie. */
    private final class LiveCore implements CheckpointPort {
        private Checkpoint checkpoint;
        private long lie;
        private long number;

        @Override
        public synchronized void requestCheckpoint() {
            checkpoint = new Checkpoint(++number, live.lastSequence(), live.stateHash() + lie);
        }

        @Override
        public synchronized Checkpoint checkpoint() {
            return checkpoint;
        }
    }

    private final class Told implements Snapshotter.Listener {
        @Override
        public void onSnapshot(SnapshotFile file, long tookNs) {
            told.add("snapshot " + file.sequence());
        }

        @Override
        public void onFailure(Exception failure) {
            told.add("failure " + failure.getMessage());
        }

        @Override
        public void onDivergence(String evidence) {
            told.add("divergence " + evidence);
        }
    }

    private Path journalFolder() {
        return temp.resolve("journal");
    }

    private SnapshotStore store() {
        return new SnapshotStore(temp.resolve("snapshots"), 2, path -> Long.MAX_VALUE);
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(
                new JournalConfig(journalFolder(), DurabilityMode.ASYNC, 256 << 10, 1 << 20, 0, 0, 0));
    }

    private void start(SnapshotConfig config) {
        if (journal == null) {
            journal = open();
            journal.startWriting();
        }
        snapshotter = new Snapshotter(
                store(), config, port, journalFolder(), temp.resolve("events"), Retention.STANDARD, new Told());
        snapshotter.start();
    }

    /** Journals and applies commands, so that the live core stands at the last. */
    private void run(long lastSequence) {
        synchronized (port) {
            for (long n = live.lastSequence() + 1; n <= lastSequence; n++) {
                DirectBuffer command = Ledgers.openWallet(n);
                journal.append(n, n * 1_000, command, 0, command.capacity());
                Ledgers.applyTo(live, n);
            }
        }
    }

    @AfterEach
    void stop() {
        if (snapshotter != null) {
            snapshotter.close();
        }
        if (journal != null) {
            journal.close();
        }
    }

    private String next() throws InterruptedException {
        String line = told.poll(TIMEOUT_S, TimeUnit.SECONDS);
        return line == null ? "nothing was told" : line;
    }

    private SnapshotFile take() {
        return snapshotter.request().orTimeout(TIMEOUT_S, TimeUnit.SECONDS).join();
    }

    @Test
    void aSnapshotThatIsAskedForHasEverythingThatWasThereWhenItWasAskedFor() throws SnapshotException {
        start(SELDOM);
        for (long sequence : new long[] {0, 1, 700, 701, 2_000}) {
            run(sequence);
            SnapshotFile file = take();
            assertEquals(sequence, file.sequence());
            assertEquals(live.stateHash(), SnapshotStore.header(file).stateHash());
        }
    }

    @Test
    void snapshotsAreMadeByCommandsAndByTime() throws InterruptedException {
        start(new SnapshotConfig(100, Long.MAX_VALUE, 1_000_000));
        run(100);
        assertEquals("snapshot 100", next());
        snapshotter.close();
        start(new SnapshotConfig(1_000_000, 1, 1_000_000));
        run(101);
        assertEquals("snapshot 101", next());
    }

    @Test
    void aRestartedFollowerGoesOnFromTheNewestGoodSnapshot() throws Exception {
        start(SELDOM);
        run(500);
        take();
        run(600);
        SnapshotFile newest = take();
        snapshotter.close();
        byte[] bytes = Files.readAllBytes(newest.path());
        bytes[bytes.length / 2] ^= 4;
        Files.write(newest.path(), bytes);
        told.clear();
        start(SELDOM);
        run(650);
        assertEquals(650, take().sequence());
        assertTrue(next().contains(newest.path().toString()));
        assertEquals("snapshot 650", next());
    }

    @Test
    void twoMindsAreToldWithTheirEvidence() throws InterruptedException {
        start(SELDOM);
        run(30);
        take();
        next();
        synchronized (port) {
            port.lie = 1;
        }
        run(31);
        String line = next();
        assertTrue(line.startsWith("divergence") && line.contains("agreed after command 30"), line);
        assertThrows(CompletionException.class, this::take);
    }

    @Test
    void aDamagedJournalEndsTheFollowerAndNotTheServer() throws IOException, InterruptedException {
        journal = open();
        journal.startWriting();
        run(50);
        Path file;
        try (var files = Files.walk(journalFolder())) {
            file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        int at = indexOf(bytes, "agent:7");
        bytes[at] ^= 1;
        Files.write(file, bytes);
        start(SELDOM);
        String line = next();
        assertTrue(line.startsWith("failure damaged journal"), line);
        assertThrows(CompletionException.class, this::take);
        journal = null;
    }

    private static int indexOf(byte[] bytes, String text) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        return all.indexOf(text);
    }

    @Test
    void theLastStateIsKeptOnAStopThatAsksForIt() throws SnapshotException {
        start(SELDOM);
        run(40);
        journal.close();
        journal = null;
        snapshotter.closeWithSnapshot(new Checkpoint(0, live.lastSequence(), live.stateHash()));
        assertEquals(40, store().list().get(0).sequence());
    }

    @Test
    void recoveryBeginsWithTheNewestGoodSnapshotAndReplaysOnlyWhatFollows() throws Exception {
        start(SELDOM);
        run(900);
        take();
        run(1_500);
        SnapshotFile newest = take();
        run(1_600);
        stop();
        snapshotter = null;
        journal = null;

        Recovery.Recovered fromNewest = recover(store().list(), 1_600);
        assertEquals(1_500, fromNewest.report().snapshotSequence());
        assertEquals(100, fromNewest.report().records());

        byte[] bytes = Files.readAllBytes(newest.path());
        bytes[bytes.length - 1] ^= 1;
        Files.write(newest.path(), bytes);
        Recovery.Recovered fromOlder = recover(store().list(), 1_600);
        assertEquals(900, fromOlder.report().snapshotSequence());
        assertEquals(700, fromOlder.report().records());
        assertEquals(1, fromOlder.report().snapshotsRefused().size());

        Recovery.Recovered fromZero = recover(List.of(), 1_600);
        assertEquals(1_600, fromZero.report().records());

        Recovery.Recovered shortLog = recover(store().list(), 899);
        assertEquals(0, shortLog.report().snapshotSequence());
        assertEquals(701, shortLog.report().eventsAppended());
        for (Recovery.Recovered each : List.of(fromNewest, fromOlder, fromZero, shortLog)) {
            assertEquals(live.stateHash(), each.core().stateHash());
            assertEquals(1_600, each.core().lastSequence());
        }
    }

    @Test
    void aSnapshotOfAnotherLedgerIsNotUsed() throws SnapshotException {
        start(SELDOM);
        run(20);
        take();
        stop();
        snapshotter = null;
        try (ChronicleJournal other = ChronicleJournal.open(
                new JournalConfig(temp.resolve("other"), DurabilityMode.ASYNC, 256 << 10, 1 << 20, 0, 0, 0))) {
            for (long n = 1; n <= 30; n++) {
                DirectBuffer command = Ledgers.openWallet(n + 1_000);
                other.append(n, n * 1_000, command, 0, command.capacity());
            }
        }
        journal = ChronicleJournal.open(
                new JournalConfig(temp.resolve("other"), DurabilityMode.ASYNC, 256 << 10, 1 << 20, 0, 0, 0));
        MemoryEventLog events = new MemoryEventLog();
        for (int n = 1; n <= 30; n++) {
            events.events.add(new byte[0]);
        }
        EventFeed feed = new EventFeed(events, events::truncateFrom, new LiveKeys());
        Recovery.Report report = new Recovery(journal, journal::continuesAt, events, Retention.STANDARD, feed)
                .recover(store().list(), (records, of) -> {})
                .report();
        assertEquals(0, report.snapshotSequence());
        assertTrue(report.snapshotsRefused().get(0).contains("does not go on"), report.snapshotsRefused()::toString);
    }

    /** Recovers with an event log that has so many of the events. */
    private Recovery.Recovered recover(List<SnapshotFile> snapshots, int events) {
        MemoryEventLog log = new MemoryEventLog();
        LedgerProcessor source = new LedgerProcessor(Retention.STANDARD, log::append);
        Ledgers.applyTo(source, events);
        EventFeed feed = new EventFeed(log, log::truncateFrom, new LiveKeys());
        try (ChronicleJournal reopened = open()) {
            return new Recovery(reopened, reopened::continuesAt, log, Retention.STANDARD, feed)
                    .recover(snapshots, (records, of) -> {});
        }
    }
}
