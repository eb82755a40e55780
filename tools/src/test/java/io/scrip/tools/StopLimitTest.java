package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a server that was told to stop ends all the same. */
class StopLimitTest {
    private final List<String> events = new ArrayList<>();
    private long nowNs = 17;
    private final StopLimit limit =
            new StopLimit(() -> nowNs, () -> events.add("complaint"), code -> events.add("halt " + code));

    @Test
    void workThatIsStuckIsWaitedForFiveSecondsAndNotOneMore() {
        nowNs += StopLimit.WORK_LIMIT_NS - 1;
        assertFalse(limit.look());
        assertEquals(List.of(), events);
        nowNs++;
        assertTrue(limit.look());
        assertEquals(List.of("complaint", "halt 13"), events);
    }

    @Test
    void clientsThatDoNotReadAreCutOffAndThatIsAnOrderlyEnd() {
        limit.workDone();
        nowNs += StopLimit.CLIENTS_LIMIT_NS - 1;
        assertFalse(limit.look());
        nowNs++;
        assertTrue(limit.look());
        assertEquals(List.of("halt 0"), events);
    }

    @Test
    void aLastSnapshotTakesAsLongAsItTakes() {
        limit.workDone();
        limit.lift();
        nowNs += 100 * StopLimit.WORK_LIMIT_NS;
        assertTrue(limit.look());
        assertEquals(List.of(), events);
    }
}
