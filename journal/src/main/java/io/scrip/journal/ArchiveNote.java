package io.scrip.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/**
 * Where the older files of a log are, and which of them are gone for good: the content of the file {@code archive} in
 * the log's folder. Without that file they are looked for in one place, {@code ../archive/<name of the folder>}.
 *
 * <pre>
 * scrip-archive 1
 * at /mnt/cold/journal
 * pruned 8123456 1790000000000000000 93ab…
 * crc32c 0d4a1b2c
 * </pre>
 *
 * <p>A place below the folder that the log's folder is in is written relative to the log's folder, so that the whole can
 * be moved. The manifest still lists every file there ever was.
 *
 * @param places folders with archived files, the one in use first; absolute
 * @param pruned everything up to it has been taken away; {@link Mark#START}: nothing
 */
record ArchiveNote(List<Path> places, Mark pruned) {
    static final String NAME = "archive";
    static final String LOCK_NAME = "archive.lock";
    private static final long LOCK_LIMIT_NS = 30_000_000_000L;
    private static final long LOCK_POLL_NS = 1_000_000;
    private static final String FIRST_LINE = "scrip-archive 1";
    private static final String FAMILY = "scrip-archive ";
    private static final String CHECKSUM = "crc32c ";

    ArchiveNote {
        places = List.copyOf(places);
    }

    /** Where the files of a log go when nothing else was said. */
    static Path usualPlace(Path log) {
        return log.resolveSibling("archive").resolve(log.getFileName().toString());
    }

    /**
     * The note of a log, an empty one when there is none.
     *
     * @throws JournalFailure UNREADABLE when a newer program wrote it, DAMAGED, DEVICE
     */
    static ArchiveNote read(Path log) {
        Path file = log.resolve(NAME);
        if (!Files.exists(file)) {
            return new ArchiveNote(List.of(usualPlace(log)), Mark.START);
        }
        String text;
        try {
            text = Files.readString(file, US_ASCII);
        } catch (java.nio.charset.CharacterCodingException notText) {
            throw damaged(file, "it is no text", notText);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + file + ": " + refused, refused);
        }
        try {
            return parse(log, text);
        } catch (RuntimeException notWrittenByUs) {
            if (text.startsWith(FAMILY) && !text.startsWith(FIRST_LINE + "\n")) {
                String first = text.lines().findFirst().orElse("");
                throw new JournalFailure(Kind.UNREADABLE, file + " is of a newer version: " + first);
            }
            throw damaged(file, notWrittenByUs.getMessage(), notWrittenByUs);
        }
    }

    private static JournalFailure damaged(Path file, String why, Exception cause) {
        JournalFailure failure = JournalFailure.damagedAt(
                file.toString(),
                0,
                -1,
                file + " is damaged: " + why + "; put it back from a backup, for it says where older files are");
        failure.addSuppressed(cause);
        return failure;
    }

    String toText(Path log) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        for (Path place : places) {
            text.append("at ").append(encode(log, place)).append('\n');
        }
        if (!pruned.equals(Mark.START)) {
            text.append("pruned ").append(pruned.sequence()).append(' ');
            text.append(pruned.timestampNs())
                    .append(' ')
                    .append(pruned.hashHex())
                    .append('\n');
        }
        return text.append(checksumLine(text.toString())).toString();
    }

    /**
     * Replaces the note of a log by what is made of it. Whoever moves files and whoever prunes them may do so at the same
     * time, in two processes: each sees what the other has written.
     *
     * @throws JournalFailure LOCKED when somebody else has been at it for very long, DEVICE
     */
    static void change(Path log, Device device, UnaryOperator<ArchiveNote> change) {
        Path lock = log.resolve(LOCK_NAME);
        try (FileChannel channel = Device.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            awaitLock(channel, lock);
            device.replace(log.resolve(NAME), change.apply(read(log)).toText(log));
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot lock " + lock + ": " + refused, refused);
        }
    }

    private static void awaitLock(FileChannel channel, Path lock) throws IOException {
        long beganNs = System.nanoTime();
        while (!isLocked(channel)) {
            if (System.nanoTime() - beganNs > LOCK_LIMIT_NS) {
                throw new JournalFailure(Kind.LOCKED, "another process is changing what " + lock + " guards");
            }
            LockSupport.parkNanos(LOCK_POLL_NS);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldHere) {
            return false;
        }
    }

    private static ArchiveNote parse(Path log, String text) {
        int checksumAt = text.lastIndexOf(CHECKSUM);
        if (checksumAt < 0 || !text.substring(checksumAt).equals(checksumLine(text.substring(0, checksumAt)))) {
            throw new IllegalArgumentException("its checksum differs");
        }
        String[] lines = text.substring(0, checksumAt).split("\n");
        if (!lines[0].equals(FIRST_LINE)) {
            throw new IllegalArgumentException("it begins with: " + lines[0]);
        }
        List<Path> places = new ArrayList<>();
        Mark pruned = Mark.START;
        for (int i = 1; i < lines.length; i++) {
            String[] word = lines[i].split(" ");
            if (word[0].equals("at")) {
                places.add(log.resolve(URLDecoder.decode(word[1], UTF_8)).normalize());
            } else {
                pruned = new Mark(Long.parseLong(word[1]), Long.parseLong(word[2]), word[3]);
            }
        }
        return new ArchiveNote(places, pruned);
    }

    private static String encode(Path log, Path place) {
        Path written = place.startsWith(log.getParent()) ? log.relativize(place) : place;
        return URLEncoder.encode(written.toString(), UTF_8).replace("%2F", "/");
    }

    /** The same with this place as the one in use. */
    ArchiveNote using(Path place) {
        List<Path> more = new ArrayList<>(places);
        more.remove(place);
        more.add(0, place);
        return new ArchiveNote(more, pruned);
    }

    ArchiveNote prunedTo(Mark mark) {
        return new ArchiveNote(places, mark);
    }

    /** Whether a file that ends there has been taken away. */
    boolean isPruned(Mark endOfFile) {
        return endOfFile != null && endOfFile.sequence() <= pruned.sequence();
    }

    private static String checksumLine(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(US_ASCII));
        return String.format(Locale.ROOT, CHECKSUM + "%08x\n", (int) crc.getValue());
    }
}
