package io.scrip.engine;

/** An event was asked for that an operator has had taken away for good. Nothing is wrong with what is left. */
public final class PrunedHistory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long eventSequence;
    private final long firstEventSequence;

    /**
     * @param eventSequence      that was asked for
     * @param firstEventSequence that is still there
     */
    public PrunedHistory(long eventSequence, long firstEventSequence) {
        super("event " + eventSequence + " has been pruned; the first that is kept is " + firstEventSequence);
        this.eventSequence = eventSequence;
        this.firstEventSequence = firstEventSequence;
    }

    public long eventSequence() {
        return eventSequence;
    }

    public long firstEventSequence() {
        return firstEventSequence;
    }
}
