package io.scrip.gateway.history;

/**
 * A moment of the ledger's past, both bounds inclusive.
 *
 * @param timeNs   nanoseconds since 1970 UTC; {@link Long#MAX_VALUE} when the moment is given as a sequence
 * @param sequence of a command; {@link Long#MAX_VALUE} when the moment is given as a time
 */
public record Moment(long timeNs, long sequence) {

    public Moment {
        if (timeNs < 0 || sequence < 0 || (timeNs == Long.MAX_VALUE) == (sequence == Long.MAX_VALUE)) {
            throw new IllegalArgumentException("a moment is either a time or a sequence");
        }
    }

    public static Moment ofTime(long ns) {
        return new Moment(ns, Long.MAX_VALUE);
    }

    public static Moment ofSequence(long commandSequence) {
        return new Moment(Long.MAX_VALUE, commandSequence);
    }

    public boolean isTime() {
        return sequence == Long.MAX_VALUE;
    }

    /** Whether what that command did had happened by this moment. */
    boolean includes(long commandSequence, long timestampNs) {
        return commandSequence <= sequence && timestampNs <= timeNs;
    }
}
