package io.scrip.journal;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a journal back: finds where it ends, and replays it. Changes nothing on disk. One thread.
 *
 * <p>The tail rule: a place where no good record with the next sequence s stands is <em>damage</em> when something
 * behind it proves that s was on the device: a record whose forcedSequence is s or later, or a file that begins after
 * s, for a file begins only when the one before it was forced. Otherwise nobody was ever told that s is durable, and
 * it is dropped with all that follows.
 */
final class JournalScan {
    /** For those who want records and care for nothing else. */
    static final FileRead READ_ONLY = (generation, data, records) -> {};

    private static final Journal.RecordHandler NOBODY = (sequence, timestampNs, buffer, offset, length) -> {};
    private static final int LOOKS = 20;
    private static final long BETWEEN_LOOKS_NS = 10_000_000;

    /** Told when a file has been read as far as the journal goes in it; the file still stands there. */
    @FunctionalInterface
    interface FileRead {
        void onFileRead(Manifest.Generation generation, Manifest.DataFile data, RecordFile records);
    }

    /** Records that are good and of which nothing says that they were forced. */
    record Unproven(Path file, long fromBytes, long toBytes) {}

    private final LogFolder folder;
    private final Manifest manifest;
    private final Chain chain = new Chain();
    private final List<Manifest.DataFile> openFiles = new ArrayList<>();
    private final List<Unproven> unproven = new ArrayList<>();
    private final List<JournalPosition> known;
    private long recordsRead;
    private String notBegunAt = "";
    private long droppedRecords;
    private long droppedBytes;
    private String droppedAt = "";

    JournalScan(LogFolder folder, Manifest manifest) {
        this(folder, manifest, List.of());
    }

    /** @param known places up to which everything is on the device, the newest first; the end is looked for behind them */
    JournalScan(LogFolder folder, Manifest manifest, List<JournalPosition> known) {
        this.folder = folder;
        this.manifest = manifest;
        this.known = known;
    }

    /**
     * Checks that every file is there and finds the last record.
     *
     * @throws JournalFailure DAMAGED, naming the place
     */
    void findEnd() {
        for (Path unlisted : folder.unlisted(manifest)) {
            requireNoRecords(unlisted);
        }
        for (Manifest.Generation generation : manifest.generations()) {
            requireFiles(generation);
        }
        Manifest.Generation last = manifest.last();
        if (last == null) {
            chain.moveTo(Mark.START);
        } else if (last.end() != null) {
            chain.moveTo(last.end());
            openFiles.addAll(last.files());
        } else {
            findEndOfOpen(last);
        }
    }

    /**
     * As {@link #findEnd}, while another process may be writing: finds a record at or after the last one that was
     * complete when this was called. A place where nothing good stands is looked at again for a while before it is
     * judged, because it may be what is being written now.
     */
    void findEndBesideWriter() {
        Manifest.Generation last = manifest.last();
        if (last == null) {
            chain.moveTo(Mark.START);
            return;
        }
        if (last.end() != null) {
            chain.moveTo(last.end());
            openFiles.addAll(last.files());
            return;
        }
        List<String> names = beginOpen(last);
        for (int i = firstOpen(last); i < names.size(); i++) {
            addOpen(names.get(i), i);
            try (RecordFile records = openFile(last, names.get(i))) {
                if (!endsInOrder(records)) {
                    judge(last, records, records.remains(), names.subList(i + 1, names.size()));
                    return;
                }
            }
        }
    }

