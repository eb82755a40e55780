package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedIdsTest {
    private record Known(long high, long low, long contentHash, int outcome, long event) {}

    private static long scattered(long number) {
        return Hashing.mix(number, 77);
    }

    /** Many times the window, so that every shard grows, is rebuilt in place and forgets. */
    @Test
    void everyIdOfTheWindowIsFoundAndNoOther() {
        findEveryIdOfTheWindowAndNoOther(new RememberedIds(new Retention(1L << 60, 20_000, 1_000)));
    }

    @Test
    void itDoesNotMatterHowManyIdsWereExpected() {
        for (long expected : new long[] {1_000, 70_000, Long.MAX_VALUE}) {
            RememberedIds ids = new RememberedIds(new Retention(1L << 60, 20_000, 1_000));
            ids.expect(expected);
            findEveryIdOfTheWindowAndNoOther(ids);
        }
    }

    private static void findEveryIdOfTheWindowAndNoOther(RememberedIds ids) {
        List<Known> all = new ArrayList<>();
        for (long event = 1; event <= 200_000; event++) {
            ids.advance(event);
            Known known = new Known(scattered(event), event % 7, scattered(-event), (int) (event % 131), event);
            assertFalse(ids.find(known.high(), known.low()));
            ids.put(known.high(), known.low(), known.contentHash(), known.outcome(), event, event);
            if (event % 50 == 0) {
                ids.forget(known.high(), known.low());
                assertFalse(ids.find(known.high(), known.low()), "taken back");
                ids.put(known.high(), known.low(), known.contentHash(), known.outcome(), event, event);
            }
            all.add(known);
            Known picked = all.get((int) Math.floorMod(scattered(event * 3), (long) all.size()));
            boolean inWindow = picked.event() > ids.forgottenEvent();
            assertEquals(inWindow, ids.find(picked.high(), picked.low()));
            if (inWindow) {
                assertEquals(picked.contentHash(), ids.contentHash());
                assertEquals(picked.outcome(), ids.outcome());
                assertEquals(picked.event(), ids.eventSequence());
            }
        }
        assertTrue(ids.forgottenEvent() >= 179_000, "the window has moved");
        for (Known known : all) {
            assertEquals(known.event() > ids.forgottenEvent(), ids.find(known.high(), known.low()));
        }
    }
}
