package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.gateway.json.Timestamps;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.JournalFollower;
import io.scrip.journal.JournalPosition;
import io.scrip.journal.JournalReader;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotHeader;
import io.scrip.snapshotter.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Looks at a ledger's snapshots, and makes one where no server runs. */
@Command(
        name = "snapshot",
        description = {
            "The snapshots of a data folder. A running server makes them by itself, and on"
                    + " POST /api/v1/admin/snapshots.",
            ""
        },
        sortOptions = false)
final class SnapshotCommand {
    private static final long RECORDS_READ_ON = 10_000;
    private static final EventSink NOWHERE = (eventSequence, event, offset, length) -> {};
    private static final String GOOD = "good";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Command(
            name = "list",
            description =
                    "List the snapshots, newest first, and last the base that a pruned ledger begins with; whether"
                            + " they are good is not looked at.")
    int list(@CommandLine.Mixin FolderOptions common) throws SnapshotException {
        PrintWriter out = spec.commandLine().getOut();
        List<SnapshotFile> files = SnapshotWork.candidates(store(common.folder()));
        if (!common.json) {
            out.printf("%-40s %16s %16s %14s  %s%n", "file", "command", "event", "bytes", "state hash");
        }
        boolean readable = true;
        for (SnapshotFile file : files) {
            try {
                SnapshotHeader header = SnapshotStore.header(file);
                print(out, file, header, String.format(Locale.ROOT, "%016x", header.stateHash()), common.json);
            } catch (SnapshotException damaged) {
                readable = false;
                printVerdict(out, file, damaged.getMessage(), common.json);
            }
        }
        out.flush();
        return (readable ? ExitCode.OK : ExitCode.FAILED).number();
    }

