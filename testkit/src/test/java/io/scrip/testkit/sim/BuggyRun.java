package io.scrip.testkit.sim;

import java.util.function.LongFunction;

/** Runs a seed in whatever product its class loader holds; the JDK's interface is all that both sides know. */
public final class BuggyRun implements LongFunction<String> {
    /** A number of its own for each bug that needs more is not worth the trouble. */
    static final int OPERATIONS = 4_000;

    /** The check that failed and why, empty when none did. */
    @Override
    public String apply(long seed) {
        Simulator.Result result = Simulator.run(seed, OPERATIONS);
        return result.passed() ? "" : result.broken() + ": " + result.what();
    }
}
