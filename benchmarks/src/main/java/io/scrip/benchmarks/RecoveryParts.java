package io.scrip.benchmarks;

import io.scrip.benchmarks.RecoveryBench.Measured;
import io.scrip.benchmarks.RecoveryBench.Options;
import io.scrip.engine.LiveKeys;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.JournalFollower;
import io.scrip.journal.JournalPosition;
import io.scrip.journal.KnownEvents;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.EventFeed;
import io.scrip.snapshotter.KnownPlaces;
import io.scrip.snapshotter.LastEvent;
import io.scrip.snapshotter.Recovery;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotHeader;
import io.scrip.snapshotter.SnapshotStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of {@link RecoveryBench}; each runs in a Java of its own. */
final class RecoveryParts {
    private static final int FORCED_TOGETHER = 8_192;
    private static final int SNAPSHOTS_KEPT = 2;
    private static final long TAIL_COMMANDS = 100_000;

    private final Options options;
    private final Path journalFolder;
    private final Path eventsFolder;
    private final SnapshotStore store;
    private final List<Measured> figures = new ArrayList<>();

    RecoveryParts(Options options) {
        this.options = options;
        journalFolder = options.folder().resolve("journal");
        eventsFolder = options.folder().resolve("events");
        store = new SnapshotStore(options.folder().resolve("snapshots"), SNAPSHOTS_KEPT);
    }

    List<Measured> run(String part) throws IOException {
        try {
            switch (part) {
                case "build" -> build();
                case "recover-without" -> recoverWithout();
                case "snapshot" -> snapshot();
                case "recover-with" ->
                    figures.add(
                            Measured.atMost("P7", "start with a snapshot at the end", recover(store.list()), "s", 5));
                case "tail" -> goOn(TAIL_COMMANDS);
                case "recover-tail" ->
                    figures.add(Measured.of(
                            String.format(Locale.ROOT, "start with a snapshot and a tail of %,d", TAIL_COMMANDS),
                            recover(store.list()),
                            "s"));
                case "pauses" -> figures.addAll(new RecoveryPauses(options).run());
                case "large-write" -> largeWrite();
                case "large-load" -> largeLoad();
                default -> throw new IllegalArgumentException("no such part: " + part);
            }
        } catch (SnapshotException refused) {
            throw new IOException(refused);
        }
        return figures;
    }

