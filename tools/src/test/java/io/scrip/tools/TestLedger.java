package io.scrip.tools;

import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.JournalFollower;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.proof.Notary;
import io.scrip.snapshotter.LastEvent;
import io.scrip.snapshotter.SnapshotStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/** A ledger's folder with everything in it, written by the same classes as the server's, in this process. */
public final class TestLedger {
    private static final long BEGIN_NS = 1_790_000_000_000_000_000L;
    private static final long SEED = 7;
    private static final int BLOCK_BYTES = 256 << 10;
    /** Chronicle's own part of a file is 65 KiB. */
    public static final long SMALL_FILES = 90_000;

    public static final long LARGE_FILES = 1 << 28;

    private final Path data;
    private final long rollBytes;
    private final CommandScript script;
    private final EventSink relay = this::append;
    private final LedgerProcessor core = new LedgerProcessor(Retention.STANDARD, relay);
    private final LastEvent lastEvent = LastEvent.none();
    private ChronicleEventLog events;

    private TestLedger(Path data, long rollBytes) {
        this(data, rollBytes, new LedgerScript(SEED, BEGIN_NS));
    }

    private TestLedger(Path data, long rollBytes, CommandScript script) {
        this.data = data;
        this.rollBytes = rollBytes;
        this.script = script;
    }

    /** A folder of two processes that were stopped in order, each after so many commands. */
    public static LedgerProcessor stopped(Path data, int commands, long rollBytes) throws IOException {
        TestLedger ledger = new TestLedger(data, rollBytes);
        ledger.run(commands, null);
        ledger.run(commands, null);
        return ledger.core;
    }

    /** The same, of more processes, each with a snapshot at its end; the two newest are kept. */
    public static void stopped(Path data, int processes, int commands, long seed) throws IOException {
        TestLedger ledger = new TestLedger(data, SMALL_FILES, new LedgerScript(seed, BEGIN_NS));
        for (int process = 0; process < processes; process++) {
            ledger.run(commands, null);
        }
    }

    /** The same, with commands of another script. */
    public static LedgerProcessor stopped(Path data, int commands, long rollBytes, CommandScript script)
            throws IOException {
        TestLedger ledger = new TestLedger(data, rollBytes, script);
        ledger.run(commands, null);
        ledger.run(commands, null);
        return ledger.core;
    }

    /** The same, and in {@code before} what was there when the first of them had stopped. */
    public static LedgerProcessor stopped(Path data, Path before, int commands) throws IOException {
        TestLedger ledger = new TestLedger(data, SMALL_FILES);
        ledger.run(commands, null);
        copy(data, before);
        ledger.run(commands, null);
        return ledger.core;
    }

    /** As the folder is when its second process is killed: everything written, nothing closed. */
    public static void killed(Path data, Path scratch, int commands) throws IOException {
        killed(data, scratch, commands, new LedgerScript(SEED, BEGIN_NS));
    }

    /** The same, with commands of another script. */
    public static LedgerProcessor killed(Path data, Path scratch, int commands, CommandScript script)
            throws IOException {
        TestLedger ledger = new TestLedger(scratch, SMALL_FILES, script);
        ledger.run(commands, null);
        ledger.run(commands, data);
        return ledger.core;
    }

    private void run(int commands, Path imageBeforeEnd) throws IOException {
        Files.createDirectories(data.resolve("proof"));
        JournalConfig config =
                new JournalConfig(data.resolve("journal"), DurabilityMode.ASYNC, BLOCK_BYTES, rollBytes, 0, 0, 0);
        EventLogConfig eventConfig = new EventLogConfig(data.resolve("events"), BLOCK_BYTES, 1 << 20);
        try (ChronicleJournal journal = ChronicleJournal.open(config);
                ChronicleEventLog log = ChronicleEventLog.open(eventConfig);
                Notary notary = new Notary(data.resolve("proof"), log)) {
            events = log;
            notary.start();
            for (int i = 0; i < commands; i++) {
                DirectBuffer command = script.next();
                long sequence = journal.lastSequence() + 1;
                journal.append(sequence, script.timestampNs(), command, 0, script.lengthBytes());
                journal.force();
                core.onCommand(sequence, script.timestampNs(), command, 0, script.lengthBytes(), CommandReplySink.NONE);
            }
            notary.onEventsVisible(log.lastEventSequence());
            writeSnapshot();
            if (imageBeforeEnd != null) {
                copy(data, imageBeforeEnd);
            }
        }
    }

    private void writeSnapshot() {
        try (JournalFollower follower = JournalFollower.fromStart(data.resolve("journal"))) {
            follower.readTo(core.lastSequence(), (sequence, timestampNs, command, offset, length) -> {});
            follower.force();
            boolean forced = ChronicleEventLog.force(data.resolve("events"), 0, core.lastEventSequence());
            new SnapshotStore(data.resolve("snapshots"), 2)
                    .write(core, follower.position(), forced ? lastEvent.anchor() : null);
        } catch (SnapshotException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private void append(long eventSequence, DirectBuffer event, int offset, int length) {
        events.append(eventSequence, event, offset, length);
        lastEvent.onEvent(eventSequence, event, offset, length);
    }

    /** Every regular file below a folder, sorted. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
        }
    }

    /** Every file as it is now. */
    public static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
