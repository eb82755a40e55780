package io.scrip.journal;

import java.util.List;

/**
 * What is known of an event log before it is opened, so that less of it need be read to open it.
 *
 * @param forced      events that somebody has forced with everything before them
 *     ({@link ChronicleEventLog#force}), the newest first: the first whose record is there and good is where reading begins
 * @param allCompared whoever opens it compares every event before anybody is served, as a replay from the first command
 *     does: only its end is looked for
 */
public record KnownEvents(List<Long> forced, boolean allCompared) {
    /** Everything is read. */
    public static final KnownEvents NONE = new KnownEvents(List.of(), false);

    public KnownEvents {
        forced = List.copyOf(forced);
    }

    /** Of these events, all were forced when it was so of the newest. */
    public static KnownEvents forced(List<Long> newestFirst) {
        return new KnownEvents(newestFirst, false);
    }
}
