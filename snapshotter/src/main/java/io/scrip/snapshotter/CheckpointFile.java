package io.scrip.snapshotter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrip.engine.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Where the live core is, for a follower in another process: a small file that is replaced as a whole. Not forced: it
 * means nothing once its server is gone.
 *
 * <pre>
 * scrip-live 1
 * checkpoint 1873254821888000017 9000000 77fe31aa02bc5d10
 * crc32c 0d4a1b2c
 * </pre>
 *
 * The numbers are the checkpoint's own, the sequence of the last command applied, and the state hash after it.
 */
final class CheckpointFile {
    private static final String FIRST_LINE = "scrip-live 1\n";

    private CheckpointFile() {}

    static void write(Path file, Checkpoint checkpoint) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        String lines = FIRST_LINE
                + String.format(
                        Locale.ROOT,
                        "checkpoint %d %d %016x\n",
                        checkpoint.number(),
                        checkpoint.sequence(),
                        checkpoint.stateHash());
        Files.writeString(draft, lines + checksumLine(lines), US_ASCII);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** null when there is none, or none that this program can read. */
    static Checkpoint read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return null;
        }
        int checksumAt = text.lastIndexOf("crc32c ");
        if (checksumAt < 0
                || !text.startsWith(FIRST_LINE)
                || !text.substring(checksumAt).equals(checksumLine(text.substring(0, checksumAt)))) {
            return null;
        }
        String[] word = text.substring(FIRST_LINE.length(), checksumAt).strip().split(" ");
        return new Checkpoint(Long.parseLong(word[1]), Long.parseLong(word[2]), Long.parseUnsignedLong(word[3], 16));
    }

    private static String checksumLine(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(US_ASCII));
        return String.format(Locale.ROOT, "crc32c %08x\n", (int) crc.getValue());
    }
}
