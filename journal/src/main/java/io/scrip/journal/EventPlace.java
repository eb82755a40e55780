package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where an event's record stands: found by the manifest, which knows what each file begins with, and by a search in one
 * file. So nobody has to remember it, and it is right also when the log has been written anew from some event on.
 *
 * @param file     its data file
 * @param position of the record's first byte
 */
record EventPlace(Path file, int position) {

    /** Null when the log has no good record of that event. */
    static EventPlace find(LogFolder folder, Manifest manifest, Surroundings surroundings, long eventSequence) {
        for (Manifest.Generation generation : manifest.generations()) {
            for (int i = 0; i < generation.files().size(); i++) {
                long after = generation.files().get(i).after().sequence();
                if (after < eventSequence && eventSequence <= endOf(generation, i)) {
                    Path file = folder.dataFile(
                            generation, generation.files().get(i).name());
                    return Files.exists(file) && !folder.archive().isPruned(generation.endOf(i))
                            ? find(file, surroundings.map(file), generation.epoch(), after + 1, eventSequence)
                            : null;
                }
            }
        }
        return null;
    }

    private static EventPlace find(Path file, ByteBuffer mapped, int epoch, long firstSequence, long eventSequence) {
        UnsafeBuffer buffer = new UnsafeBuffer(mapped);
        ByteBuffer view = mapped.duplicate();
        CRC32C crc = new CRC32C();
        int position = EventSearch.find(buffer, view, epoch, firstSequence, eventSequence, crc);
        boolean good = position >= 0
                && EventEnvelope.isGood(
                        buffer, view, position, EventSearch.lengthAt(buffer, position), epoch, eventSequence, crc);
        return good ? new EventPlace(file, position) : null;
    }

    /** The last event of a generation's file, as far as the manifest says; {@code Long.MAX_VALUE}: it does not. */
    static long endOf(Manifest.Generation generation, int fileIndex) {
        if (fileIndex + 1 < generation.files().size()) {
            return generation.files().get(fileIndex + 1).after().sequence();
        }
        return generation.end() == null ? Long.MAX_VALUE : generation.end().sequence();
    }

    /**
     * Makes sure that the events behind {@code after} up to {@code through} are on the device, with the names of their
     * files, whoever writes the log meanwhile. When the device refuses, that is written down: they are not believed to be
     * there any more.
     *
     * @return false when the log does not have them, or they are being made again
     * @throws JournalFailure DEVICE, UNREADABLE, DAMAGED (its manifest)
     */
    static boolean force(Path path, Surroundings surroundings, long after, long through) {
        if (through == 0) {
            return true;
        }
        LogFolder folder = LogFolder.unlocked(path, Manifest.KIND_EVENTS);
        Manifest manifest = folder.manifest();
        UnforcedEvents unforced = UnforcedEvents.of(path);
        if (!unforced.isKnownToBeThere(through) || find(folder, manifest, surroundings, through) == null) {
            return false;
        }
        try {
            force(folder, manifest, after, through);
        } catch (JournalFailure refused) {
            // Asked again, the device would say that all is well.
            unforced.begin(after + 1);
            throw refused;
        }
        return true;
    }

    /** Forces the files that hold events behind {@code after} up to {@code through}, and their names. */
    static void force(LogFolder folder, Manifest manifest, long after, long through) {
        for (Manifest.Generation generation : manifest.generations()) {
            List<Manifest.DataFile> files = generation.files();
            for (int i = 0; i < files.size(); i++) {
                boolean wanted = endOf(generation, i) > after
                        && files.get(i).after().sequence() < through
                        && !folder.archive().isPruned(generation.endOf(i));
                if (wanted) {
                    Path file = folder.open(generation, files.get(i).name(), EventPlace::forced);
                    Device.REAL.forcePath(file.getParent());
                }
            }
        }
        Device.REAL.forcePath(folder.path());
    }

    private static Path forced(Path file) {
        Device.REAL.forceRead(file);
        return file;
    }
}
