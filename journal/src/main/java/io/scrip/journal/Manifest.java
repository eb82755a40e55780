package io.scrip.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * What a log consists of: its generations in order and the files of each. Immutable; {@link #toText()} is the content
 * of the file {@code manifest}, which ends with a checksum of the lines above it.
 *
 * <pre>
 * scrip-journal 1
 * generation 1 epoch 5b1c8a04 after 0 0 0000…
 * file 19700101-00LS.cq4 after 0 0 0000…
 * file 19700101-01LS.cq4 after 8123456 1790000000000000000 93ab…
 * end 9000000 1790000100000000000 77fe…
 * generation 2 epoch 00c0ffee after 9000000 1790000100000000000 77fe…
 * file 19700101-00LS.cq4 after 9000000 1790000100000000000 77fe…
 * crc32c 0d4a1b2c
 * </pre>
 *
 * <p>{@code after} is the mark (sequence, time, hash) before the first record of a generation or file; {@code end} is
 * the mark of the generation's last one. Only the last generation may be without an end: it is being written, or its
 * process was killed. {@code end … cut} says that the process did not end it itself and that something lies behind that
 * mark which is not part of the log; otherwise there is nothing.
 */
record Manifest(String kind, List<Generation> generations) {
    static final String NAME = "manifest";
    static final String KIND_JOURNAL = "scrip-journal";
    static final String KIND_EVENTS = "scrip-events";
    static final int VERSION = 1;
    private static final String CHECKSUM = "crc32c ";

    private static final String CUT = " cut";

    /** What one process wrote. {@code end} is null while it is open; {@code cut}: there is something behind it. */
    record Generation(int number, int epoch, Mark after, List<DataFile> files, Mark end, boolean cut) {
        Generation {
            files = List.copyOf(files);
        }

        String folderName() {
            return folderName(number);
        }

        static String folderName(int number) {
            return String.format(Locale.ROOT, "generation-%06d", number);
        }

        /** Nothing written yet. */
        static Generation begun(int number, int epoch, Mark after) {
            return new Generation(number, epoch, after, List.of(), null, false);
        }

        Generation endedAt(Mark mark, List<DataFile> found) {
            return new Generation(number, epoch, after, found, mark, false);
        }

        Generation cutAt(Mark mark, List<DataFile> found) {
            return new Generation(number, epoch, after, found, mark, true);
        }

        /** Where a file ends, the first one being 0; null for one that may still grow. */
        Mark endOf(int file) {
            return file + 1 < files.size() ? files.get(file + 1).after() : end;
        }

        Generation withFile(DataFile file) {
            List<DataFile> more = new ArrayList<>(files);
            more.add(file);
            return with(more);
        }

        Generation with(List<DataFile> found) {
            return new Generation(number, epoch, after, found, end, cut);
        }
    }

    /** A file and where the log stood before its first record. */
    record DataFile(String name, Mark after) {}

    Manifest {
        generations = List.copyOf(generations);
    }

    static Manifest empty(String kind) {
        return new Manifest(kind, List.of());
    }

    /** The last generation, null when there is none. */
    Generation last() {
        return generations.isEmpty() ? null : generations.get(generations.size() - 1);
    }

    Manifest withLast(Generation changed) {
        List<Generation> list = new ArrayList<>(generations);
        list.set(list.size() - 1, changed);
        return new Manifest(kind, list);
    }

    Manifest with(Generation added) {
        List<Generation> list = new ArrayList<>(generations);
        list.add(added);
        return new Manifest(kind, list);
    }

    /** The last record that is listed; what was written after it is found by reading. */
    long listedEnd() {
        Generation last = last();
        if (last == null) {
            return 0;
        }
        if (last.end() != null) {
            return last.end().sequence();
        }
        List<DataFile> listed = last.files();
        return listed.isEmpty()
                ? last.after().sequence()
                : listed.get(listed.size() - 1).after().sequence();
    }

    int fileCount() {
        return generations.stream().mapToInt(g -> g.files().size()).sum();
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(kind).append(' ').append(VERSION).append('\n');
        for (Generation generation : generations) {
            text.append(String.format(
                    Locale.ROOT, "generation %d epoch %08x after ", generation.number(), generation.epoch()));
            append(text, generation.after());
            for (DataFile file : generation.files()) {
                text.append("file ").append(file.name()).append(" after ");
                append(text, file.after());
            }
            if (generation.end() != null) {
                text.append("end ");
                append(text, generation.end());
                if (generation.cut()) {
                    text.insert(text.length() - 1, CUT);
                }
            }
        }
        return text.append(checksumLine(text.toString())).toString();
    }

    private static void append(StringBuilder text, Mark mark) {
        text.append(mark.sequence()).append(' ').append(mark.timestampNs()).append(' ');
        text.append(mark.hashHex()).append('\n');
    }

    /**
     * Reads {@link #toText()} back.
     *
     * @throws IllegalArgumentException for anything that {@code toText} would not have written
     */
    static Manifest parse(String kind, String text) {
        int checksumAt = text.lastIndexOf(CHECKSUM);
        if (checksumAt < 0 || !text.substring(checksumAt).equals(checksumLine(text.substring(0, checksumAt)))) {
            throw new IllegalArgumentException("its checksum differs");
        }
        String[] lines = text.substring(0, checksumAt).split("\n");
        if (!lines[0].equals(kind + " " + VERSION)) {
            throw new IllegalArgumentException("it begins with: " + lines[0]);
        }
        Manifest manifest = empty(kind);
        for (int i = 1; i < lines.length; i++) {
            String[] word = lines[i].split(" ");
            if (word[0].equals("generation")) {
                int epoch = Integer.parseUnsignedInt(word[3], 16);
                manifest = manifest.with(Generation.begun(Integer.parseInt(word[1]), epoch, mark(word, 5)));
            } else if (word[0].equals("file")) {
                manifest = manifest.withLast(manifest.last().withFile(new DataFile(word[1], mark(word, 3))));
            } else {
                Generation last = manifest.last();
                Mark end = mark(word, 1);
                manifest = manifest.withLast(
                        lines[i].endsWith(CUT) ? last.cutAt(end, last.files()) : last.endedAt(end, last.files()));
            }
        }
        return manifest;
    }

    /**
     * Whether a text was a manifest and is no more, its first line perhaps, and not one of a kind or version that this
     * program does not know.
     */
    static boolean isDamaged(String text) {
        int checksumAt = text.lastIndexOf(CHECKSUM);
        return checksumAt >= 0
                ? !text.substring(checksumAt).equals(checksumLine(text.substring(0, checksumAt)))
                : !text.matches("(?s)scrip-[a-z]+ [0-9]+\n.*");
    }

    private static Mark mark(String[] word, int at) {
        return new Mark(Long.parseLong(word[at]), Long.parseLong(word[at + 1]), word[at + 2]);
    }

    private static String checksumLine(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(US_ASCII));
        return String.format(Locale.ROOT, CHECKSUM + "%08x\n", (int) crc.getValue());
    }
}
