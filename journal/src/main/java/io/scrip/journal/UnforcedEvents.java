package io.scrip.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Events that are being made again and are not on the device yet, and the file {@code unforced} in the event log's folder
 * that says so, {@code from 1234}. Snapshots were made when those events were on the device, and say that; a power cut
 * while they are made again would leave holes before a record that is good. As long as the file is there, nobody is
 * believed about that event and those behind it, and all of them are read.
 *
 * <p>It is durable before the first of the events is written, and goes after the last has been forced. It also appears
 * when the device has refused to force them. Whoever finds it writes the pages once more before they are forced. One
 * thread.
 */
final class UnforcedEvents {
    static final String NAME = "unforced";

    private static final long NONE = Long.MAX_VALUE;
    private static final String FIRST_WORD = "from ";

    private final Path log;
    private long from;

    private UnforcedEvents(Path log, long from) {
        this.log = log;
        this.from = from;
    }

    /** What the folder says; all events when that cannot be understood. */
    static UnforcedEvents of(Path log) {
        Path file = log.resolve(NAME);
        if (!Files.exists(file)) {
            return new UnforcedEvents(log, NONE);
        }
        try {
            String text = Files.readString(file, ISO_8859_1);
            boolean understood = text.matches(FIRST_WORD + "[1-9][0-9]{0,17}\n");
            long from = understood
                    ? Long.parseLong(text.substring(FIRST_WORD.length()).strip())
                    : 1;
            return new UnforcedEvents(log, from);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + file + ": " + refused, refused);
        }
    }

    boolean isKnownToBeThere(long eventSequence) {
        return eventSequence < from;
    }

    /** Of what is said to be known, what is; with events that are not on the device, nothing else is believed. */
    KnownEvents believed(KnownEvents known) {
        return new KnownEvents(
                known.forced().stream().filter(this::isKnownToBeThere).toList(), known.allCompared() && from == NONE);
    }

    /** From this event on. */
    void begin(long fromEventSequence) {
        if (fromEventSequence < from) {
            from = fromEventSequence;
            Device.REAL.replace(log.resolve(NAME), FIRST_WORD + from + "\n");
        }
    }

    /** A device may have refused these pages once already, and would say nothing when they are only forced again. */
    void rewrite(EventFile[] files) {
        for (EventFile file : files) {
            if (file.lastSequence() >= Math.max(from, file.firstSequence())) {
                Device.REAL.rewrite(file.path(), 0, file.writtenBytes());
            }
        }
    }

    /** All of them have been made: forces them. */
    void end(LogFolder folder, Manifest manifest, long lastEventSequence) {
        if (from != NONE) {
            EventPlace.force(folder, manifest, from - 1, lastEventSequence);
            FileMove.of(Device.REAL).remove(log.resolve(NAME));
            from = NONE;
        }
    }

    /** Goes with a copy of the log. */
    void copyTo(Path copy) {
        try {
            Files.createDirectories(copy);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot make " + copy + ": " + refused, refused);
        }
        new UnforcedEvents(copy, NONE).begin(from);
    }
}
