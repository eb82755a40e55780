package io.scrip.tools.damage;

import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.JournalFollower;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.workload.Profile;
import io.scrip.testkit.workload.Workload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ledger's folder as three processes have left it, written by the product on real files, and everything that must be
 * read back from it. The first process was stopped; the second was killed while it wrote and its torn record dropped;
 * the third was killed after a force, with some records behind it that nobody was told of. Immutable once made.
 */
final class Specimen {
    static final String JOURNAL = "journal";
    static final String EVENTS = "events";
    static final String SNAPSHOTS = "snapshots";
    static final Path EVENT_MANIFEST = Path.of(EVENTS, "manifest");

    private static final int BLOCK_BYTES = 256 << 10;
    private static final int EVENT_FILE_BYTES = 1 << 20;
    /** Chronicle's own part of a file is 65 KiB. */
    private static final long SMALL_FILE_BYTES = 90_000;

    private static final int SNAPSHOTS_KEPT = 2;
    private static final int STOPPED_COMMANDS = 350;
    private static final int KILLED_COMMANDS = 120;
    private static final int UNFORCED_COMMANDS = 5;
    /** More than the window of 64 KiB that is looked at byte by byte. */
    private static final int LAST_FILE_BYTES = 84 << 10;

    private static final int TORN_AT = 12;
    private static final int TORN_BYTES = 8;

    private final Workload workload;
    private final NaiveLedger model;
    private final Retention retention;
    private final LedgerProcessor core;
    private final List<byte[]> commands = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();
    private final List<Long> stateHashes = new ArrayList<>(List.of(0L));
    private final List<Long> lastEvents = new ArrayList<>(List.of(0L));
    private final List<byte[]> events = new ArrayList<>();
    private final Path folder;
    private final Map<String, List<Path>> listings = new ConcurrentHashMap<>();
    private final Map<Path, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<Path, Layout> layouts = new ConcurrentHashMap<>();
    private ChronicleEventLog log;
    private long nowNs;
    private Path droppedIn;
    private long droppedFrom;

