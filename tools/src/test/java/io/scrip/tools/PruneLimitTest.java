package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PruneLimitTest {
    @Test
    void aMomentThatTheLedgersTimeDoesNotReachIsBeforeOrBehindAllOfIt() {
        assertEquals(new PruneLimit(Long.MAX_VALUE, Long.MAX_VALUE), PruneLimit.of("3000-01-01", null));
        assertEquals(new PruneLimit(Long.MAX_VALUE, Long.MAX_VALUE), PruneLimit.of("2262-04-12T00:00:00Z", null));
        assertEquals(new PruneLimit(Long.MAX_VALUE, 0), PruneLimit.of("1066-10-14", null));
        assertEquals(new PruneLimit(Long.MAX_VALUE, 86_400_000_000_000L), PruneLimit.of("1970-01-02", null));
        assertEquals(new PruneLimit(30, Long.MAX_VALUE), PruneLimit.of("30", null));
    }

    @Test
    void whatIsNoTimeIsRefused() {
        assertThrows(Refusal.class, () -> PruneLimit.of("2026-02-30", null));
        assertThrows(Refusal.class, () -> PruneLimit.of("30", 3L));
        assertThrows(Refusal.class, () -> PruneLimit.of(null, null));
    }
}
