package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The few calls that make something durable. A test puts a failing one in its place; everybody else uses
 * {@link #REAL}.
 */
interface Device {
    Device REAL = FileChannel::force;

    int REWRITTEN_AT_ONCE_BYTES = 1 << 20;

    void force(FileChannel file, boolean metadata) throws IOException;

    /**
     * Forces a file and lets no interrupt near it: an interrupted force would lose what the device said.
     *
     * @throws JournalFailure DEVICE; it must not be tried again, the pages may be gone
     */
    default void force(FileChannel channel, boolean metadata, Path file) {
        boolean interrupted = Thread.interrupted();
        try {
            force(channel, metadata);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "the device refused to flush " + file + ": " + refused, refused);
        } finally {
            restore(interrupted);
        }
    }

    /** Forces a file or folder by name. */
    default void forcePath(Path path) {
        OpenOption option = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = open(path, option)) {
            force(channel, true, path);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot flush " + path + ": " + refused, refused);
        }
    }

    /** Writes a part of a file once more as it is, so that the next force has something to do. */
    default void rewrite(Path file, long fromBytes, long toBytes) {
        try (FileChannel channel = open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(REWRITTEN_AT_ONCE_BYTES);
            for (long at = fromBytes; at < toBytes; at += bytes.limit()) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), toBytes - at));
                while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
                    // Until the part is read; a file that has become shorter is found out when it is replayed.
                }
                bytes.flip();
                if (!bytes.hasRemaining()) {
                    return;
                }
                for (long to = at; bytes.hasRemaining(); ) {
                    to += channel.write(bytes, to);
                }
            }
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot write " + file + ": " + refused, refused);
        }
    }

    /** Forces what anybody has written into a file that is only to be read here. */
    default void forceRead(Path file) {
        try (FileChannel channel = open(file, StandardOpenOption.READ)) {
            force(channel, false, file);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot flush " + file + ": " + refused, refused);
        }
    }

    /** Replaces a file so that after any crash either the old or the new content is there. */
    default void replace(Path file, String content) {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                force(channel, true, draft);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot write " + file + ": " + refused, refused);
        }
        forcePath(file.toAbsolutePath().getParent());
    }

    /** Opens a channel that an interrupt of its thread does not close. */
    static FileChannel open(Path file, OpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(file, options);
        Uninterruptible.make(channel);
        return channel;
    }

    static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