    @Command(
            name = "check",
            description = "Read every snapshot to its end: checksums, structure, state hash, zero sum. Then read the"
                    + " journal on from where the snapshot says, up to 10,000 records or to its end: the first must follow"
                    + " the snapshot by its hash, and each the one before it. Works beside a running server.")
    int check(@CommandLine.Mixin FolderOptions common) throws SnapshotException {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder folder = common.folder();
        boolean allGood = true;
        for (SnapshotFile file : SnapshotWork.candidates(store(folder))) {
            String verdict = verdict(file, folder);
            allGood &= verdict.equals(GOOD);
            printVerdict(out, file, verdict, common.json);
            out.flush();
        }
        return (allGood ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private String verdict(SnapshotFile file, DataFolder folder) {
        try {
            SnapshotHeader header = SnapshotStore.header(file);
            LedgerProcessor core = load(file);
            if (!core.trialBalance().isZero()) {
                return "the sums over all accounts are not zero";
            }
            requireGoesOn(folder, header);
            return GOOD;
        } catch (SnapshotException | JournalFailure damaged) {
            return damaged.getMessage();
        }
    }

    private LedgerProcessor load(SnapshotFile file) throws SnapshotException {
        String doing = "reading " + file.path().getFileName();
        ReplayProgress progress =
                new ReplayProgress(doing, "bytes", spec.commandLine().getErr(), System::nanoTime);
        return SnapshotStore.load(file, Retention.STANDARD, NOWHERE, progress);
    }

    /** Whether the next record follows a snapshot by its hash, and the ones behind it each other. */
    static void requireGoesOn(DataFolder folder, SnapshotHeader header) throws SnapshotException {
        try (JournalReader reader = JournalReader.openBesideWriter(folder.journal())) {
            if (header.position() == null) {
                return;
            }
            if (header.sequence() > reader.lastSequence()) {
                throw new SnapshotException("the journal ends with command " + reader.lastSequence() + ", before it");
            }
            if (header.sequence() == reader.lastSequence()
                    && !header.position().hashHex().equals(reader.lastHashHex())) {
                throw new SnapshotException("the journal ends with the same command and another hash");
            }
            try (JournalFollower follower = JournalFollower.from(folder.journal(), header.position())) {
                follower.readTo(
                        Math.min(reader.lastSequence(), header.sequence() + RECORDS_READ_ON),
                        (sequence, timestampNs, command, offset, length) -> {});
            }
        }
    }

    @Command(
            name = "create",
            description =
                    "Make a snapshot of the state at the journal's end, where no server runs: from the newest good"
                            + " snapshot, or from the first record.")
    int create(
            @CommandLine.Mixin FolderOptions common,
            @Option(
                            names = "--keep",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Snapshots that are kept, at least 2 (default: ${DEFAULT-VALUE}).")
                    int keep)
            throws SnapshotException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder folder = common.folder();
        SnapshotStore store = new SnapshotStore(folder.snapshots(), SnapshotOptions.requireKeep("--keep", keep));
        // Opened only for its lock, and to know where it ends.
        Closeable lock = store.lock();
        try (ChronicleJournal journal =
                ChronicleJournal.open(JournalConfig.of(folder.journal(), DurabilityMode.SYNC))) {
            if (journal.lastSequence() == 0) {
                throw new Refusal(
                        ExitCode.USAGE, folder.path() + " holds no record yet: there is nothing to make a snapshot of");
            }
            Begun begun = newestGood(store, journal);
            LedgerProcessor core = begun.core();
            try (JournalFollower follower = begun.position() == null
                    ? JournalFollower.fromStart(folder.journal())
                    : JournalFollower.from(folder.journal(), begun.position())) {
                long from = core.lastSequence();
                ReplayProgress progress = new ReplayProgress(spec.commandLine().getErr(), System::nanoTime);
                follower.readTo(journal.lastSequence(), (sequence, timestampNs, command, offset, length) -> {
                    core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE);
                    if (sequence % (1 << 12) == 0) {
                        progress.onProgress(sequence - from, journal.lastSequence() - from);
                    }
                });
                follower.force();
                // Without an anchor: nobody has looked whether the event log is whole, and the next start shall.
                SnapshotFile file = store.write(core, follower.position());
                print(out, file, SnapshotStore.header(file), GOOD, common.json);
            }
        } finally {
            lock.close();
        }
        out.flush();
        return ExitCode.OK.number();
    }

    /** A core to go on with, and where in the journal. */
    private record Begun(LedgerProcessor core, JournalPosition position) {}

    private Begun newestGood(SnapshotStore store, ChronicleJournal journal) throws SnapshotException {
        for (SnapshotFile file : SnapshotWork.candidates(store)) {
            try {
                SnapshotHeader header = SnapshotStore.header(file);
                if (header.position() != null && journal.continuesAt(header.position())) {
                    return new Begun(load(file), header.position());
                }
            } catch (SnapshotException damaged) {
                spec.commandLine().getErr().println("scrip: snapshot not used: " + damaged.getMessage());
            }
        }
        if (journal.firstSequence() > 1) {
            throw new SnapshotException("no snapshot is good, and the commands before " + journal.firstSequence()
                    + " have been pruned: restore a backup");
        }
        return new Begun(new LedgerProcessor(Retention.STANDARD, NOWHERE), null);
    }

    private static void print(PrintWriter out, SnapshotFile file, SnapshotHeader header, String last, boolean json) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("file", file.path().getFileName().toString());
            object.put("sequence", header.sequence());
            object.put("time", Timestamps.toText(header.timestampNs()));
            object.put("event_sequence", header.eventSequence());
            object.put("bytes", file.sizeBytes());
            object.put("state_hash", String.format(Locale.ROOT, "%016x", header.stateHash()));
            out.println(JsonMapper.shared().writeValueAsString(object));
            return;
        }
        out.printf(
                Locale.ROOT,
                "%-40s %,16d %,16d %,14d  %s%n",
                file.path().getFileName(),
                header.sequence(),
                header.eventSequence(),
                file.sizeBytes(),
                last);
    }

    private static void printVerdict(PrintWriter out, SnapshotFile file, String verdict, boolean json) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("file", file.path().getFileName().toString());
            object.put("good", verdict.equals(GOOD));
            object.put("problem", verdict.equals(GOOD) ? null : verdict);
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            out.printf("%-40s %s%n", file.path().getFileName(), verdict);
        }
    }

    private static SnapshotStore store(DataFolder folder) {
        return new SnapshotStore(folder.snapshots(), SnapshotOptions.DEFAULT_KEEP);
    }
}
