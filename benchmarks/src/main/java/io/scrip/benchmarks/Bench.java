package io.scrip.benchmarks;

import java.io.IOException;
import java.util.List;

/**
 * One subject of {@code scrip bench}: measures end to end, ceilings interleaved with what they bound, and leaves nothing
 * behind. Run by one thread, alone on the machine.
 */
public interface Bench {
    /** One lower-case word, the argument of {@code scrip bench}. */
    String name();

    /** What it measures, and for which targets, in a few words for the list. */
    String about();

    /** Whether {@code scrip bench all} measures it, too; what takes long or judges nothing must be asked for by name. */
    default boolean isInAll() {
        return true;
    }

    /**
     * Measures. What the machine cannot do (a program that is missing, no root) is a {@link Figure#skipped}, never an
     * exception.
     *
     * @throws IOException when it cannot run at all; the message says why in one line
     */
    List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException;
}
