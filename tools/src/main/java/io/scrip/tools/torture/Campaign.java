package io.scrip.tools.torture;

import java.io.IOException;

/** One line of the fault catalogue: a way to hurt a ledger, and how often. Stateless. */
interface Campaign {
    /** Its name in the catalogue of {@code docs/reliability.md}, such as {@code T3}. */
    String id();

    /** What is done, in a few words. */
    String title();

    int ciInjuries();

    int releaseInjuries();

    /** What this machine lacks for it, {@code null} when nothing. */
    String missing();

    /** Whether it breaks a promise on purpose, so that the oracle must find violations. */
    default boolean mustFind() {
        return false;
    }

    /** Hurts that often and writes everything that is wrong into the bench's findings. */
    void run(Bench bench, int injuries) throws IOException, InterruptedException;
}
