package io.scrip.journal;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a journal back: finds where it ends, and replays it. Changes nothing on disk. One thread.
 *
 * <p>The tail rule: a place where no good record with the next sequence s stands is <em>damage</em> when something
 * behind it proves that s was on the device: a record whose forcedSequence is s or later, or a file that begins after
 * s, for a file begins only when the one before it was forced. Otherwise nobody was ever told that s is durable, and
 * it is dropped with all that follows.
 */
final class JournalScan {
    private static final Journal.RecordHandler NOBODY = (sequence, timestampNs, buffer, offset, length) -> {};

    private final LogFolder folder;
    private final Manifest manifest;
    private final Chain chain = new Chain();
    private final List<Manifest.DataFile> openFiles = new ArrayList<>();
    private long droppedRecords;
    private long droppedBytes;
    private String droppedAt = "";

    JournalScan(LogFolder folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
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

    /** The last good record. */
    Mark end() {
        return chain.mark();
    }

    /** Files of the last generation, with one that was begun and not yet listed. */
    List<Manifest.DataFile> lastFiles() {
        return openFiles;
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
                droppedAt);
    }

    private void findEndOfOpen(Manifest.Generation generation) {
        List<String> names = folder.dataFiles(generation);
        int first = Math.max(0, generation.files().size() - 1);
        openFiles.addAll(generation.files());
        chain.moveTo(
                generation.files().isEmpty()
                        ? generation.after()
                        : generation.files().get(first).after());
        for (int i = first; i < names.size(); i++) {
            if (i >= openFiles.size()) {
                openFiles.add(new Manifest.DataFile(names.get(i), chain.mark()));
            }
            Path file = folder.generationPath(generation).resolve(names.get(i));
            try (RecordFile records = new RecordFile(file, generation.epoch(), chain)) {
                records.read(Long.MAX_VALUE, Long.MAX_VALUE, NOBODY);
                if (records.isCut() || (i < generation.files().size() && !records.hasRecord())) {
                    throw damaged(place(records) + "; the file is shorter than it was");
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

    /** Damage, or a tail to drop. */
    private void judge(
            Manifest.Generation generation, RecordFile stopped, RecordFile.Remains remains, List<String> laterFiles) {
        long next = chain.sequence() + 1;
        long forced = remains.forcedSequence();
        droppedRecords = remains.records();
        droppedBytes = remains.lengthBytes();
        for (String name : laterFiles) {
            Path file = folder.generationPath(generation).resolve(name);
            try (RecordFile records = new RecordFile(file, generation.epoch(), chain)) {
                RecordFile.Remains more = records.remains();
                forced = Math.max(forced, more.forcedSequence());
                droppedRecords += more.records();
                droppedBytes += more.records() == 0 ? 0 : more.lengthBytes();
            }
        }
        String place = place(stopped);
        if (forced >= next) {
            throw damaged(place + "; a later record shows that sequence " + forced + " was on the device");
        }
        droppedAt = place;
    }

    /**
     * Hands over the records from {@code from} to {@code end}, each checked against the one before it.
     *
     * @param known a place before {@code from}, so that its file need not be read from the start; null: none
     * @throws JournalFailure DAMAGED, naming the place
     */
    static long replay(
            LogFolder folder,
            Manifest manifest,
            Mark end,
            long from,
            JournalPosition known,
            Journal.RecordHandler handler) {
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
                if (expected != null && !expected.equals(data.after())) {
                    throw damaged(folder.manifestPath() + ": " + data.name() + " does not follow sequence "
                            + expected.sequence());
                }
                Path file = folder.generationPath(generation).resolve(data.name());
                boolean begin = known != null && known.isIn(generation, data) && known.sequence() < from;
                chain.moveTo(begin ? known.mark() : data.after());
                long startBytes = begin ? known.offsetBytes() : 0;
                try (RecordFile records = new RecordFile(file, generation.epoch(), chain, startBytes)) {
                    count += records.read(from, until.sequence(), handler);
                    if (chain.sequence() < until.sequence()) {
                        throw damaged(
                                place(records, chain.sequence() + 1) + "; the journal goes on to " + end.sequence());
                    }
                }
                expected = chain.mark();
                if (!expected.equals(until)) {
                    throw damaged(
                            file + ": sequence " + until.sequence() + " has another hash than its successor says");
                }
            }
        }
        return count;
    }

    /** Whether the next record stands at that place, in that file. */
    static boolean continuesAt(Path generationPath, int epoch, JournalPosition position) {
        Path file = generationPath.resolve(position.fileName());
        try (RecordFile records = new RecordFile(file, epoch, Chain.at(position.mark()), position.offsetBytes())) {
            long next = position.sequence() + 1;
            return records.read(next, next, NOBODY) == 1;
        }
    }

    /** Every listed file must be there, and no other than one that was just begun. */
    private void requireFiles(Manifest.Generation generation) {
        Path path = folder.generationPath(generation);
        List<String> names = folder.dataFiles(generation);
        int listed = generation.files().size();
        for (Manifest.DataFile file : generation.files()) {
            if (!names.contains(file.name())) {
                throw damaged(path.resolve(file.name()) + " is missing; it begins after sequence "
                        + file.after().sequence());
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (i > listed || !names.get(i).equals(QueueWriter.fileName(i))) {
                throw damaged(path.resolve(names.get(i)) + " is not a file of this journal");
            }
        }
    }

    /** A folder that the manifest does not know may only be what was left of a generation without a record. */
    private static void requireNoRecords(Path generationFolder) {
        for (String name : LogFolder.dataFiles(generationFolder)) {
            Path file = generationFolder.resolve(name);
            try (FileWindow window = new FileWindow(file)) {
                for (long at = 0; at + 4 <= window.fileLength(); at += 4) {
                    int index = window.load(at, 4);
                    int word = index < 0 ? 0 : window.intAt(index);
                    if (word == Envelope.TAG_COMMAND || word == Envelope.TAG_PART) {
                        throw damaged(file + " holds records, and the manifest does not know its folder");
                    }
                }
            }
        }
    }

    private String place(RecordFile stopped) {
        return place(stopped, chain.sequence() + 1);
    }

    private static String place(RecordFile stopped, long sequence) {
        String reason = stopped.fault() == null ? "no record" : stopped.fault();
        return stopped.file() + " at byte " + stopped.position() + ", sequence " + sequence + ": " + reason;
    }

    private static JournalFailure damaged(String what) {
        return new JournalFailure(Kind.DAMAGED, "damaged journal: " + what);
    }

    static boolean holdsRecords(Manifest.Generation generation, Mark end) {
        return end.sequence() > generation.after().sequence();
    }
}
