package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private static final long MS = 1_000_000;

    @Test
    void requestsOfAnOpenLoopAreDueAtFixedMoments() {
        Pacer pacer = Pacer.open(5_000, 1_000);
        assertEquals(5_000, pacer.nextDueNs(0));
        assertEquals(5_000, pacer.take(9_000));
        assertEquals(5_000 + MS, pacer.nextDueNs(9_000));
        // Late: the moments do not move.
        assertEquals(5_000 + MS, pacer.take(5_000 + 100 * MS));
        assertEquals(5_000 + 2 * MS, pacer.take(5_000 + 100 * MS));
    }

    @Test
    void scheduleDoesNotDrift() {
        Pacer pacer = Pacer.open(0, 3);
        long last = 0;
        for (int i = 0; i <= 3_000; i++) {
            last = pacer.take(Long.MAX_VALUE);
        }
        assertEquals(1_000_000_000_000L, last);
    }

    @Test
    void requestIsNotTakenBeforeItIsDue() {
        Pacer pacer = Pacer.open(1_000, 1);
        assertThrows(IllegalStateException.class, () -> pacer.take(999));
        assertThrows(IllegalArgumentException.class, () -> Pacer.open(0, 0));
    }

    @Test
    void requestOfAClosedLoopCountsFromWhenItIsSent() {
        Pacer pacer = Pacer.closed();
        assertEquals(77, pacer.nextDueNs(77));
        assertEquals(78, pacer.take(78));
    }

    /**
     * A server on a clock of our own that answers in half a millisecond, but stands still for a second of ten. Requests
     * are due every millisecond: a thousand are kept from being sent, and while they are made up for another thousand
     * come late, so a fifth of all latencies are evenly from nothing to a second. A closed loop hides them.
     */
    @Test
    void stalledServerShowsInTheLatenciesOfAnOpenLoopOnly() {
        Histogram open = simulate(Pacer.open(0, 1_000));
        Histogram closed = simulate(Pacer.closed());
        assertTrue(closed.getValueAtPercentile(99) < 2 * MS, "closed p99 " + closed.getValueAtPercentile(99));
        assertTrue(Math.abs(500 * MS - open.getValueAtPercentile(90)) < 10 * MS);
        assertTrue(Math.abs(950 * MS - open.getValueAtPercentile(99)) < 10 * MS);
        assertTrue(Math.abs(1_000 * MS - open.getMaxValue()) < 10 * MS);
    }

    private static Histogram simulate(Pacer pacer) {
        long answerNs = MS / 2;
        long stallFromNs = 5_000 * MS;
        long stallToNs = 6_000 * MS;
        long endNs = 10_000 * MS;
        Histogram latencies = Meter.newHistogram();
        long nowNs = 0;
        while (nowNs < endNs) {
            nowNs = Math.max(nowNs, pacer.nextDueNs(nowNs));
            long dueNs = pacer.take(nowNs);
            boolean stalls = nowNs >= stallFromNs && nowNs < stallToNs;
            nowNs = (stalls ? stallToNs : nowNs) + answerNs;
            latencies.recordValue(nowNs - dueNs);
        }
        return latencies;
    }
}
