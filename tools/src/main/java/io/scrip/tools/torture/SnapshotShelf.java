package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The folder of a ledger's snapshots, looked at while no server runs, with code of its own that knows the format from
 * {@code docs/snapshots.md} alone. What has a snapshot's name is whole, whenever the process that made it died; and once
 * there were two that are whole, there are never less. Belongs to one thread.
 */
final class SnapshotShelf {
    private static final String PREFIX = "snapshot-";
    private static final String SUFFIX = ".scrip";
    private static final int HEADER_BYTES = 192;
    private static final int FRAME_BYTES = 8;
    private static final int FOOTER_BYTES = 16;
    private static final int KEPT = 2;

    private final Path folder;
    private final Set<String> spoilt = new HashSet<>();
    private int whole;

    SnapshotShelf(Path data) {
        folder = data.resolve("snapshots");
    }

    /** Files with a snapshot's name, the newest first. */
    List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(SnapshotShelf::isNamed)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static boolean isNamed(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /** Takes a file out of account whose content the test has changed. */
    void spoilt(Path file) {
        spoilt.add(file.getFileName().toString());
        whole = 0;
    }

    boolean isSpoilt(String path) {
        return spoilt.stream().anyMatch(path::endsWith);
    }

    /** What is wrong with the folder, now that nobody writes into it. */
    List<String> inspect() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Path file : newestFirst()) {
            if (isSpoilt(file.toString())) {
                continue;
            }
            String broken = whyBroken(Files.readAllBytes(file));
            if (broken == null) {
                count++;
            } else {
                wrong.add("a snapshot has its name and is not whole: " + file.getFileName() + ": " + broken);
                // Said once.
                spoilt.add(file.getFileName().toString());
            }
        }
        if (count < Math.min(KEPT, whole)) {
            wrong.add("there were " + whole + " whole snapshots, and now there are " + count);
        }
        whole = count;
        return wrong;
    }

    /** {@code null} when a file's bytes are a whole snapshot. */
    static String whyBroken(byte[] content) {
        if (content.length < HEADER_BYTES + FOOTER_BYTES) {
            return "only " + content.length + " bytes";
        }
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int footer = content.length - FOOTER_BYTES;
        CRC32C crc = new CRC32C();
        crc.update(content, 0, footer);
        if (bytes.getInt(footer) != 0 || bytes.getInt(footer + 4) != (int) crc.getValue()) {
            return "no end of " + content.length + " bytes";
        }
        long records = 0;
        int at = HEADER_BYTES;
        while (at < footer) {
            at += FRAME_BYTES + bytes.getInt(at);
            records++;
        }
        return at == footer && records == bytes.getLong(footer + 8) ? null : records + " records to byte " + at;
    }
}