    /** A start: everything that must have happened before anybody is served. */
    private double recover(List<SnapshotFile> snapshots) throws SnapshotException {
        long beganNs = System.nanoTime();
        KnownPlaces known = KnownPlaces.of(snapshots);
        ChronicleJournal journal = openJournal(known.journal());
        long journalNs = System.nanoTime();
        ChronicleEventLog events = openEvents(known.events());
        long eventsNs = System.nanoTime();
        LiveKeys keys = new LiveKeys();
        EventFeed feed = new EventFeed(events, events::truncateFrom, keys);
        Recovery recovery = new Recovery(journal, journal::continuesAt, events, Retention.STANDARD, feed);
        Recovery.Recovered recovered = recovery.recover(snapshots, (records, of) -> {});
        long recoveredNs = System.nanoTime();
        keys.load(recovered.core());
        long doneNs = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "journal opened in %.2f s, event log in %.2f s, recovered in %.2f s, keys in %.2f s (this thread computed for %.2f s in all): %s; %s%n",
                (journalNs - beganNs) / 1e9,
                (eventsNs - journalNs) / 1e9,
                (recoveredNs - eventsNs) / 1e9,
                (doneNs - recoveredNs) / 1e9,
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9,
                recovered.report(),
                events.report());
        return (doneNs - beganNs) / 1e9;
    }

    private void recoverWithout() throws SnapshotException {
        double seconds = recover(List.of());
        figures.add(Measured.atMost("P7", "start without a snapshot", seconds, "s", 10));
        figures.add(Measured.atLeast(
                "P7", "commands per second of that start", options.commands() / seconds, "commands/s", 1.5e6));
    }

    private void build() throws IOException {
        long beganNs = System.nanoTime();
        LedgerProcessor[] core = new LedgerProcessor[1];
        try (Site site = new Site()) {
            core[0] = new LedgerProcessor(Retention.STANDARD, site.events::append);
            site.apply(core[0], options.commands());
            site.keepManifests();
        }
        putManifestsBack();
        System.out.printf(
                Locale.ROOT,
                "built %,d commands, %,d events, in %.0f s; journal %,d MB%n",
                options.commands(),
                core[0].lastEventSequence(),
                (System.nanoTime() - beganNs) / 1e9,
                sizeOf(journalFolder) >> 20);
    }

    /** Goes on behind the newest snapshot, as a server would that is then killed. */
    private void goOn(long commands) throws IOException, SnapshotException {
        try (Site site = new Site()) {
            LiveKeys keys = new LiveKeys();
            EventFeed feed = new EventFeed(site.events, site.events::truncateFrom, keys);
            Recovery recovery =
                    new Recovery(site.journal, site.journal::continuesAt, site.events, Retention.STANDARD, feed);
            LedgerProcessor core =
                    recovery.recover(store.list(), (records, of) -> {}).core();
            site.apply(core, core.lastSequence() + commands);
            site.keepManifests();
        }
        putManifestsBack();
    }

    /** Follows the journal as the snapshotter does, and writes. */
    private void snapshot() throws SnapshotException {
        LastEvent lastEvent = LastEvent.none();
        LedgerProcessor core = new LedgerProcessor(Retention.STANDARD, lastEvent);
        long beganNs = System.nanoTime();
        try (JournalFollower follower = JournalFollower.fromStart(journalFolder)) {
            follower.readTo(
                    options.commands(),
                    (sequence, timestampNs, command, offset, length) ->
                            core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE));
            double seconds = (System.nanoTime() - beganNs) / 1e9;
            figures.add(Measured.of("follower, one thread", options.commands() / seconds, "commands/s"));
            follower.force();
            ChronicleEventLog.force(eventsFolder, 0, core.lastEventSequence());
            write("snapshot written and compared", core, follower.position(), lastEvent.anchor());
        }
    }

    private void write(String name, LedgerProcessor core, JournalPosition position, SnapshotHeader.Anchor anchor)
            throws SnapshotException {
        long beganNs = System.nanoTime();
        SnapshotFile file = store.write(core, position, anchor);
        figures.add(Measured.of(name, (System.nanoTime() - beganNs) / 1e9, "s"));
        figures.add(Measured.of(name + ", size", file.sizeBytes() / 1e6, "MB"));
    }

    /** A ledger of many accounts, without journal or events. */
    private void largeWrite() throws SnapshotException {
        LedgerProcessor core = new LedgerProcessor(Retention.STANDARD, (sequence, event, offset, length) -> {});
        RecoveryWorkload workload = new RecoveryWorkload(options.snapshotAccounts());
        long last = RecoveryWorkload.preparation(options.snapshotAccounts());
        for (long number = 1; number <= last; number++) {
            long sequence = number;
            workload.command(
                    number,
                    (command, offset, length) ->
                            core.onCommand(sequence, sequence, command, offset, length, CommandReplySink.NONE));
        }
        write(accounts() + " written and compared", core, placeOf(core), null);
    }

    /** A place in a journal that does not exist: only the state is written and read. */
    private static JournalPosition placeOf(LedgerProcessor core) {
        String hash = "0".repeat(JournalPosition.HASH_DIGITS);
        return new JournalPosition(1, "none", 0, core.lastSequence(), core.lastTimestampNs(), hash);
    }

    private void largeLoad() throws SnapshotException {
        long beganNs = System.nanoTime();
        SnapshotStore.load(store.list().get(0), Retention.STANDARD, (sequence, event, offset, length) -> {});
        figures.add(Measured.atMost("P7", accounts() + " loaded", (System.nanoTime() - beganNs) / 1e9, "s", 10));
    }

    private String accounts() {
        return String.format(
                Locale.ROOT,
                "snapshot of %,d accounts and %,d ids",
                options.snapshotAccounts(),
                RecoveryWorkload.preparation(options.snapshotAccounts()));
    }

    private ChronicleJournal openJournal(List<JournalPosition> known) {
        return ChronicleJournal.open(JournalConfig.of(journalFolder, DurabilityMode.SYNC), known);
    }

    private ChronicleEventLog openEvents(KnownEvents known) {
        return ChronicleEventLog.open(EventLogConfig.of(eventsFolder), known);
    }

    private void putManifestsBack() throws IOException {
        for (Path folder : List.of(journalFolder, eventsFolder)) {
            Path kept = folder.resolve("manifest.kept");
            Files.move(kept, folder.resolve("manifest"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static long sizeOf(Path folder) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** A ledger's files while they are written. */
    private final class Site implements AutoCloseable {
        final ChronicleJournal journal = openJournal(List.of());
        final ChronicleEventLog events = openEvents(KnownEvents.NONE);

        void apply(LedgerProcessor core, long toNumber) {
            RecoveryWorkload workload = new RecoveryWorkload(options.accounts());
            long clockNs = System.currentTimeMillis() * 1_000_000;
            for (long number = core.lastSequence() + 1; number <= toNumber; number++) {
                long sequence = number;
                long timestampNs = Math.max(clockNs + number * 1_000, core.lastTimestampNs() + 1);
                workload.command(number, (command, offset, length) -> {
                    journal.append(sequence, timestampNs, command, offset, length);
                    core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
                });
                if (number % FORCED_TOGETHER == 0) {
                    journal.force();
                }
            }
            journal.force();
        }

        /** What a killed process leaves: manifests that do not say where the files end. */
        void keepManifests() throws IOException {
            for (Path folder : List.of(journalFolder, eventsFolder)) {
                Files.copy(folder.resolve("manifest"), folder.resolve("manifest.kept"));
            }
        }

        @Override
        public void close() {
            journal.close();
            events.close();
        }
    }
}
