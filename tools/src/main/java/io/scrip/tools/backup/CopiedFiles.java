package io.scrip.tools.backup;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The few things that backup and restore do with files: for their owner alone, and on the device before they count. */
final class CopiedFiles {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long PIECE_BYTES = 16 << 20;

    private CopiedFiles() {}

    /** A folder that is new or empty, made for its owner alone. */
    static void requireEmpty(Path folder, String option) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder, ownerOnly("rwx------"));
            } else if (!Files.isDirectory(folder)) {
                throw new Refusal(ExitCode.USAGE, option + " " + folder + " is no folder; choose another");
            } else if (!namesIn(folder).isEmpty()) {
                throw new Refusal(
                        ExitCode.USAGE, option + " " + folder + " is not empty; choose an empty or new folder");
            }
        } catch (IOException refused) {
            throw new Refusal(ExitCode.DISK, "cannot use " + folder + ": " + refused, refused);
        }
    }

    static List<Path> namesIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Copies the first bytes of a file and forces them. */
    static void copy(Path from, Path to, long lengthBytes) throws IOException {
        copy(from, to, lengthBytes, bytes -> {});
    }

    /**
     * As {@link #copy(Path, Path, long)}.
     *
     * @param counter told how many bytes more have been copied
     */
    static void copy(Path from, Path to, long lengthBytes, LongConsumer counter) throws IOException {
        Files.createDirectories(to.getParent(), ownerOnly("rwx------"));
        Files.createFile(to, ownerOnly("rw-------"));
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < lengthBytes) {
                long count = source.transferTo(at, Math.min(PIECE_BYTES, lengthBytes - at), target);
                if (count <= 0) {
                    throw new IOException(from + " ends after " + at + " of " + lengthBytes + " bytes");
                }
                at += count;
                counter.accept(count);
            }
            target.force(true);
        }
    }

    /** Writes a small file so that after any crash it is there whole or not at all. */
    static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.createFile(draft, ownerOnly("rw-------"));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.getParent());
    }

    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static String sha256(Path file) throws IOException {
        return sha256(file, bytes -> {});
    }

    /** @param counter told how many bytes more have been read */
    static String sha256(Path file, LongConsumer counter) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                counter.accept(count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
