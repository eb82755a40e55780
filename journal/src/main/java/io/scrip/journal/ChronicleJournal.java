package io.scrip.journal;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The command journal in a folder of Chronicle queues.
 *
 * <p>{@link #open} looks and changes nothing: it takes the lock, reads the manifest, and finds the last good record
 * by reading the file that was being written. {@link #replay} then checks every record. Only {@link #startWriting},
 * or the first append, writes: it ends the generation of the process before this one at its last good record and
 * begins a new one.
 *
 * <p>Durability: {@link DurabilityMode#SYNC} forces the data file with {@code FileChannel.force(false)}, which
 * flushes Chronicle's mapped pages and reports what the device says. After the first failure of any kind every call
 * fails; nothing is tried again. Interrupts of the calling thread are left pending and disturb nothing.
 *
 * <p>One thread. Lengths in bytes, times in nanoseconds since 1970 UTC. Allocates nothing per record.
 */
public final class ChronicleJournal implements Journal {
    /** The longest command that is accepted. */
    public static final int MAX_COMMAND_LENGTH = 16 << 20;

    private final JournalConfig config;
    private final Device device;
    private final Surroundings surroundings;
    private final LogFolder folder;
    private final SpaceReserve space;
    private final RecoveryReport report;
    private final List<Manifest.DataFile> foundFiles;
    private Manifest manifest;
    private Mark end;
    private GenerationWriter writer;
    private long lastSequence;
    private long lastTimestampNs;
    private long sealedSequence;
    private long forcedAtNs;
    private JournalPosition known;
    private boolean unforced;
    private JournalFailure failure;
    private boolean closed;

    private ChronicleJournal(
            JournalConfig config,
            LogFolder folder,
            FreeSpace freeSpace,
            Device device,
            Surroundings surroundings,
            List<JournalPosition> known) {
        this.config = config;
        this.device = device;
        this.surroundings = surroundings;
        this.folder = folder;
        this.space = new SpaceReserve(folder.path(), freeSpace, config);
        manifest = folder.manifest();
        JournalScan scan = new JournalScan(folder, manifest, known);
        scan.findEnd();
        report = scan.report();
        end = scan.end();
        foundFiles = scan.lastFiles();
        lastSequence = end.sequence();
        lastTimestampNs = end.timestampNs();
        forceFound(scan.unproven());
    }

    /**
     * Opens or begins the journal in {@code config.folder()}.
     *
     * @throws JournalFailure LOCKED when another process has it open; UNREADABLE when the folder is not a journal's or
     *     is newer than this program; DAMAGED when what was acknowledged is not there, naming the place; DEVICE. Nothing
     *     was changed on disk.
     */
    public static ChronicleJournal open(JournalConfig config) {
        return open(config, List.of());
    }

    /**
     * As {@link #open(JournalConfig)}, without reading what was on the device before: after a kill the end is looked for
     * behind the newest of these places, if a record follows there.
     *
     * @param known the newest first; everything before them has been forced
     */
    public static ChronicleJournal open(JournalConfig config, List<JournalPosition> known) {
        return open(config, FreeSpace.ofFileSystem(), Device.REAL, Surroundings.REAL, known);
    }

    /** As {@link #open(JournalConfig)}, with another source of free space. */
    public static ChronicleJournal open(JournalConfig config, FreeSpace freeSpace) {
        return open(config, freeSpace, Device.REAL, Surroundings.REAL, List.of());
    }

    /** As {@link #open(JournalConfig, List)}, in other surroundings. */
    public static ChronicleJournal open(
            JournalConfig config, FreeSpace freeSpace, Surroundings surroundings, List<JournalPosition> known) {
        return open(config, freeSpace, Device.REAL, surroundings, known);
    }

    static ChronicleJournal open(JournalConfig config, FreeSpace freeSpace, Device device) {
        return open(config, freeSpace, device, Surroundings.REAL, List.of());
    }

    static ChronicleJournal open(
            JournalConfig config,
            FreeSpace freeSpace,
            Device device,
            Surroundings surroundings,
            List<JournalPosition> known) {
        LogFolder folder = LogFolder.lock(config.folder(), Manifest.KIND_JOURNAL, device);
        try {
            return new ChronicleJournal(config, folder, freeSpace, device, surroundings, known);
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
    }

    @Override
    public long firstSequence() {
        return folder.archive().pruned().sequence() + 1;
    }

    /** What {@link #open} found. */
    public RecoveryReport report() {
        return report;
    }

    /** What an acknowledgement promises. */
    public DurabilityMode mode() {
        return config.mode();
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long lastTimestampNs() {
        return lastTimestampNs;
    }

    /**
     * Begins the generation that this process writes. Call it after {@link #replay} and before anybody is served; the
     * first append does it otherwise. Does nothing the second time.
     */
    public void startWriting() {
        requireUsable();
        if (writer != null) {
            return;
        }
        try {
            List<Path> leftovers = new ArrayList<>(folder.unlisted(manifest));
            Manifest next = manifest;
            Manifest.Generation last = manifest.last();
            if (last != null && !JournalScan.holdsRecords(last, end)) {
                leftovers.add(folder.generationPath(last));
                next = new Manifest(
                        next.kind(),
                        next.generations().subList(0, next.generations().size() - 1));
            } else if (last != null && last.end() == null) {
                next = next.withLast(
                        report.droppedBytes() > 0 ? last.cutAt(end, foundFiles) : last.endedAt(end, foundFiles));
            }
            next = next.with(Manifest.Generation.begun(folder.nextNumber(manifest), surroundings.newEpoch(), end));
            device.replace(folder.manifestPath(), next.toText());
            leftovers.forEach(LogFolder::delete);
            writer = new GenerationWriter(folder, next, device, surroundings, config);
            manifest = writer.manifest();
            sealedSequence = lastSequence;
        } catch (JournalFailure refused) {
            throw fail(refused);
        }
    }

    @Override
    public void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        requireUsable();
        if (sequence != lastSequence + 1 || timestampNs <= lastTimestampNs) {
            throw new IllegalArgumentException("sequence " + sequence + " at " + timestampNs + " cannot follow "
                    + lastSequence + " at " + lastTimestampNs);
        }
        if (length < 0 || length > MAX_COMMAND_LENGTH) {
            throw new IllegalArgumentException("command of " + length + " bytes");
        }
        startWriting();
        try {
            writer.append(sequence, timestampNs, command, offset, length);
        } catch (JournalFailure refused) {
            throw fail(refused);
        }
        lastSequence = sequence;
        lastTimestampNs = timestampNs;
        unforced = true;
        space.used(Envelope.lengthOf(length));
    }

    @Override
    public void force() {
        requireUsable();
        space.onTime(surroundings.nanoTime());
        if (!unforced || config.mode() == DurabilityMode.ASYNC) {
            return;
        }
        try {
            writer.force();
        } catch (JournalFailure refused) {
            throw fail(refused);
        }
        unforced = false;
        forcedAtNs = surroundings.nanoTime();
    }

    /**
     * Seals the last record when the journal has been idle for the configured time; so it should be called again while
     * nothing comes, and there is room. Does nothing in mode ASYNC.
     */
    @Override
    public void onIdle() {
        requireUsable();
        long nowNs = surroundings.nanoTime();
        space.onTime(nowNs);
        if (unforced || sealedSequence == lastSequence || nowNs - forcedAtNs < config.sealDelayNs()) {
            return;
        }
        try {
            if (!space.hasRoom(Envelope.lengthOf(0))) {
                return;
            }
            writer.seal();
        } catch (JournalFailure refused) {
            throw fail(refused);
        }
        sealedSequence = lastSequence;
    }

    @Override
    public boolean hasRoom(int lengthBytes) {
        requireUsable();
        try {
            return space.hasRoom(lengthBytes);
        } catch (JournalFailure refused) {
            throw fail(refused);
        }
    }

    /**
     * Whether this journal goes on at that place: it ends there, or a good record with the next sequence follows by its
     * hash. Then {@link #replay} of what comes after it begins there. Before the first append.
     */
    public boolean continuesAt(JournalPosition position) {
        requireUsable();
        if (position.sequence() >= lastSequence) {
            return position.mark().equals(end);
        }
        if (position.sequence() + 1 < firstSequence()) {
            return false;
        }
        for (Manifest.Generation generation : found().generations()) {
            for (Manifest.DataFile file : generation.files()) {
                if (file.after().equals(position.mark())) {
                    return true;
                }
                if (position.isIn(generation, file) && JournalScan.continuesAt(folder, generation, position)) {
                    known = position;
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public long replay(long fromSequence, RecordHandler handler) {
        requireUsable();
        if (writer != null) {
            throw new IllegalStateException("replay comes before the first append");
        }
        Manifest.Generation last = manifest.last();
        if (last == null || fromSequence > lastSequence) {
            return 0;
        }
        try {
            return JournalScan.replay(
                    folder, found(), end, fromSequence, lastSequence, known, handler, JournalScan.READ_ONLY);
        } catch (JournalFailure damaged) {
            throw fail(damaged);
        }
    }

    /**
     * Forces, seals and closes. After a failure it only lets go of the files.
     *
     * @throws JournalFailure DEVICE when the last records could not be forced
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (writer != null && failure == null) {
                writer.force();
                writer.end();
            }
        } finally {
            release();
        }
    }

    /** The manifest with what was found behind its last line. */
    private Manifest found() {
        return manifest.withLast(manifest.last().endedAt(end, foundFiles));
    }

    private void release() {
        try {
            if (writer != null) {
                writer.close();
            }
        } finally {
            folder.close();
        }
    }

    /**
     * A killed process left its records with the operating system: nobody may see them before the device has them. They
     * are written again first: pages that the device once refused count as clean, and a force would pass them over.
     */
    private void forceFound(List<JournalScan.Unproven> unproven) {
        Manifest.Generation last = manifest.last();
        if (last == null || last.end() != null) {
            return;
        }
        for (JournalScan.Unproven part : unproven) {
            device.rewrite(part.file(), part.fromBytes(), part.toBytes());
        }
        int firstOpen = Math.max(0, last.files().size() - 1);
        for (Manifest.DataFile file : foundFiles.subList(firstOpen, foundFiles.size())) {
            device.forcePath(folder.generationPath(last).resolve(file.name()));
        }
        if (!foundFiles.isEmpty()) {
            device.forcePath(folder.generationPath(last));
        }
    }

    private void requireUsable() {
        if (failure != null) {
            throw new JournalFailure(failure.kind(), "the journal has failed before: " + failure.getMessage(), failure);
        }
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
    }

    private JournalFailure fail(JournalFailure first) {
        failure = first;
        return first;
    }
}
