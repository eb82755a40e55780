package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On clocks of its own. */
class PaceTest {
    private static final long BURST_NS = 200_000;

    private final Clocks clocks = new Clocks();
    private final Pace pace = new Pace(clocks);

    private static final class Clocks implements Pace.Times {
        private long nowNs = 1_000;
        private long cpuNs = 77;
        private final List<Long> rests = new ArrayList<>();

        @Override
        public long nowNs() {
            return nowNs;
        }

        @Override
        public long cpuNs() {
            return cpuNs;
        }

        @Override
        public void park(long ns) {
            rests.add(ns);
            nowNs += ns;
        }

        /** Some work, of which the processor is had for a part. */
        private void work(long ns, long ofItCpuNs) {
            nowNs += ns;
            cpuNs += ofItCpuNs;
        }

        private long lastRest() {
            return rests.get(rests.size() - 1);
        }
    }

    @Test
    void thereIsNoRestBeforeABurstIsOver() {
        pace.begin();
        for (int i = 0; i < 3; i++) {
            clocks.work(60_000, 60_000);
            pace.step();
        }
        assertTrue(clocks.rests.isEmpty());
        clocks.work(60_000, 60_000);
        pace.step();
        assertEquals(List.of(240_000L), clocks.rests);
        pace.step();
        assertEquals(1, clocks.rests.size(), "the next burst has begun behind the rest");
    }

    @Test
    void aMachineWithCoresToSpareIsRestedOnAsLongAsWorked() {
        pace.begin();
        for (int i = 0; i < 100; i++) {
            clocks.work(BURST_NS, BURST_NS - 10_000);
            pace.step();
            assertEquals(BURST_NS, clocks.lastRest());
        }
        assertFalse(pace.isCrowded());
    }

    @Test
    void whoIsKeptFromTheProcessorRestsLonger() {
        pace.begin();
        clocks.work(BURST_NS, BURST_NS / 2);
        pace.step();
        assertFalse(pace.isCrowded(), "once is chance");
        for (int i = 0; i < 20; i++) {
            clocks.work(BURST_NS, BURST_NS / 2);
            pace.step();
        }
        assertTrue(pace.isCrowded());
        assertEquals(6 * BURST_NS, clocks.lastRest());
        for (int i = 0; i < 20; i++) {
            clocks.work(BURST_NS, BURST_NS);
            pace.step();
        }
        assertFalse(pace.isCrowded(), "and catches up when it has the processor again");
        assertEquals(BURST_NS, clocks.lastRest());
    }

    @Test
    void noRestIsEverLong() {
        pace.begin();
        clocks.work(60_000_000_000L, 0);
        pace.step();
        assertEquals(250_000_000, clocks.lastRest());
    }

    @Test
    void aRestThatIsAskedForIsForWhatWasDone() {
        pace.begin();
        pace.rest();
        assertTrue(clocks.rests.isEmpty(), "nothing was");
        clocks.work(500, 500);
        pace.rest();
        assertEquals(500, clocks.lastRest());
    }
}
