package io.scrip.snapshotter;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.JournalPosition;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The folder of snapshots. A file has its name only when it is whole: it is written under another, forced, renamed, the
 * folder forced, and read back and compared before it counts. Whatever a crash leaves of it harms nothing.
 *
 * <p>One thread writes; reading is for any.
 */
public final class SnapshotStore {
    /** What is left free beside a snapshot: the journal's reserve, twice. */
    public static final long SPARE_BYTES = 512L << 20;

    private static final int READ_BYTES = 1 << 20;
    private static final String LOCK_NAME = "lock";
    private static final Recovery.Progress NOBODY = (bytes, ofBytes) -> {};

    private final Path folder;
    private final int keep;
    private final FreeSpace freeSpace;

    /** How many bytes may still be written beside a folder. */
    @FunctionalInterface
    public interface FreeSpace {
        long freeBytes(Path folder) throws IOException;
    }

    /**
     * @param keep snapshots that are kept; at least 2, so that a damaged one is never the only one
     */
    public SnapshotStore(Path folder, int keep) {
        this(folder, keep, path -> Files.getFileStore(path).getUsableSpace());
    }

    /** As {@link #SnapshotStore(Path, int)}, with another source of free space. */
    public SnapshotStore(Path folder, int keep, FreeSpace freeSpace) {
        if (keep < 2) {
            throw new IllegalArgumentException("at least two snapshots are kept, not " + keep);
        }
        this.folder = folder.toAbsolutePath().normalize();
        this.keep = keep;
        this.freeSpace = freeSpace;
    }

    public Path folder() {
        return folder;
    }

    /** As {@link #write(LedgerProcessor, JournalPosition, SnapshotHeader.Anchor)}, of logs that nobody has forced. */
    public SnapshotFile write(LedgerProcessor core, JournalPosition position) throws SnapshotException {
        return write(core, position, null);
    }

