package io.scrip.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final int SEEDS = Integer.getInteger("scrip.simulator.seeds", 40);
    private static final int OPERATIONS = Integer.getInteger("scrip.simulator.operations", 5_000);
    private static final long FIRST_SEED = Long.getLong("scrip.simulator.seed", 1_000);

    @Test
    void nothingThatMustNotHappenHappens() {
        RunReport all = RunReport.NONE;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Simulator.Result result = Simulator.run(seed, OPERATIONS);
            assertTrue(
                    result.passed(),
                    () -> result.broken() + ": " + result.what() + "\nreplay it: ./scrip simulate --seeds 1 --seed "
                            + result.seed() + " --ops " + OPERATIONS);
            all = all.plus(result.report());
        }
        if (SEEDS >= 40) {
            requireThatAllOfItWasTried(all);
        }
    }

    /** A simulation without faults finds nothing either. */
    private static void requireThatAllOfItWasTried(RunReport all) {
        assertTrue(all.commands() > SEEDS * OPERATIONS / 3, "commands: " + all.commands());
        assertTrue(all.crashes() > SEEDS, "crashes: " + all.crashes());
        assertTrue(all.powerCuts() > SEEDS / 4, "power cuts: " + all.powerCuts());
        assertTrue(all.crashesInRecovery() > SEEDS / 8, "crashes in recovery: " + all.crashesInRecovery());
        assertTrue(all.stops() > SEEDS, "orderly stops: " + all.stops());
        assertTrue(all.refusedForces() > SEEDS / 8, "refused forces: " + all.refusedForces());
        assertTrue(all.fullDisks() > SEEDS / 8, "full disks: " + all.fullDisks());
        assertTrue(all.lostEventLogs() > 0, "lost event logs: " + all.lostEventLogs());
        assertTrue(all.snapshots() > SEEDS, "snapshots: " + all.snapshots());
        assertTrue(all.damageProbes() > SEEDS / 4, "damage probes: " + all.damageProbes());
    }

    @Test
    void aSeedGivesTheSameRunBitByBit() {
        Simulator.Result first = Simulator.run(7, 3_000);
        Simulator.Result second = Simulator.run(7, 3_000);
        assertEquals(first, second);
        assertNotEquals(
                first.report().traceHash(),
                Simulator.run(8, 3_000).report().traceHash(),
                "another seed is another run");
    }
}
