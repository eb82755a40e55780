package io.scrip.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator bites: each of these mistakes in the product is found within a few seeds. */
class SeededBugsTest {
    private static final int MOST_SEEDS = 24;
    private static final int LINE = 160;

    static SeededBug[] bugs() {
        return SeededBug.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void theSimulatorFinds(SeededBug bug) throws ReflectiveOperationException {
        LongFunction<String> run = in(new BuggyLoader(bug));
        String found = "";
        long seed = 0;
        while (found.isEmpty() && seed < MOST_SEEDS) {
            seed++;
            found = run.apply(seed);
        }
        String line = found.lines().findFirst().orElse("");
        System.out.println(
                "found in seed " + seed + ": " + bug + " — " + line.substring(0, Math.min(LINE, line.length())));
        assertFalse(found.isEmpty(), bug + " was not found in " + MOST_SEEDS + " seeds");
    }

    @Test
    void theSameSeedsFindNothingInTheSoundProduct() {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            assertEquals("", new BuggyRun().apply(seed), "seed " + seed);
        }
    }

    @SuppressWarnings("unchecked")
    private static LongFunction<String> in(ClassLoader loader) throws ReflectiveOperationException {
        return (LongFunction<String>) loader.loadClass(BuggyRun.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
