package io.scrip.tools.damage;

import io.scrip.engine.JournalFailure;

/**
 * What opening and reading showed.
 *
 * @param refusal      why it was refused, null when it was not
 * @param lastSequence the last record that was there, when it was not refused
 * @param wrong        what was read and is not what was written; null when nothing
 */
record Seen(JournalFailure refusal, long lastSequence, String wrong) {

    static Seen refused(JournalFailure refusal) {
        return new Seen(refusal, 0, null);
    }

    /** Whether the operator is told which file it is about. */
    boolean names(String file) {
        return refusal != null && refusal.getMessage().contains(file);
    }

    @Override
    public String toString() {
        if (wrong != null) {
            return wrong;
        }
        return refusal == null ? "opened, up to " + lastSequence : "refused: " + refusal.getMessage();
    }
}
