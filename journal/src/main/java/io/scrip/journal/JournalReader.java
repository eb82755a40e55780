package io.scrip.journal;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import java.nio.file.Path;
import java.util.List;

/**
 * A journal that is read and never written: opening and reading change nothing on disk.
 *
 * <p>{@link #open} is for a journal that nobody writes, and keeps it so until it is closed. {@link #openBesideWriter}
 * reads up to a record that was complete when it was opened, whatever is appended meanwhile. One thread.
 */
public final class JournalReader implements AutoCloseable {
    private final LogFolder folder;
    private final Manifest manifest;
    private final Mark end;
    private final RecoveryReport report;

    private JournalReader(LogFolder folder, boolean besideWriter) {
        this.folder = folder;
        Manifest stored = folder.manifest();
        JournalScan scan = new JournalScan(folder, stored);
        if (besideWriter) {
            scan.findEndBesideWriter();
        } else {
            scan.findEnd();
        }
        end = scan.end();
        report = scan.report();
        Manifest.Generation last = stored.last();
        if (last == null || last.end() != null) {
            manifest = stored;
        } else {
            boolean cut = besideWriter || report.droppedBytes() > 0;
            List<Manifest.DataFile> files = scan.lastFiles();
            manifest = stored.withLast(cut ? last.cutAt(end, files) : last.endedAt(end, files));
        }
    }

    /**
     * Opens a journal that nobody writes.
     *
     * @throws JournalFailure LOCKED when somebody does; UNREADABLE, DAMAGED or DEVICE
     */
    public static JournalReader open(Path folder) {
        return open(LogFolder.read(folder, Manifest.KIND_JOURNAL), false);
    }

    /**
     * Opens a journal that a server may be writing, without a lock. Everything that was acknowledged before the call
     * is in it.
     *
     * @throws JournalFailure UNREADABLE, DAMAGED or DEVICE
     */
    public static JournalReader openBesideWriter(Path folder) {
        return open(LogFolder.look(folder, Manifest.KIND_JOURNAL), true);
    }

    private static JournalReader open(LogFolder folder, boolean besideWriter) {
        try {
            return new JournalReader(folder, besideWriter);
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
    }

    /** What opening found. */
    public RecoveryReport report() {
        return report;
    }

    /** Sequence of the first record that has not been pruned. */
    public long firstSequence() {
        return folder.archive().pruned().sequence() + 1;
    }

    /** Sequence of the last record. */
    public long lastSequence() {
        return end.sequence();
    }

    /** Timestamp of the last record, nanoseconds since 1970 UTC. */
    public long lastTimestampNs() {
        return end.timestampNs();
    }

    /** SHA-256 over the chain of all records, 64 hexadecimal digits. */
    public String lastHashHex() {
        return end.hashHex();
    }

    /** Where this journal is. */
    public Path path() {
        return folder.path();
    }

    /**
     * Hands over the records of a range, in order, each checked against everything before it in its file.
     *
     * @return records handed over
     * @throws JournalFailure DAMAGED, naming the place
     */
    public long read(long fromSequence, long toSequence, Journal.RecordHandler handler) {
        return JournalScan.replay(
                folder, manifest, end, fromSequence, toSequence, null, handler, JournalScan.READ_ONLY);
    }

    /**
     * Hands over all records that have not been pruned and demands that their files hold nothing else.
     *
     * @throws JournalFailure DAMAGED, naming the place
     */
    public long readAll(Journal.RecordHandler handler) {
        return JournalScan.replay(
                folder, manifest, end, firstSequence(), Long.MAX_VALUE, null, handler, (generation, data, records) -> {
                    boolean lastFile = generation.files().indexOf(data) + 1
                            == generation.files().size();
                    long sequence = records.lastSequence();
                    long foreign = generation.cut() && lastFile ? -1 : records.firstForeignByte();
                    if (foreign >= 0) {
                        throw JournalFailure.damagedAt(
                                records.file().toString(),
                                foreign,
                                sequence,
                                "damaged journal: " + records.file() + " at byte " + foreign
                                        + ": something that was not written by the journal, behind sequence "
                                        + sequence);
                    }
                });
    }

    /**
     * Makes sure that all records are on the device, whatever the one who writes them has done about it.
     *
     * @throws JournalFailure DEVICE
     */
    public void force() {
        Manifest.Generation last = manifest.last();
        if (last == null || report.cleanShutdown()) {
            return;
        }
        for (int i = 0; i < last.files().size(); i++) {
            if (!folder.archive().isPruned(last.endOf(i))) {
                folder.open(last, last.files().get(i).name(), JournalReader::forced);
            }
        }
    }

    private static Path forced(Path file) {
        Device.REAL.forceRead(file);
        return file;
    }

    /**
     * Copies the journal, each record checked on its way, into a folder that does not exist yet or is empty, forces
     * the copy, and reads it once more. The copy is a journal of its own that was closed in order.
     *
     * @param progress told after each file how many records are copied
     */
    public void copyTo(Path target, Journal.RecordHandler progress) {
        new JournalCopy(folder, manifest, end).write(target, progress);
    }

    @Override
    public void close() {
        folder.close();
    }
}