    /**
     * Takes the folder for the one who writes snapshots into it; close it to give it back.
     *
     * @throws JournalFailure LOCKED when somebody does already, DEVICE
     */
    public Closeable lock() {
        try {
            createFolder();
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new JournalFailure(
                        JournalFailure.Kind.LOCKED, "another process makes the snapshots in " + folder + " already");
            }
            return channel;
        } catch (IOException refused) {
            throw new JournalFailure(
                    JournalFailure.Kind.DEVICE, "cannot open the folder " + folder + ": " + refused, refused);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException heldHere) {
            return true;
        }
    }

    /**
     * Writes a core's state, makes it durable, compares what was written with the core, and only then removes the
     * oldest ones and what crashes have left.
     *
     * @param position right behind the core's last command; null before the first
     * @param anchor   null when the logs have not been forced up to here
     * @throws SnapshotException when it cannot be written or is not as written; the older ones are then untouched
     */
    public SnapshotFile write(LedgerProcessor core, JournalPosition position, SnapshotHeader.Anchor anchor)
            throws SnapshotException {
        byte[] header = SnapshotHeader.of(core, position, anchor).encode();
        Path target = folder.resolve(SnapshotFile.nameOf(core.lastSequence()));
        Path draft = folder.resolve(target.getFileName() + SnapshotFile.DRAFT_SUFFIX);
        try {
            createFolder();
            long size = sizeOf(core, header);
            requireRoom(size);
            try (DraftFile file = new DraftFile(draft)) {
                writeTo(file, core, header);
                file.force();
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
            try (Compared compared = new Compared(target)) {
                writeTo(compared, core, header);
                compared.requireEnd();
            }
            prune();
            return new SnapshotFile(target, core.lastSequence(), size);
        } catch (IOException | UncheckedIOException refused) {
            throw new SnapshotException("cannot write snapshot " + target + ": " + refused.getMessage(), refused);
        }
    }

    /** Files with a snapshot's name, the newest first; whether they are good is another question. */
    public List<SnapshotFile> list() throws SnapshotException {
        return list(SnapshotFile::sequenceIn);
    }

    private static void addTo(List<SnapshotFile> found, Path entry, long sequence) throws IOException {
        try {
            found.add(new SnapshotFile(entry, sequence, Files.size(entry)));
        } catch (NoSuchFileException gone) {
            // Whoever makes snapshots has taken it away at this moment, because there are newer ones.
        }
    }

    private List<SnapshotFile> list(ToLongFunction<String> sequenceIn) throws SnapshotException {
        List<SnapshotFile> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    long sequence = sequenceIn.applyAsLong(entry.getFileName().toString());
                    if (sequence >= 0) {
                        addTo(found, entry, sequence);
                    }
                }
            } catch (IOException refused) {
                throw new SnapshotException("cannot list " + folder + ": " + refused, refused);
            }
        }
        found.sort(Comparator.comparingLong(SnapshotFile::sequence).reversed());
        return found;
    }

    /**
     * The newest snapshots whose every byte is as it was written, the newest first; read to their ends.
     *
     * @param most how many are wanted
     */
    public List<SnapshotFile> intact(int most) throws SnapshotException {
        List<SnapshotFile> found = new ArrayList<>();
        for (SnapshotFile file : list()) {
            if (found.size() < most && isIntact(file)) {
                found.add(file);
            }
        }
        return found;
    }

    /** How many are kept. */
    public int keep() {
        return keep;
    }

    /**
     * The snapshot that the journal begins with since older commands were pruned; it is kept beside the others. Null when
     * there is none.
     */
    public SnapshotFile base() throws SnapshotException {
        List<SnapshotFile> bases = list(SnapshotFile::baseSequenceIn);
        return bases.isEmpty() ? null : bases.get(0);
    }

    /**
     * Keeps a copy of a snapshot as the base, durably, and lets go of the base before it.
     *
     * @throws SnapshotException when the copy is not what the snapshot is
     */
    public SnapshotFile makeBase(SnapshotFile file) throws SnapshotException {
        Path target = folder.resolve(SnapshotFile.baseNameOf(file.sequence()));
        Path draft = folder.resolve(target.getFileName() + SnapshotFile.DRAFT_SUFFIX);
        try {
            List<SnapshotFile> before = list(SnapshotFile::baseSequenceIn);
            Files.copy(file.path(), draft, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (Files.mismatch(file.path(), draft) >= 0) {
                throw new IOException("the copy differs");
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
            for (SnapshotFile old : before) {
                if (old.sequence() != file.sequence()) {
                    Files.delete(old.path());
                }
            }
            return new SnapshotFile(target, file.sequence(), file.sizeBytes());
        } catch (IOException refused) {
            throw new SnapshotException("cannot keep " + file.path() + " as " + target + ": " + refused, refused);
        }
    }

    /** Whether every byte of a file is as it was written, by its checksums. */
    public static boolean isIntact(SnapshotFile file) {
        try (InputStream in = open(file)) {
            SnapshotInput input = new SnapshotInput(in);
            header(file, input);
            while (input.next() != null) {
                // Each record is checked as it is read, and all together at the end.
            }
            return true;
        } catch (IOException | SnapshotException damaged) {
            return false;
        }
    }

    /** What a file says of itself; its records are not looked at. */
    public static SnapshotHeader header(SnapshotFile file) throws SnapshotException {
        try (InputStream in = open(file)) {
            return header(file, new SnapshotInput(in));
        } catch (IOException refused) {
            throw new SnapshotException(file.path() + " cannot be read: " + refused, refused);
        }
    }

    /**
     * Reads a whole file into a new core.
     *
     * @throws SnapshotException when anything about it is not as written, naming the file
     */
    public static LedgerProcessor load(SnapshotFile file, Retention retention, EventSink events)
            throws SnapshotException {
        return load(file, retention, events, NOBODY);
    }

    /**
     * As {@link #load(SnapshotFile, Retention, EventSink)}.
     *
     * @param progress told of bytes, by the thread that reads
     */
    public static LedgerProcessor load(
            SnapshotFile file, Retention retention, EventSink events, Recovery.Progress progress)
            throws SnapshotException {
        try (InputStream in = open(file, progress)) {
            SnapshotInput input = new SnapshotInput(in);
            SnapshotHeader header = header(file, input);
            LedgerProcessor core = SnapshotAhead.load(input, retention, events);
            boolean same = core.lastSequence() == header.sequence()
                    && core.lastTimestampNs() == header.timestampNs()
                    && core.lastEventSequence() == header.eventSequence()
                    && core.stateHash() == header.stateHash();
            if (!same) {
                throw new SnapshotException("the header is of another state than the records");
            }
            return core;
        } catch (IOException refused) {
            throw new SnapshotException(file.path() + " cannot be read: " + refused, refused);
        } catch (SnapshotException damaged) {
            throw new SnapshotException(file.path() + ": " + damaged.getMessage(), damaged);
        }
    }

    private static SnapshotHeader header(SnapshotFile file, SnapshotInput input) throws SnapshotException {
        SnapshotHeader header = input.header();
        if (header.sequence() != file.sequence()) {
            throw new SnapshotException("it is of sequence " + header.sequence() + ", not what its name says");
        }
        return header;
    }

    private static InputStream open(SnapshotFile file) throws IOException {
        return open(file, NOBODY);
    }

    private static InputStream open(SnapshotFile file, Recovery.Progress progress) throws IOException {
        InputStream counted = new FilterInputStream(Files.newInputStream(file.path())) {
            private long readBytes;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                readBytes += Math.max(0, count);
                progress.onProgress(readBytes, file.sizeBytes());
                return count;
            }
        };
        return new BufferedInputStream(counted, READ_BYTES);
    }

    private static void writeTo(WritableByteChannel target, LedgerProcessor core, byte[] header) {
        SnapshotOutput output = new SnapshotOutput(target);
        output.header(header);
        core.writeTo(output);
        output.finish();
    }

    private static long sizeOf(LedgerProcessor core, byte[] header) {
        long[] size = {header.length + SnapshotOutput.FOOTER_BYTES};
        core.writeTo((record, offset, length) -> size[0] += SnapshotOutput.FRAME_BYTES + length);
        return size[0];
    }

    private void requireRoom(long size) throws IOException {
        long free = freeSpace.freeBytes(folder);
        if (free - SPARE_BYTES < size) {
            throw new IOException(
                    "it needs " + size + " bytes and " + SPARE_BYTES + " to spare, but " + free + " are free");
        }
    }

    private void createFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            forceFolder(folder.getParent());
        }
    }

    private void prune() throws IOException, SnapshotException {
        List<SnapshotFile> files = list();
        if (files.size() > keep) {
            // A damaged one is no snapshot: it does not count, and goes only when it is older than all that do.
            List<SnapshotFile> good = intact(keep);
            if (good.size() == keep) {
                long oldest = good.get(keep - 1).sequence();
                for (SnapshotFile old : files) {
                    if (old.sequence() < oldest) {
                        Files.delete(old.path());
                    }
                }
            }
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (entry.toString().endsWith(SnapshotFile.DRAFT_SUFFIX)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static void forceFolder(Path path) throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
