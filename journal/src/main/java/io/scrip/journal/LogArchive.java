package io.scrip.journal;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The older files of a log, journal or event log: moves them to another folder, where every reader finds them, and takes
 * them away for good when it is told to. May be used beside the process that writes the log, whose last files it never
 * touches, but by one process at a time.
 *
 * <p>Whatever moment a machine dies at, each file is whole in one place or in both: a rename within one file system,
 * otherwise copy, force, compare, rename, and only then the original goes. {@link ArchiveNote} is on the device before
 * the first file moves to a new place, and before the first one goes for good. One thread.
 */
public final class LogArchive {
    private final Path log;
    private final String kind;
    private final Device device;
    private final FileMove moving;

    private LogArchive(Path log, String kind, Device device, FileMove moving) {
        this.log = log.toAbsolutePath().normalize();
        this.kind = kind;
        this.device = device;
        this.moving = moving;
    }

    /** Of the journal in a folder. */
    public static LogArchive ofJournal(Path folder) {
        return new LogArchive(folder, Manifest.KIND_JOURNAL, Device.REAL, FileMove.of(Device.REAL));
    }

    /** Of the event log in a folder. */
    public static LogArchive ofEvents(Path folder) {
        return new LogArchive(folder, Manifest.KIND_EVENTS, Device.REAL, FileMove.of(Device.REAL));
    }

    /** Of the event logs that starts have set aside beside this one, oldest first. */
    public static List<LogArchive> setAside(Path events) {
        return SetAside.folders(events).stream().map(LogArchive::ofEvents).toList();
    }

    static LogArchive of(Path folder, String kind, Device device, FileMove moving) {
        return new LogArchive(folder, kind, device, moving);
    }

    /**
     * One file of the log.
     *
     * @param firstSequence of the records in it
     * @param lastSequence  of the records in it; -1 for the file that is being written
     * @param sizeBytes     its length, most of which may take no room; 0 when it is nowhere
     * @param state         where it is
     */
    public record StoredFile(
            String generation,
            String name,
            long firstSequence,
            long lastSequence,
            long lastTimestampNs,
            Path path,
            long sizeBytes,
            State state) {}

    /** Where a file is. */
    public enum State {
        IN_PLACE,
        ARCHIVED,
        PRUNED,
        MISSING
    }

    /** The name of the log's folder. */
    public String name() {
        return log.getFileName().toString();
    }

    /** Sequence of the last record that was taken away for good, 0 when none was. */
    public long prunedSequence() {
        return ArchiveNote.read(log).pruned().sequence();
    }

    /** All files there ever were, in order. */
    public List<StoredFile> files() {
        LogFolder folder = LogFolder.look(log, kind);
        List<StoredFile> found = new ArrayList<>();
        for (Manifest.Generation generation : folder.manifest().generations()) {
            for (int i = 0; i < generation.files().size(); i++) {
                found.add(file(folder, generation, i));
            }
        }
        return found;
    }

    private static StoredFile file(LogFolder folder, Manifest.Generation generation, int index) {
        Manifest.DataFile data = generation.files().get(index);
        Mark end = generation.endOf(index);
        Path path = folder.dataFile(generation, data.name());
        boolean inPlace = path.startsWith(folder.generationPath(generation));
        boolean there = Files.exists(path);
        State state = folder.archive().isPruned(end)
                ? State.PRUNED
                : !there ? State.MISSING : inPlace ? State.IN_PLACE : State.ARCHIVED;
        try {
            return new StoredFile(
                    generation.folderName(),
                    data.name(),
                    data.after().sequence() + 1,
                    end == null ? -1 : end.sequence(),
                    end == null ? -1 : end.timestampNs(),
                    path,
                    there ? Files.size(path) : 0,
                    state);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot look at " + path + ": " + refused, refused);
        }
    }

    /**
     * Moves the files that hold nothing after a record into the archive, oldest first.
     *
     * @param place        this log's folder in the archive; made when missing
     * @param lastSequence of the records that may be there; files that begin before and end after it stay
     * @return how many were moved
     * @throws JournalFailure DEVICE; what was moved is in place, the rest will be the next time
     */
    public int move(Path place, long lastSequence) {
        LogFolder folder = LogFolder.look(log, kind);
        Path target = place.toAbsolutePath().normalize();
        int moved = 0;
        for (Manifest.Generation generation : folder.manifest().generations()) {
            for (int i = 0; i < generation.files().size(); i++) {
                Mark end = generation.endOf(i);
                if (end == null || end.sequence() >= lastSequence) {
                    return moved;
                }
                Path source = folder.generationPath(generation)
                        .resolve(generation.files().get(i).name());
                if (Files.exists(source)) {
                    use(folder, target);
                    moving.move(source, target.resolve(generation.folderName()).resolve(source.getFileName()));
                    moved++;
                }
            }
        }
        return moved;
    }