    /** Whether reading ends where the writer is, and not at something that will never be a record. */
    private boolean endsInOrder(RecordFile records) {
        records.read(Long.MAX_VALUE, Long.MAX_VALUE, NOBODY);
        for (int look = 0; look < LOOKS; look++) {
            long before = records.position();
            records.rewind();
            records.read(Long.MAX_VALUE, Long.MAX_VALUE, NOBODY);
            if (records.position() > before
                    || (records.fault() == null && records.remains().lengthBytes() == 0)) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NS);
        }
        return false;
    }

    /** The last good record. */
    Mark end() {
        return chain.mark();
    }

    /** Files of the last generation, with one that was begun and not yet listed. */
    List<Manifest.DataFile> lastFiles() {
        return openFiles;
    }

    /** What a process that was killed may have left with the operating system only. */
    List<Unproven> unproven() {
        return unproven;
    }

    RecoveryReport report() {
        Manifest.Generation last = manifest.last();
        int listed = last == null ? 0 : last.files().size();
        return new RecoveryReport(
                chain.sequence(),
                manifest.generations().size(),
                manifest.fileCount() - listed + openFiles.size(),
                last == null || last.end() != null,
                droppedRecords,
                droppedBytes,
                droppedAt,
                recordsRead,
                notBegunAt);
    }

    private void findEndOfOpen(Manifest.Generation generation) {
        List<String> names = beginOpen(generation);
        for (int i = firstOpen(generation); i < names.size(); i++) {
            addOpen(names.get(i), i);
            try (RecordFile records = openFrom(generation, names.get(i))) {
                long before = chain.sequence();
                records.read(Long.MAX_VALUE, Long.MAX_VALUE, NOBODY);
                recordsRead += chain.sequence() - before;
                unproven.add(new Unproven(records.file(), records.unprovenStart(), records.goodEnd()));
                if (records.isCut() || (i < generation.files().size() && !records.hasRecord())) {
                    throw damagedAt(records, chain.sequence() + 1, "; the file is shorter than it was");
                }
                RecordFile.Remains remains = records.remains();
                if (records.fault() != null || remains.lengthBytes() > 0 || remains.records() > 0) {
                    List<String> later = names.subList(i + 1, names.size());
                    judge(generation, records, remains, later);
                    return;
                }
            }
        }
    }

    /** Takes over what is listed and proved by a later file; the names of all files that are there. */
    private List<String> beginOpen(Manifest.Generation generation) {
        openFiles.addAll(generation.files());
        chain.moveTo(
                generation.files().isEmpty()
                        ? generation.after()
                        : generation.files().get(firstOpen(generation)).after());
        return folder.dataFiles(generation);
    }

    /** The file from which on nothing is proved yet. */
    private static int firstOpen(Manifest.Generation generation) {
        return Math.max(0, generation.files().size() - 1);
    }

    private void addOpen(String name, int index) {
        if (index >= openFiles.size()) {
            openFiles.add(new Manifest.DataFile(name, chain.mark()));
        }
    }

    private RecordFile openFile(Manifest.Generation generation, String name) {
        return folder.open(generation, name, file -> new RecordFile(file, generation.epoch(), chain));
    }

    /**
     * As {@link #openFile}, behind the newest known place in it that the next record or seal follows by its hash. Where
     * nothing follows, nothing proves the place, and all of the file is read.
     */
    private RecordFile openFrom(Manifest.Generation generation, String name) {
        for (JournalPosition position : known) {
            boolean here = position.generation() == generation.number()
                    && position.fileName().equals(name)
                    && position.sequence() > chain.sequence();
            if (here && isFollowed(folder, generation, position)) {
                chain.moveTo(position.mark());
                return openAt(folder, generation, position, chain);
            }
            notBegunAt = here ? "nothing follows sequence " + position.sequence() + " by its hash" : notBegunAt;
        }
        return openFile(generation, name);
    }

    /** Damage, or a tail to drop. */
    private void judge(
            Manifest.Generation generation, RecordFile stopped, RecordFile.Remains remains, List<String> laterFiles) {
        long next = chain.sequence() + 1;
        long forced = remains.forcedSequence();
        droppedRecords = remains.records();
        droppedBytes = remains.lengthBytes();
        for (String name : laterFiles) {
            try (RecordFile records = openFile(generation, name)) {
                RecordFile.Remains more = records.remains();
                forced = Math.max(forced, more.forcedSequence());
                droppedRecords += more.records();
                droppedBytes += more.records() == 0 ? 0 : more.lengthBytes();
            }
        }
        if (forced >= next) {
            throw damagedAt(stopped, next, "; a later record shows that sequence " + forced + " was on the device");
        }
        droppedAt = place(stopped, next);
    }

    /**
     * Hands over the records from {@code from} to {@code to}, each checked against the one before it. {@code end} is
     * the end of the journal, which may be later.
     *
     * @param known a place before {@code from}, so that its file need not be read from the start; null: none
     * @throws JournalFailure DAMAGED, naming the place
     */
    static long replay(
            LogFolder folder,
            Manifest manifest,
            Mark end,
            long from,
            long to,
            JournalPosition known,
            Journal.RecordHandler handler,
            FileRead afterEach) {
        long count = 0;
        Chain chain = new Chain();
        Mark expected = null;
        for (Manifest.Generation generation : manifest.generations()) {
            Mark last = generation.end() == null ? end : generation.end();
            for (int i = 0; i < generation.files().size(); i++) {
                boolean lastFile = i + 1 == generation.files().size();
                Manifest.DataFile data = generation.files().get(i);
                Mark until = lastFile ? last : generation.files().get(i + 1).after();
                if (until.sequence() < from) {
                    continue;
                }
                if (data.after().sequence() >= to) {
                    return count;
                }
                if (expected != null && !expected.equals(data.after())) {
                    throw damaged(
                            folder.manifestPath(),
                            ": " + data.name() + " does not follow sequence " + expected.sequence());
                }
                long wanted = Math.min(until.sequence(), to);
                folder.requireKept(until, from);
                boolean begin = known != null && known.isIn(generation, data) && known.sequence() < from;
                chain.moveTo(begin ? known.mark() : data.after());
                long startBytes = begin ? known.offsetBytes() : 0;
                try (RecordFile records = folder.open(
                        generation, data.name(), file -> new RecordFile(file, generation.epoch(), chain, startBytes))) {
                    count += records.read(from, wanted, handler);
                    if (chain.sequence() < wanted) {
                        throw damagedAt(records, chain.sequence() + 1, "; the journal goes on to " + end.sequence());
                    }
                    if (wanted < until.sequence()) {
                        return count;
                    }
                    expected = chain.mark();
                    if (!expected.equals(until)) {
                        throw damaged(
                                records.file(),
                                ": sequence " + until.sequence() + " has another hash than its successor says");
                    }
                    afterEach.onFileRead(generation, data, records);
                }
            }
        }
        return count;
    }

    /** Whether the next record stands at that place, in that file. */
    static boolean continuesAt(LogFolder folder, Manifest.Generation generation, JournalPosition position) {
        try (RecordFile records = openAt(folder, generation, position, Chain.at(position.mark()))) {
            long next = position.sequence() + 1;
            return records.read(next, next, NOBODY) == 1;
        }
    }

    /** Whether the next record or a seal stands there. */
    private static boolean isFollowed(LogFolder folder, Manifest.Generation generation, JournalPosition position) {
        try (RecordFile records = openAt(folder, generation, position, Chain.at(position.mark()))) {
            records.read(Long.MAX_VALUE, position.sequence() + 1, NOBODY);
            return records.hasRecord();
        }
    }

    private static RecordFile openAt(
            LogFolder folder, Manifest.Generation generation, JournalPosition position, Chain chain) {
        return folder.open(
                generation,
                position.fileName(),
                file -> new RecordFile(file, generation.epoch(), chain, position.offsetBytes()));
    }

    /** Every listed file must be there, and no other than one that was just begun. */
    private void requireFiles(Manifest.Generation generation) {
        Path path = folder.generationPath(generation);
        List<String> names = folder.dataFiles(generation);
        int listed = generation.files().size();
        for (Manifest.DataFile file : generation.files()) {
            if (!names.contains(file.name())) {
                long after = file.after().sequence();
                throw damaged(
                        path.resolve(file.name()),
                        " is missing, here and in the archive "
                                + folder.archive().places() + "; it begins after sequence " + after);
            }
        }
        String begun = QueueWriter.fileName(
                listed == 0
                        ? 0
                        : QueueWriter.numberOf(
                                        generation.files().get(listed - 1).name())
                                + 1);
        for (String name : names) {
            boolean known =
                    generation.files().stream().anyMatch(file -> file.name().equals(name));
            if (!known && !name.equals(begun)) {
                throw damaged(path.resolve(name), " is not a file of this journal");
            }
        }
    }

    /** A folder that the manifest does not know may only be what was left of a generation without a record. */
    private static void requireNoRecords(Path generationFolder) {
        for (String name : LogFolder.dataFiles(generationFolder)) {
            Path file = generationFolder.resolve(name);
            long at = RecordFile.firstRecordIn(file);
            if (at >= 0) {
                String what = " at byte " + at + " holds records, and the manifest does not know its folder";
                throw JournalFailure.damagedAt(file.toString(), at, -1, "damaged journal: " + file + what);
            }
        }
    }

    private static String place(RecordFile stopped, long sequence) {
        String reason = stopped.fault() == null ? "no record" : stopped.fault();
        return stopped.file() + " at byte " + stopped.position() + ", sequence " + sequence + ": " + reason;
    }

    private static JournalFailure damagedAt(RecordFile stopped, long sequence, String consequence) {
        return JournalFailure.damagedAt(
                stopped.file().toString(),
                stopped.position(),
                sequence,
                "damaged journal: " + place(stopped, sequence) + consequence);
    }

    private static JournalFailure damaged(Path file, String what) {
        return JournalFailure.damagedAt(file.toString(), -1, -1, "damaged journal: " + file + what);
    }

    static boolean holdsRecords(Manifest.Generation generation, Mark end) {
        return end.sequence() > generation.after().sequence();
    }
}
