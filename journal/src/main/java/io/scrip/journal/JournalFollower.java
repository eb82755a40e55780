package io.scrip.journal;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.nio.file.Path;

/**
 * Reads a journal on, behind the process that writes it: never further than it is told is durable, every record
 * checked. Takes no lock and changes nothing. One thread.
 */
public final class JournalFollower implements AutoCloseable {
    private final LogFolder folder;
    private final Chain chain = new Chain();
    private RecordFile records;
    private int generation;
    private String fileName = "";

    private JournalFollower(LogFolder folder) {
        this.folder = folder;
    }

    /** Follows from the first record on. Nothing is read yet. */
    public static JournalFollower fromStart(Path journalFolder) {
        JournalFollower follower = new JournalFollower(LogFolder.unlocked(journalFolder, Manifest.KIND_JOURNAL));
        follower.chain.moveTo(Mark.START);
        return follower;
    }

    /**
     * Follows from a place on.
     *
     * @throws JournalFailure DAMAGED when the journal has no such file
     */
    public static JournalFollower from(Path journalFolder, JournalPosition position) {
        JournalFollower follower = new JournalFollower(LogFolder.unlocked(journalFolder, Manifest.KIND_JOURNAL));
        for (Manifest.Generation generation : follower.folder.manifest().generations()) {
            for (Manifest.DataFile file : generation.files()) {
                if (position.isIn(generation, file)) {
                    follower.chain.moveTo(position.mark());
                    follower.open(generation, file, position.offsetBytes());
                    return follower;
                }
            }
        }
        throw new JournalFailure(
                Kind.DAMAGED,
                "the journal in " + journalFolder + " has no file " + position.fileName() + " in generation "
                        + position.generation());
    }

    /** Sequence of the last record handed over. */
    public long lastSequence() {
        return chain.sequence();
    }

    /**
     * Hands over the records up to {@code sequence}, which is known to be durable.
     *
     * @throws JournalFailure DAMAGED, naming the place, when they are not there
     */
    public void readTo(long sequence, Journal.RecordHandler handler) {
        if (records != null && chain.sequence() < sequence) {
            records.refresh();
        }
        while (chain.sequence() < sequence) {
            if (records != null) {
                records.read(0, sequence, handler);
            }
            if (chain.sequence() < sequence && !openNext()) {
                String place = records == null
                        ? folder.manifestPath().toString()
                        : records.file() + " at byte " + records.position();
                String reason = records == null || records.fault() == null ? "no record" : records.fault();
                throw new JournalFailure(
                        Kind.DAMAGED,
                        "damaged journal: " + place + ", sequence " + (chain.sequence() + 1) + ": " + reason);
            }
        }
    }

    /**
     * Makes sure that everything handed over is on the device, whatever the writer's mode. Files before this one were
     * forced when it was begun.
     *
     * @throws JournalFailure DEVICE
     */
    public void force() {
        if (records != null) {
            Device.REAL.forceRead(records.file());
        }
    }

    /** The place behind the last record handed over; null before the first. */
    public JournalPosition position() {
        if (records == null) {
            return null;
        }
        Mark mark = chain.mark();
        return new JournalPosition(
                generation, fileName, records.position(), mark.sequence(), mark.timestampNs(), mark.hashHex());
    }

    /** Goes on to the file that begins where this one ended. */
    private boolean openNext() {
        for (Manifest.Generation next : folder.manifest().generations()) {
            for (Manifest.DataFile file : next.files()) {
                boolean later = next.number() > generation
                        || (next.number() == generation && file.name().compareTo(fileName) > 0);
                if (later && file.after().equals(chain.mark())) {
                    open(next, file, 0);
                    return true;
                }
            }
        }
        return false;
    }

    private void open(Manifest.Generation newGeneration, Manifest.DataFile file, long offsetBytes) {
        close();
        generation = newGeneration.number();
        fileName = file.name();
        records = folder.open(
                newGeneration, fileName, path -> new RecordFile(path, newGeneration.epoch(), chain, offsetBytes));
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
            records = null;
        }
    }
}
