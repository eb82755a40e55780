package io.scrip.snapshotter;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A snapshot that has got its name, which it gets only when it is whole.
 *
 * @param path      {@code snapshot-<sequence, 19 digits>.scrip}
 * @param sequence  of the last command in it
 * @param sizeBytes of the file
 */
public record SnapshotFile(Path path, long sequence, long sizeBytes) {
    static final String DRAFT_SUFFIX = ".tmp";
    private static final Pattern NAME = Pattern.compile("snapshot-([0-9]{19})\\.scrip");
    private static final Pattern BASE_NAME = Pattern.compile("base-([0-9]{19})\\.scrip");

    static String nameOf(long sequence) {
        return String.format(Locale.ROOT, "snapshot-%019d.scrip", sequence);
    }

    static String baseNameOf(long sequence) {
        return String.format(Locale.ROOT, "base-%019d.scrip", sequence);
    }

    /** The sequence in the name of a base, -1 when it is no such name. */
    static long baseSequenceIn(String name) {
        Matcher matcher = BASE_NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** The sequence in a file's name, -1 when it is no snapshot's name. */
    static long sequenceIn(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
