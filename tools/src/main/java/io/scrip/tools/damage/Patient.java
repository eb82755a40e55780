package io.scrip.tools.damage;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.LiveKeys;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.EventFeed;
import io.scrip.snapshotter.Recovery;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One thread's own copy of the specimen: it is hurt, opened with the product's code, and made good again. */
final class Patient {
    private final Specimen specimen;
    private final Path folder;

    Patient(Specimen specimen, Path folder) throws IOException {
        this.specimen = specimen;
        this.folder = folder;
        Folders.copy(specimen.folder(), folder);
    }

    Specimen specimen() {
        return specimen;
    }

    Path path(Path relative) {
        return folder.resolve(relative);
    }

    void flip(Path relative, long offset, int bit) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path(relative).toFile(), "rw")) {
            file.seek(offset);
            int value = file.read();
            file.seek(offset);
            file.write(value ^ 1 << bit);
        }
    }

    void truncate(Path relative, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path(relative).toFile(), "rw")) {
            file.setLength(length);
        }
    }

    /** Zeros from there on, at the old length: pages that never arrived. */
    void zero(Path relative, long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path(relative).toFile(), "rw")) {
            long length = file.length();
            file.setLength(from);
            file.setLength(length);
        }
    }

    /** The file as it was. */
    void heal(Path relative) throws IOException {
        heal(relative, 0);
    }

    /** The file as it was, when only what lies from there on may be different. */
    void heal(Path relative, long from) throws IOException {
        byte[] good = specimen.bytes(relative);
        int end = good.length;
        while (end > from && good[end - 1] == 0) {
            end--;
        }
        Path file = path(relative);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            target.setLength(from);
            target.seek(from);
            target.write(good, (int) from, end - (int) from);
            target.setLength(good.length);
        }
    }

    /** What opening may have changed of the event log, when only this file of it was hurt from there on. */
    void healEvents(Path relative, long from) throws IOException {
        for (Path file : specimen.files(Specimen.EVENTS, ".cq4")) {
            if (!Files.exists(path(file))) {
                healAll(Specimen.EVENTS);
                return;
            }
        }
        heal(relative, from);
        heal(Specimen.EVENT_MANIFEST);
    }

    /** A part of the folder, or with {@code ""} all of it, as it was. */
    void healAll(String part) throws IOException {
        Folders.copy(specimen.folder().resolve(part), folder.resolve(part));
    }

    /**
     * Opens the journal as a start does and reads every record from {@code first} on, and at least those of its last file.
     * Changes nothing.
     */
    Seen readJournal(long first) {
        String[] wrong = new String[1];
        long[] next = {first};
        try (ChronicleJournal journal = Specimen.open(folder, JournalConfig.DEFAULT_ROLL_SIZE_BYTES)) {
            journal.replay(first, (sequence, timestampNs, command, offset, length) -> {
                if (wrong[0] == null && !isCommand(next[0]++, sequence, timestampNs, command, offset, length)) {
                    wrong[0] = "record " + sequence + " is not what was written";
                }
            });
            if (wrong[0] == null && next[0] != Math.max(first, journal.lastSequence() + 1)) {
                wrong[0] = "ends with " + journal.lastSequence() + " but showed " + (next[0] - 1);
            }
            return new Seen(null, journal.lastSequence(), wrong[0]);
        } catch (JournalFailure refused) {
            return wrong[0] == null ? Seen.refused(refused) : new Seen(refused, 0, wrong[0]);
        }
    }

    private boolean isCommand(
            long expected, long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        return sequence == expected
                && sequence <= specimen.lastSequence()
                && timestampNs == specimen.timestampNs(sequence)
                && same(specimen.command(sequence), command, offset, length);
    }

    private static boolean same(byte[] expected, DirectBuffer buffer, int offset, int length) {
        if (length != expected.length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (buffer.getByte(offset + at) != expected[at]) {
                return false;
            }
        }
        return true;
    }

    /** Opens the event log as a start does, which may cut it, and reads every event from {@code first} on. */
    Seen readEvents(long first) {
        try (ChronicleEventLog log = Specimen.openEvents(folder)) {
            return new Seen(null, log.lastEventSequence(), wrongEvent(log, first));
        } catch (JournalFailure refused) {
            return Seen.refused(refused);
        }
    }

    private String wrongEvent(ChronicleEventLog log, long first) {
        long last = log.lastEventSequence();
        String[] wrong = new String[1];
        long[] next = {first};
        if (last >= first) {
            try (EventLog.Reader reader = log.openReader()) {
                reader.readRange(first, last, (sequence, event, offset, length) -> {
                    boolean right = sequence == next[0]++ && same(specimen.event(sequence), event, offset, length);
                    if (wrong[0] == null && !right) {
                        wrong[0] = "event " + sequence + " is not what was written";
                    }
                });
            }
        }
        return wrong[0] == null && next[0] != Math.max(first, last + 1)
                ? "the event log showed " + (next[0] - 1)
                : wrong[0];
    }

    /**
     * Recovers as a server does: journal, snapshots, event log; then writes one more record and opens it again. The
     * folder is changed.
     *
     * @param snapshots whether those of the folder are looked at
     */
    Seen recover(boolean snapshots) {
        try {
            long last;
            try (ChronicleJournal journal = Specimen.open(folder, JournalConfig.DEFAULT_ROLL_SIZE_BYTES);
                    ChronicleEventLog log = Specimen.openEvents(folder)) {
                LedgerProcessor core = recovered(journal, log, snapshots);
                last = core.lastSequence();
                if (last != journal.lastSequence() || core.stateHash() != specimen.stateHash(last)) {
                    return new Seen(null, last, "the state after " + last + " is not what it was");
                }
                String wrong = wrongEvent(log, 1);
                if (wrong != null || log.lastEventSequence() != specimen.lastEvent(last)) {
                    return new Seen(null, last, wrong == null ? "another number of events" : wrong);
                }
                appendOne(journal);
            }
            try (ChronicleJournal again = Specimen.open(folder, JournalConfig.DEFAULT_ROLL_SIZE_BYTES)) {
                boolean goesOn = again.replay(1, (sequence, timestampNs, command, offset, length) -> {}) == last + 1;
                return new Seen(null, last, goesOn ? null : "what was written after recovery is not there");
            }
        } catch (JournalFailure refused) {
            return Seen.refused(refused);
        } catch (SnapshotException refused) {
            return new Seen(null, 0, "the snapshots cannot be listed: " + refused.getMessage());
        }
    }

    private LedgerProcessor recovered(ChronicleJournal journal, ChronicleEventLog log, boolean snapshots)
            throws SnapshotException {
        EventFeed feed = new EventFeed(log, log::truncateFrom, new LiveKeys());
        Recovery recovery = new Recovery(journal, journal::continuesAt, log, specimen.retention(), feed);
        List<SnapshotFile> found = snapshots ? Specimen.store(folder).list() : List.of();
        return recovery.recover(found, (records, of) -> {}).core();
    }

    private static void appendOne(ChronicleJournal journal) {
        DirectBuffer command = new UnsafeBuffer(new byte[64]);
        journal.startWriting();
        journal.append(journal.lastSequence() + 1, journal.lastTimestampNs() + 1, command, 0, command.capacity());
        journal.force();
    }

    /** Loads one snapshot; why it is refused, or null when it is exactly the state that it was. */
    String loadSnapshot(Path relative, long sequence) {
        SnapshotFile file = new SnapshotFile(path(relative), sequence, 0);
        try {
            LedgerProcessor core =
                    SnapshotStore.load(file, specimen.retention(), (event, buffer, offset, length) -> {});
            boolean same = core.lastSequence() == sequence && core.stateHash() == specimen.stateHash(sequence);
            return same ? null : "";
        } catch (SnapshotException refused) {
            return refused.getMessage();
        }
    }
}
