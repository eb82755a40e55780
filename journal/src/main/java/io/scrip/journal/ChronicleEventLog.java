package io.scrip.journal;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The event log in a folder of Chronicle queues. Derived from the journal, so never forced: whatever a crash leaves of
 * it is taken as far as it is good, and the rest is made again.
 *
 * <p>Recovery, before anybody is served: {@link #open} keeps the longest good prefix. Of files that {@link KnownEvents}
 * say need not be read it only looks whether they are there, and whoever reads an event checks it. While the journal is
 * replayed, each event that comes out is compared with the stored one; at the first that is not as stored,
 * {@link #truncateFrom} drops the stored rest, and the replayed events are appended from there.
 *
 * <p>One thread opens, appends and truncates; readers are independent of it and of each other.
 */
public final class ChronicleEventLog implements EventLog {
    private static final int INITIAL_RECORD_BYTES = 8 << 10;
    /** What Chronicle itself puts into a file. */
    private static final int FILE_OVERHEAD_BYTES = 64 << 10;

    private final EventLogConfig config;
    private final Surroundings surroundings;
    private final LogFolder folder;
    private final RecoveryReport report;
    private final UnforcedEvents unforced;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private byte[] recordBytes = new byte[INITIAL_RECORD_BYTES];
    private Manifest manifest;
    private DocumentWriter queue;
    private EventPages pages;
    private EventReader comparer;
    private final Object refreshing = new Object();
    private volatile EventFile[] files = new EventFile[0];
    private volatile long lastEventSequence;
    private volatile long firstEventSequence = 1;
    private String droppedAt = "";
    private boolean closed;

    private ChronicleEventLog(EventLogConfig config, LogFolder folder, Surroundings surroundings, KnownEvents known) {
        this.config = config;
        this.surroundings = surroundings;
        this.folder = folder;
        record.wrap(recordBytes);
        manifest = readManifest();
        boolean clean = manifest.last() == null || manifest.last().end() != null;
        folder.unlisted(manifest).forEach(LogFolder::delete);
        unforced = UnforcedEvents.of(folder.path());
        EventScan scan = new EventScan(folder, manifest, surroundings, unforced.believed(known));
        take(scan);
        unforced.rewrite(files);
        report = new RecoveryReport(
                lastEventSequence,
                manifest.generations().size(),
                files.length,
                clean,
                0,
                droppedAt.isEmpty() ? 0 : 1,
                droppedAt,
                scan.recordsRead(),
                scan.notBegunAt());
    }

    /**
     * Opens or begins the event log in {@code config.folder()}.
     *
     * @throws JournalFailure LOCKED, UNREADABLE or DEVICE; damage is no failure, it only makes the log shorter
     */
    public static ChronicleEventLog open(EventLogConfig config) {
        return open(config, Surroundings.REAL, KnownEvents.NONE);
    }

    /** As {@link #open(EventLogConfig)}, without reading what need not be read. */
    public static ChronicleEventLog open(EventLogConfig config, KnownEvents known) {
        return open(config, Surroundings.REAL, known);
    }

    /** As {@link #open(EventLogConfig, KnownEvents)}, in other surroundings. */
    public static ChronicleEventLog open(EventLogConfig config, Surroundings surroundings, KnownEvents known) {
        LogFolder folder = lock(config.folder());
        try {
            return new ChronicleEventLog(config, folder, surroundings, known);
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
    }

    /**
     * Makes sure that the events behind {@code after} up to {@code through} are on the device, while somebody may be
     * writing more. Any thread.
     *
     * @return false when the log does not have them, or they are being made again
     * @throws JournalFailure DEVICE, UNREADABLE or DAMAGED
     */
    public static boolean force(Path folder, long after, long through) {
        return force(folder, Surroundings.REAL, after, through);
    }

    /** As {@link #force(Path, long, long)}, in other surroundings. */
    public static boolean force(Path folder, Surroundings surroundings, long after, long through) {
        return EventPlace.force(folder, surroundings, after, through);
    }

    private static LogFolder lock(Path path) {
        try {
            return LogFolder.lock(path, Manifest.KIND_EVENTS, Device.REAL);
        } catch (JournalFailure withoutManifest) {
            if (withoutManifest.kind() != Kind.DAMAGED) {
                throw withoutManifest;
            }
            LogFolder.deleteGenerations(path);
            // Its note about the archive stays, and would be taken for what is left of a log without a manifest.
            Device.REAL.replace(
                    path.resolve(Manifest.NAME),
                    Manifest.empty(Manifest.KIND_EVENTS).toText());
            return LogFolder.lock(path, Manifest.KIND_EVENTS, Device.REAL);
        }
    }

    /** What {@link #open} found. */
    public RecoveryReport report() {
        return report;
    }

    @Override
    public long lastEventSequence() {
        return lastEventSequence;
    }

    @Override
    public long firstEventSequence() {
        return firstEventSequence;
    }

    /**
     * Takes notice of files that have been moved to the archive, or pruned, since they were opened. Any one thread,
     * beside the one that appends; readers go on with what they have in hand.
     */
    public void refresh() {
        synchronized (refreshing) {
            ArchiveNote note = ArchiveNote.read(folder.path());
            EventFile[] now = Relocation.of(files, note, surroundings);
            firstEventSequence = note.pruned().sequence() + 1;
            // Held only for this: the one who appends must not wait for a slow archive.
            synchronized (this) {
                EventFile[] all = files.clone();
                // There may be more than a moment ago.
                System.arraycopy(now, 0, all, 0, now.length);
                files = all;
            }
        }
        folder.forgetArchive();
    }

    @Override
    public String beginAfter(long eventSequence) {
        if (queue != null) {
            throw new IllegalStateException("events have been appended, up to " + lastEventSequence);
        }
        String aside = lastEventSequence < firstEventSequence ? "" : SetAside.move(folder, manifest);
        manifest = Manifest.empty(Manifest.KIND_EVENTS);
        Device.REAL.replace(folder.manifestPath(), manifest.toText());
        ArchiveNote.change(folder.path(), Device.REAL, note -> note.prunedTo(Mark.of(eventSequence)));
        folder.forgetArchive();
        comparer = null;
        files = new EventFile[0];
        firstEventSequence = eventSequence + 1;
        lastEventSequence = eventSequence;
        return aside;
    }

    /** Whether the stored event with this sequence is exactly these bytes. Recovery only. */
    public boolean matches(long eventSequence, DirectBuffer event, int offset, int length) {
        if (comparer == null) {
            comparer = new EventReader(this, false);
        }
        return comparer.matches(eventSequence, event, offset, length);
    }

    /** Drops every event from this one on. Recovery only: before the first append. */
    public void truncateFrom(long eventSequence) {
        if (queue != null) {
            throw new IllegalStateException("truncating comes before the first append");
        }
        if (eventSequence > lastEventSequence) {
            return;
        }
        comparer = null;
        keepUpTo(eventSequence - 1);
    }

    @Override
    public void beginRemaking(long fromEventSequence) {
        unforced.begin(fromEventSequence);
    }

    @Override
    public void endRemaking() {
        unforced.end(folder, manifest, lastEventSequence);
    }

    @Override
    public void append(long eventSequence, DirectBuffer event, int offset, int length) {
        if (closed || eventSequence != lastEventSequence + 1) {
            throw new IllegalStateException("event " + eventSequence + " cannot follow " + lastEventSequence);
        }
        int total = EventEnvelope.lengthOf(length);
        if (queue == null) {
            begin();
        } else if (queue.endPosition() + total + FILE_OVERHEAD_BYTES > config.fileSizeBytes()) {
            queue.roll();
        }
        reserve(total);
        event.getBytes(offset, recordBytes, EventEnvelope.PAYLOAD, length);
        int epoch = manifest.last().epoch();
        EventEnvelope.seal(record, recordBytes, length, epoch, eventSequence, crc);
        boolean first = queue.endPosition() == 0;
        long position = queue.write(recordBytes, total, recordBytes, 0, 0);
        if (first) {
            fileBegun(epoch, eventSequence);
        }
        EventFile[] known = files;
        known[known.length - 1].add(position);
        lastEventSequence = eventSequence;
        if (pages != null) {
            pages.onWritten(position);
        }
    }

    @Override
    public Reader openReader() {
        return new EventReader(this, false);
    }

    @Override
    public Reader openFirstReader() {
        return new EventReader(this, true);
    }

    /** The file that holds an event. */
    EventFile fileOf(long eventSequence) {
        return files[indexOf(eventSequence)];
    }

    /** Where that file stands among all. */
    int indexOf(long eventSequence) {
        EventFile[] known = files;
        int low = 0;
        int high = known.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (known[middle].firstSequence() <= eventSequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The file that stands there. */
    EventFile fileAt(int index) {
        return files[index];
    }

    /** Whether an event that follows one of the file that stands there is in it, too. */
    boolean goesOnTo(long eventSequence, int index) {
        EventFile[] known = files;
        return index + 1 >= known.length || known[index + 1].firstSequence() > eventSequence;
    }

    private Manifest readManifest() {
        try {
            return folder.manifest();
        } catch (JournalFailure damaged) {
            if (damaged.kind() != Kind.DAMAGED) {
                throw damaged;
            }
            droppedAt = damaged.getMessage();
            LogFolder.deleteGenerations(folder.path());
            return Manifest.empty(Manifest.KIND_EVENTS);
        }
    }

    /** Takes over what is good, and makes that the end of the log. */
    private void take(EventScan scan) {
        firstEventSequence = folder.archive().pruned().sequence() + 1;
        files = scan.good().toArray(new EventFile[0]);
        lastEventSequence = scan.lastSequence();
        droppedAt = droppedAt.isEmpty() ? scan.droppedAt() : droppedAt;
        if (scan.isShort()) {
            keepUpTo(lastEventSequence);
        }
    }

    /** Makes this the end of the log: later files and generations go, the generation that holds it is ended there. */
    private void keepUpTo(long last) {
        List<Manifest.Generation> kept = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        for (Manifest.Generation generation : manifest.generations()) {
            if (generation.after().sequence() >= last) {
                gone.add(folder.generationPath(generation));
                continue;
            }
            boolean whole = generation.end() != null && generation.end().sequence() <= last;
            long end = whole ? generation.end().sequence() : last;
            List<Manifest.DataFile> listed = generation.files().stream()
                    .filter(file -> file.after().sequence() < end)
                    .toList();
            kept.add(whole ? generation.with(listed) : generation.cutAt(Mark.of(last), listed));
        }
        manifest = new Manifest(Manifest.KIND_EVENTS, kept);
        Device.REAL.replace(folder.manifestPath(), manifest.toText());
        gone.forEach(LogFolder::delete);
        EventFile[] known = Arrays.stream(files)
                .filter(file -> file.firstSequence() <= last)
                .toArray(EventFile[]::new);
        if (known.length > 0 && known[known.length - 1].lastSequence() > last) {
            known[known.length - 1].truncateTo(last);
        }
        files = known;
        lastEventSequence = last;
    }

    /** Ends the generation of the process before and begins one of our own. */
    private void begin() {
        Manifest next = manifest;
        Manifest.Generation last = next.last();
        if (last != null && last.end() == null) {
            next = next.withLast(last.cutAt(Mark.of(lastEventSequence), last.files()));
        }
        Manifest.Generation own =
                Manifest.Generation.begun(folder.nextNumber(next), surroundings.newEpoch(), Mark.of(lastEventSequence));
        manifest = next.with(own);
        Device.REAL.replace(folder.manifestPath(), manifest.toText());
        queue = surroundings.createQueue(folder.generationPath(own), config.blockSizeBytes());
        // Files that are not the system's have no pages, and the simulator no threads.
        pages = surroundings == Surroundings.REAL ? new EventPages() : null;
    }

    /** A new file has its first record: it gets its whole length, so that one mapping serves every reader. */
    private void fileBegun(int epoch, long eventSequence) {
        Path path = queue.currentFile();
        surroundings.extend(path, config.fileSizeBytes());
        ByteBuffer mapped = surroundings.map(path);
        EventFile begun = new EventFile(path, mapped, epoch, eventSequence);
        if (pages != null) {
            pages.begin(path, mapped);
        }
        synchronized (this) {
            EventFile[] more = Arrays.copyOf(files, files.length + 1);
            more[more.length - 1] = begun;
            files = more;
        }
        Manifest.DataFile listed = new Manifest.DataFile(path.getFileName().toString(), Mark.of(eventSequence - 1));
        manifest = manifest.withLast(manifest.last().withFile(listed));
        Device.REAL.replace(folder.manifestPath(), manifest.toText());
    }

    private void reserve(int length) {
        if (length > recordBytes.length) {
            recordBytes = new byte[Integer.highestOneBit(length) << 1];
            record.wrap(recordBytes);
        }
    }

    /** Marks the log complete as it is and lets go of the folder. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (pages != null) {
                pages.close();
            }
            if (queue != null) {
                queue.close();
                Manifest.Generation last = manifest.last();
                manifest = manifest.withLast(last.endedAt(Mark.of(lastEventSequence), last.files()));
                Device.REAL.replace(folder.manifestPath(), manifest.toText());
            }
        } finally {
            folder.close();
        }
    }
}
