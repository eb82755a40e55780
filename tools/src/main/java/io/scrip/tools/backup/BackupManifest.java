package io.scrip.tools.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * What a backup consists of: the content of its file {@code backup}, which is written when all else is in place.
 *
 * <pre>
 * scrip-backup 1
 * made 2026-11-21T06:33:52.000000000Z
 * journal 9000000 1790000100000000000 77fe…
 * file journal/generation-000001/19700101-00LS.cq4 1048576 9f86d0…
 * file journal/manifest 412 2c26b4…
 * crc32c 0d4a1b2c
 * </pre>
 *
 * @param lastSequence    of the journal in it
 * @param lastTimestampNs of that record
 * @param chainHash       of all records
 */
record BackupManifest(String made, long lastSequence, long lastTimestampNs, String chainHash, List<Entry> files) {
    static final String NAME = "backup";

    private static final String FIRST_LINE = "scrip-backup 1";
    private static final String FAMILY = "scrip-backup ";

    /** @param name relative to the backup, with slashes */
    record Entry(String name, long lengthBytes, String sha256) {}

    BackupManifest {
        files = List.copyOf(files);
    }

    String toText() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append("made ").append(made).append('\n');
        text.append("journal ")
                .append(lastSequence)
                .append(' ')
                .append(lastTimestampNs)
                .append(' ');
        text.append(chainHash).append('\n');
        for (Entry file : files) {
            text.append("file ")
                    .append(file.name())
                    .append(' ')
                    .append(file.lengthBytes())
                    .append(' ');
            text.append(file.sha256()).append('\n');
        }
        return text.append(checksumLine(text.toString())).toString();
    }

    /** Reads the manifest of a backup, or refuses with what is wrong with it. */
    static BackupManifest read(Path backup) {
        Path file = backup.resolve(NAME);
        if (!Files.exists(file)) {
            throw new Refusal(
                    ExitCode.USAGE, backup + " is no complete backup: it has no file '" + NAME + "'; choose another");
        }
        String text;
        try {
            text = Files.readString(file, US_ASCII);
        } catch (CharacterCodingException notText) {
            throw new Refusal(ExitCode.FAILED, file + " is damaged (it is no text); use another backup", notText);
        } catch (IOException refused) {
            throw new Refusal(ExitCode.DISK, "cannot read " + file + ": " + refused, refused);
        }
        if (text.startsWith(FAMILY) && !text.startsWith(FIRST_LINE + "\n")) {
            String first = text.lines().findFirst().orElse("");
            throw new Refusal(ExitCode.UNSUPPORTED_VERSION, file + " is of a newer version: " + first);
        }
        try {
            return parse(text);
        } catch (RuntimeException notWrittenByUs) {
            throw new Refusal(
                    ExitCode.FAILED,
                    file + " is damaged (" + notWrittenByUs.getMessage() + "); use another backup",
                    notWrittenByUs);
        }
    }

    private static BackupManifest parse(String text) {
        int checksumAt = text.lastIndexOf("crc32c ");
        if (checksumAt < 0 || !text.substring(checksumAt).equals(checksumLine(text.substring(0, checksumAt)))) {
            throw new IllegalArgumentException("its checksum differs");
        }
        String[] lines = text.substring(0, checksumAt).split("\n");
        String[] journal = lines[2].split(" ");
        List<Entry> files = new ArrayList<>();
        for (int i = 3; i < lines.length; i++) {
            String[] word = lines[i].split(" ");
            files.add(new Entry(word[1], Long.parseLong(word[2]), word[3]));
        }
        return new BackupManifest(
                lines[1].substring("made ".length()),
                Long.parseLong(journal[1]),
                Long.parseLong(journal[2]),
                journal[3],
                files);
    }

    private static String checksumLine(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(US_ASCII));
        return String.format(Locale.ROOT, "crc32c %08x\n", (int) crc.getValue());
    }
}
