package io.scrip.tools.torture;

import java.io.IOException;

/** One line of the fault catalogue: a way to hurt a ledger, and how often. Stateless. */
interface Campaign {
    Line line();

    /** What this machine lacks for it, {@code null} when nothing. */
    String missing();

    /** Hurts that often and writes everything that is wrong into the bench's findings. */
    void run(Bench bench, int injuries) throws IOException, InterruptedException;
}