    /** The place is written down before anything is moved there. */
    private void use(LogFolder folder, Path place) {
        List<Path> places = folder.archive().places();
        if (!places.get(0).equals(place)) {
            ArchiveNote.change(log, device, note -> note.using(place));
            folder.forgetArchive();
        }
    }

    /**
     * Takes archived files away for good: from now on the log begins after the last record of the last of them.
     *
     * @param lastSequence of the records that may go; a file that ends after it, or is not archived, stays
     * @return files that went
     */
    public List<StoredFile> prune(long lastSequence) {
        List<StoredFile> going = prunable(lastSequence);
        LogFolder folder = LogFolder.look(log, kind);
        if (!going.isEmpty()) {
            Mark pruned = endOf(folder.manifest(), going.get(going.size() - 1));
            ArchiveNote.change(log, device, note -> note.prunedTo(pruned));
        }
        folder.forgetArchive();
        removePruned(folder);
        return going;
    }

    /**
     * Copies what has not been pruned into a folder, archived or not, as a log of its own. A file that is being written is
     * copied as it is: good for a log whose unfinished end is made again, not for a journal.
     */
    public void copyTo(Path target) {
        LogFolder folder = LogFolder.look(log, kind);
        Path to = target.toAbsolutePath().normalize();
        Manifest manifest = folder.manifest();
        UnforcedEvents.of(log).copyTo(to);
        for (Manifest.Generation generation : manifest.generations()) {
            for (int i = 0; i < generation.files().size(); i++) {
                String name = generation.files().get(i).name();
                if (!folder.archive().isPruned(generation.endOf(i))) {
                    Path copy = to.resolve(generation.folderName()).resolve(name);
                    folder.open(generation, name, file -> {
                        moving.copyAsItIs(file, copy);
                        return file;
                    });
                }
            }
        }
        ArchiveNote note = new ArchiveNote(
                List.of(ArchiveNote.usualPlace(to)), folder.archive().pruned());
        if (!note.pruned().equals(Mark.START)) {
            device.replace(to.resolve(ArchiveNote.NAME), note.toText(to));
        }
        device.replace(to.resolve(Manifest.NAME), manifest.toText());
    }

    /** Hands over an event of a file of the event log, if it is there and everything before it in the file is good. */
    public void read(StoredFile file, long eventSequence, EventLog.EventHandler handler) {
        LogFolder folder = LogFolder.look(log, kind);
        for (Manifest.Generation generation : folder.manifest().generations()) {
            if (generation.folderName().equals(file.generation())) {
                EventFile events = new EventFile(
                        file.path(), Surroundings.REAL.map(file.path()), generation.epoch(), file.firstSequence());
                events.scan(eventSequence);
                if (events.lastSequence() == eventSequence) {
                    int at = events.find(eventSequence, events.view(), new CRC32C());
                    int length = events.buffer().getInt(at + EventEnvelope.PAYLOAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
                    handler.onEvent(eventSequence, events.buffer(), at + EventEnvelope.PAYLOAD, length);
                }
            }
        }
    }

    /** What {@link #prune} would take away. */
    public List<StoredFile> prunable(long lastSequence) {
        List<StoredFile> going = new ArrayList<>();
        for (StoredFile file : files()) {
            if (file.state() == State.PRUNED) {
                continue;
            }
            boolean ended = file.lastSequence() >= 0;
            if (file.state() != State.ARCHIVED || !ended || file.lastSequence() > lastSequence) {
                break;
            }
            going.add(file);
        }
        return going;
    }

    private static Mark endOf(Manifest manifest, StoredFile last) {
        for (Manifest.Generation generation : manifest.generations()) {
            for (int i = 0; i < generation.files().size(); i++) {
                String name = generation.files().get(i).name();
                if (generation.folderName().equals(last.generation()) && name.equals(last.name())) {
                    return generation.endOf(i);
                }
            }
        }
        throw new IllegalStateException(last.path() + " is in no manifest");
    }

    /** Also what an earlier process had not come to. */
    private void removePruned(LogFolder folder) {
        for (Manifest.Generation generation : folder.manifest().generations()) {
            for (int i = 0; i < generation.files().size(); i++) {
                Path file =
                        folder.dataFile(generation, generation.files().get(i).name());
                if (folder.archive().isPruned(generation.endOf(i)) && Files.exists(file)) {
                    moving.remove(file);
                }
            }
        }
    }
}
