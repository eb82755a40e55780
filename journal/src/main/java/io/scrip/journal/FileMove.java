package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Moves a file to another folder so that it is whole in one of the two at every moment, whatever file systems they are
 * on. Doing it again after a crash finishes it. One thread.
 */
final class FileMove {
    private static final int BLOCK_BYTES = 64 << 10;

    private final Device device;
    private final Rename rename;

    /** Renames within one file system, or says by {@link AtomicMoveNotSupportedException} that there are two. */
    @FunctionalInterface
    interface Rename {
        Rename REAL = (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);

        void rename(Path from, Path to) throws IOException;
    }

    FileMove(Device device, Rename rename) {
        this.device = device;
        this.rename = rename;
    }

    static FileMove of(Device device) {
        return new FileMove(device, Rename.REAL);
    }

    /**
     * Moves it.
     *
     * @throws JournalFailure DEVICE; DAMAGED when another file has the target's name already
     */
    void move(Path from, Path to) {
        try {
            makeFolder(to.getParent());
            if (Files.exists(to)) {
                // A copy that was finished, and the machine died before the original went.
                requireSame(from, to);
            } else if (!renamed(from, to)) {
                copy(from, to);
            }
            device.forcePath(to.getParent());
            Files.deleteIfExists(from);
            device.forcePath(from.getParent());
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot move " + from + " to " + to + ": " + refused, refused);
        }
    }

    /** Removes a file for good. */
    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
            device.forcePath(file.getParent());
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot remove " + file + ": " + refused, refused);
        }
    }

    private boolean renamed(Path from, Path to) throws IOException {
        try {
            rename.rename(from, to);
            return true;
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            return false;
        }
    }

    private void makeFolder(Path folder) throws IOException {
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        Files.createDirectories(folder);
        for (Path made = folder; !made.equals(existing); made = made.getParent()) {
            device.forcePath(made.getParent());
        }
    }

    /** Copies what is not zero: these files are long and mostly empty. */
    private void copy(Path from, Path to) throws IOException {
        Path draft = to.resolveSibling(to.getFileName() + ".tmp");
        try (FileChannel source = Device.open(from, StandardOpenOption.READ);
                FileChannel target = Device.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            copyBytes(source, target);
            device.force(target, true, draft);
        }
        requireSame(from, draft);
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Copies a file as it is now, whoever goes on writing it, and forces the copy. */
    void copyAsItIs(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            try (FileChannel source = Device.open(from, StandardOpenOption.READ);
                    FileChannel target = Device.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copyBytes(source, target);
                device.force(target, true, to);
            }
            device.forcePath(to.getParent());
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot copy " + from + " to " + to + ": " + refused, refused);
        }
    }

    private static void copyBytes(FileChannel source, FileChannel target) throws IOException {
        long length = source.size();
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long at = 0; at < length; at += block.limit()) {
            fill(source, block, at, length);
            if (!isZero(block)) {
                writeAll(target, block, at);
            }
        }
        if (length > 0 && target.size() < length) {
            writeAll(target, ByteBuffer.allocate(1), length - 1);
        }
    }

    private static void fill(FileChannel source, ByteBuffer block, long at, long length) throws IOException {
        block.clear().limit((int) Math.min(block.capacity(), length - at));
        while (block.hasRemaining()) {
            if (source.read(block, at + block.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
        block.flip();
    }

    private static boolean isZero(ByteBuffer block) {
        for (int i = 0; i < block.limit(); i++) {
            if (block.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static void writeAll(FileChannel target, ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += target.write(bytes, to);
        }
    }

    private static void requireSame(Path one, Path other) throws IOException {
        long at = Files.mismatch(one, other);
        if (at >= 0) {
            throw JournalFailure.damagedAt(
                    other.toString(), at, -1, other + " is not the same as " + one + " from byte " + at + " on");
        }
    }
}
