package io.scrip.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.scrip.protocol.Outcome;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same commands through the core and through the model: every reply, every event, every balance is the same. */
class ModelComparisonTest {
    private static final int SEEDS = Integer.getInteger("scrip.comparison.seeds", 60);
    private static final long FIRST_SEED = Long.getLong("scrip.comparison.seed", 1);
    private static final int OPERATIONS = Integer.getInteger("scrip.comparison.operations", 3_000);

    /** What only a full wallet or a full table of tokens gives, what no operation gives yet, and what no reply may hold. */
    private static final Set<Outcome> UNREACHED = EnumSet.of(
            Outcome.NULL_VAL,
            Outcome.SBE_UNKNOWN,
            Outcome.TOO_MANY_ACCOUNTS,
            Outcome.TOO_MANY_TOKENS,
            Outcome.UNKNOWN_TRANSFER);

    @Test
    void coreAndModelAgreeOnEverything() {
        Set<Outcome> missing = EnumSet.allOf(Outcome.class);
        missing.removeAll(UNREACHED);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                missing.removeAll(new Comparison(seed).run(OPERATIONS).keySet());
            } catch (Mismatch difference) {
                fail(
                        difference.getMessage()
                                + "\nreplay it: mvn -B -Pfast -pl testkit -am test -Dtest=ModelComparisonTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dscrip.comparison.seeds=1"
                                + " -Dscrip.comparison.operations=" + OPERATIONS + " -Dscrip.comparison.seed=" + seed,
                        difference);
            }
        }
        if (SEEDS >= 60) {
            assertEquals(EnumSet.noneOf(Outcome.class), missing, "outcomes that no seed brought up");
        }
    }
}