    private Specimen(Path folder, long seed) {
        this.folder = folder;
        Profile profile = Profile.of(seed);
        retention = new Retention(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        model = new NaiveLedger(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        workload = new Workload(seed, model);
        core = new LedgerProcessor(retention, this::onEvent);
        nowNs = profile.startNs();
        stateHashes.set(0, core.stateHash());
    }

    /** Writes one into {@code scratch}; the same seed writes the same commands. */
    static Specimen make(Path scratch, long seed) throws IOException {
        Specimen first = new Specimen(scratch.resolve("specimen"), seed);
        first.write(scratch);
        return first;
    }

    private void write(Path scratch) throws IOException {
        Path live = scratch.resolve("live");
        try (ChronicleJournal journal = open(live, SMALL_FILE_BYTES)) {
            openLog(live);
            run(journal, STOPPED_COMMANDS, 0);
            snapshot(live);
            log.close();
        }
        Path second = scratch.resolve("second");
        try (ChronicleJournal journal = open(live, SMALL_FILE_BYTES)) {
            openLog(live);
            run(journal, KILLED_COMMANDS, 0);
            // A record that its process was killed over: it never took effect.
            DirectBuffer torn = new UnsafeBuffer(new byte[96]);
            journal.append(core.lastSequence() + 1, nowNs + 1, torn, 0, torn.capacity());
            Folders.copy(live, second);
            log.close();
        }
        tear(second);
        try (ChronicleJournal journal = open(second, JournalConfig.DEFAULT_ROLL_SIZE_BYTES)) {
            openLog(second);
            run(journal, 1, 0);
            snapshot(second);
            run(journal, Integer.MAX_VALUE, LAST_FILE_BYTES);
            for (int i = 0; i < UNFORCED_COMMANDS; i++) {
                apply(journal);
            }
            Folders.copy(second, folder);
            log.close();
        }
    }

    /** Batches of one to eight commands, each forced; until there are so many commands, or so many bytes. */
    private void run(ChronicleJournal journal, int count, long bytes) {
        int done = 0;
        long written = 0;
        while (done < count && (bytes == 0 || written < bytes)) {
            int batch = Math.min(count - done, 1 + (int) (core.lastSequence() % 8));
            for (int i = 0; i < batch; i++) {
                written += apply(journal);
            }
            journal.force();
            done += batch;
        }
    }

    private int apply(ChronicleJournal journal) {
        nowNs = workload.clock(nowNs, model.nextDeadlineNs());
        DirectBuffer command = workload.next();
        long sequence = core.lastSequence() + 1;
        long timestampNs = Math.max(nowNs, core.lastTimestampNs() + 1);
        journal.append(sequence, timestampNs, command, 0, command.capacity());
        core.onCommand(sequence, timestampNs, command, 0, command.capacity(), CommandReplySink.NONE);
        model.apply(command, sequence, timestampNs);
        workload.observe(model.facts());
        commands.add(bytesOf(command, 0, command.capacity()));
        timestamps.add(timestampNs);
        stateHashes.add(core.stateHash());
        lastEvents.add(core.lastEventSequence());
        return command.capacity();
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        log.append(eventSequence, event, offset, length);
        events.add(bytesOf(event, offset, length));
    }

    private void snapshot(Path data) {
        try (JournalFollower follower = JournalFollower.fromStart(data.resolve(JOURNAL))) {
            follower.readTo(core.lastSequence(), (sequence, timestampNs, command, offset, length) -> {});
            store(data).write(core, follower.position());
        } catch (SnapshotException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private void openLog(Path data) {
        log = openEvents(data);
    }

    /** Damages the last record of the last journal file: it was never forced. */
    private void tear(Path data) throws IOException {
        List<Path> files = Folders.files(data.resolve(JOURNAL), ".cq4");
        Path last = files.get(files.size() - 1);
        Layout layout = Layout.of(last);
        droppedIn = data.relativize(last);
        droppedFrom = layout.documents().get(layout.documents().size() - 1).start();
        try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
            // Its length and its epoch: nobody takes it for a record, whether checksums are looked at or not.
            file.seek(droppedFrom + TORN_AT);
            file.write(new byte[TORN_BYTES]);
        }
    }

    private static byte[] bytesOf(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    static ChronicleJournal open(Path data, long rollBytes) {
        return ChronicleJournal.open(
                new JournalConfig(data.resolve(JOURNAL), DurabilityMode.SYNC, BLOCK_BYTES, rollBytes, 0, 0, 0));
    }

    static ChronicleEventLog openEvents(Path data) {
        return ChronicleEventLog.open(new EventLogConfig(data.resolve(EVENTS), BLOCK_BYTES, EVENT_FILE_BYTES));
    }

    static SnapshotStore store(Path data) {
        return new SnapshotStore(data.resolve(SNAPSHOTS), SNAPSHOTS_KEPT);
    }

    Path folder() {
        return folder;
    }

    Retention retention() {
        return retention;
    }

    long lastSequence() {
        return commands.size();
    }

    byte[] command(long sequence) {
        return commands.get((int) sequence - 1);
    }

    long timestampNs(long sequence) {
        return timestamps.get((int) sequence - 1);
    }

    /** After that command; of 0: of an empty ledger. */
    long stateHash(long sequence) {
        return stateHashes.get((int) sequence);
    }

    long lastEvent(long sequence) {
        return lastEvents.get((int) sequence);
    }

    byte[] event(long eventSequence) {
        return events.get((int) eventSequence - 1);
    }

    /** Whether a place is behind the last good record of the process that was killed. */
    boolean isDropped(Path file, long offset) {
        return file.equals(droppedIn) && offset >= droppedFrom;
    }

    /** Of a file of the specimen; not to be changed. */
    byte[] bytes(Path relative) throws IOException {
        byte[] known = contents.get(relative);
        if (known == null) {
            known = Files.readAllBytes(folder.resolve(relative));
            contents.put(relative, known);
        }
        return known;
    }

    Layout layout(Path relative) throws IOException {
        Layout known = layouts.get(relative);
        if (known == null) {
            known = Layout.of(folder.resolve(relative));
            layouts.put(relative, known);
        }
        return known;
    }

    /** Files of a part of the folder, in order, relative to it. */
    List<Path> files(String part, String suffix) throws IOException {
        List<Path> known = listings.get(part + suffix);
        if (known == null) {
            known = Folders.files(folder.resolve(part), suffix).stream()
                    .map(folder::relativize)
                    .toList();
            listings.put(part + suffix, known);
        }
        return known;
    }

    /** The journal file, or the event log's, that was being written when the last process was killed. */
    Path lastFile(String part) throws IOException {
        List<Path> files = files(part, ".cq4");
        return files.get(files.size() - 1);
    }

    /** The first command or event in a file. */
    long firstIn(Path relative) throws IOException {
        return layout(relative).documents().stream()
                .filter(document -> document.kind() == Layout.Kind.COMMAND || document.kind() == Layout.Kind.EVENT)
                .mapToLong(Layout.Document::sequence)
                .findFirst()
                .orElse(lastSequence() + 1);
    }
}
