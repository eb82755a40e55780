package io.scrip.testkit.sim;

/**
 * Decides when the simulated process dies. Whatever it does to the world outside (a write, a force, a rename, a reply)
 * goes by here, one point each, so a crash can come between any two of them. One thread.
 */
final class Fate {
    /** The process is no more: thrown through all of its code, which then does nothing to the disk any more. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death(String where) {
            super(where, null, false, false);
        }
    }

    private final Trace trace;
    private long points;
    private long deathAt = Long.MAX_VALUE;
    private boolean dead;
    private String lastWords = "";

    Fate(Trace trace) {
        this.trace = trace;
    }

    /** The process will die at the point that comes this many points from now. */
    void dieIn(long pointsFromNow) {
        deathAt = points + pointsFromNow;
    }

    void live() {
        dead = false;
        deathAt = Long.MAX_VALUE;
    }

    /** Whether the process has died and not been started again. */
    boolean isDead() {
        return dead;
    }

    /** Where it died last. */
    String lastWords() {
        return lastWords;
    }

    /** Ends the process here, or lets it go on. */
    void point(String where) {
        if (dead) {
            throw new Death(lastWords);
        }
        points++;
        if (points >= deathAt) {
            die(where);
        }
    }

    /** Ends the process in any case. */
    void die(String where) {
        dead = true;
        lastWords = where;
        trace.note(points);
        throw new Death(where);
    }

    /** Ends it from outside, between two of its steps. */
    void kill() {
        dead = true;
        lastWords = "between two batches";
        trace.note(points);
    }
}
