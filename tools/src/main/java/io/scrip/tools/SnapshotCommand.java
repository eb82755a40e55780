package io.scrip.tools;

import io.scrip.engine.JournalFailure;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Command(name = "list", description = "List the snapshots, newest first; whether they are good is not looked at.")
    int list(@Option(names = "--data", paramLabel = "DIR", required = true, description = "Data folder.") Path data)
            throws SnapshotException {
        PrintWriter out = spec.commandLine().getOut();
        List<SnapshotFile> files = store(data).list();
        out.printf("%-40s %16s %16s %14s  %s%n", "file", "command", "event", "bytes", "state hash");
        boolean readable = true;
        for (SnapshotFile file : files) {
            try {
                SnapshotHeader header = SnapshotStore.header(file);
                print(out, file, header, String.format(Locale.ROOT, "%016x", header.stateHash()));
            } catch (SnapshotException damaged) {
                readable = false;
                out.printf("%-40s %s%n", file.path().getFileName(), damaged.getMessage());
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
    int check(@Option(names = "--data", paramLabel = "DIR", required = true, description = "Data folder.") Path data)
            throws SnapshotException {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder folder = existing(data);
        boolean allGood = true;
        for (SnapshotFile file : SnapshotWork.candidates(store(data))) {
            String verdict = verdict(file, folder);
            allGood &= verdict.equals("good");
            out.printf("%-40s %s%n", file.path().getFileName(), verdict);
            out.flush();
        }
        return (allGood ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static String verdict(SnapshotFile file, DataFolder folder) {
        try {
            SnapshotHeader header = SnapshotStore.header(file);
            LedgerProcessor core = SnapshotStore.load(file, Retention.STANDARD, NOWHERE);
            if (!core.trialBalance().isZero()) {
                return "the sums over all accounts are not zero";
            }
            requireGoesOn(folder, header);
            return "good";
        } catch (SnapshotException | JournalFailure damaged) {
            return damaged.getMessage();
        }
    }

    private static void requireGoesOn(DataFolder folder, SnapshotHeader header) throws SnapshotException {
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
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data folder.") Path data,
            @Option(
                            names = "--keep",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Snapshots that are kept, at least 2 (default: ${DEFAULT-VALUE}).")
                    int keep)
            throws SnapshotException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder folder = existing(data);
        SnapshotStore store = new SnapshotStore(folder.snapshots(), keep);
        // Opened only for its lock, and to know where it ends.
        Closeable lock = store.lock();
        try (ChronicleJournal journal =
                ChronicleJournal.open(JournalConfig.of(folder.journal(), DurabilityMode.SYNC))) {
            Begun begun = newestGood(store, journal, spec.commandLine().getErr());
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
                print(out, file, SnapshotStore.header(file), "good");
            }
        } finally {
            lock.close();
        }
        out.flush();
        return ExitCode.OK.number();
    }

    /** A core to go on with, and where in the journal. */
    private record Begun(LedgerProcessor core, JournalPosition position) {}

    private static Begun newestGood(SnapshotStore store, ChronicleJournal journal, PrintWriter err)
            throws SnapshotException {
        for (SnapshotFile file : SnapshotWork.candidates(store)) {
            try {
                SnapshotHeader header = SnapshotStore.header(file);
                if (header.position() != null && journal.continuesAt(header.position())) {
                    LedgerProcessor core = SnapshotStore.load(file, Retention.STANDARD, NOWHERE);
                    return new Begun(core, header.position());
                }
            } catch (SnapshotException damaged) {
                err.println("scrip: snapshot not used: " + damaged.getMessage());
            }
        }
        if (journal.firstSequence() > 1) {
            throw new SnapshotException("no snapshot is good, and the commands before " + journal.firstSequence()
                    + " have been pruned: restore a backup");
        }
        return new Begun(new LedgerProcessor(Retention.STANDARD, NOWHERE), null);
    }

    private static void print(PrintWriter out, SnapshotFile file, SnapshotHeader header, String last) {
        out.printf(
                Locale.ROOT,
                "%-40s %,16d %,16d %,14d  %s%n",
                file.path().getFileName(),
                header.sequence(),
                header.eventSequence(),
                file.sizeBytes(),
                last);
    }

    private static SnapshotStore store(Path data) {
        return new SnapshotStore(existing(data).snapshots(), SnapshotOptions.DEFAULT_KEEP);
    }

    private static DataFolder existing(Path data) {
        Path path = data.toAbsolutePath().normalize();
        if (!Files.isDirectory(path.resolve("journal"))) {
            throw new Refusal(ExitCode.USAGE, "--data " + path + " holds no ledger");
        }
        return new DataFolder(path);
    }
}
