package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipfTest {
    private static final int RANKS = 1_000;
    private static final int DRAWS = 2_000_000;

    /** Five standard deviations of a count: a fixed seed, so the outcome is always the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.99, 1, 1.2, 2})
    void drawsFollowTheLaw(double exponent) {
        Zipf zipf = new Zipf(RANKS, exponent);
        SplitMix random = new SplitMix(7);
        int[] drawn = new int[RANKS];
        for (int i = 0; i < DRAWS; i++) {
            drawn[zipf.next(random)]++;
        }
        double sum = 0;
        for (int rank = 1; rank <= RANKS; rank++) {
            sum += Math.pow(rank, -exponent);
        }
        for (int rank : new int[] {1, 2, 3, 5, 10, 50, 200, 999, 1_000}) {
            double expected = DRAWS * Math.pow(rank, -exponent) / sum;
            assertEquals(expected, drawn[rank - 1], 5 * Math.sqrt(expected) + 1, "rank " + rank + " of s=" + exponent);
        }
    }

    @Test
    void onlyRankIsAlwaysDrawn() {
        assertEquals(0, new Zipf(1, 1).next(new SplitMix(1)));
    }

    @Test
    void exponentsThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Zipf(10, 0));
        assertThrows(IllegalArgumentException.class, () -> new Zipf(10, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Skew(-1, false));
        assertThrows(IllegalArgumentException.class, () -> new Skew(1, true));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void payerAndPayeeAlwaysDiffer(double exponent) {
        Skew.Pairs pairs = new Skew(exponent, false).pairs(3, new SplitMix(5));
        boolean[] seen = new boolean[3];
        for (int i = 0; i < 10_000; i++) {
            pairs.draw();
            assertTrue(pairs.from() != pairs.to());
            seen[pairs.from()] = true;
            pairs.drawTo();
            assertTrue(pairs.from() != pairs.to());
            seen[pairs.to()] = true;
        }
        assertTrue(seen[0] && seen[1] && seen[2]);
    }

    @Test
    void everybodyPaysTheHotWallet() {
        Skew.Pairs pairs = Skew.HOT.pairs(10, new SplitMix(5));
        for (int i = 0; i < 1_000; i++) {
            pairs.draw();
            assertEquals(0, pairs.to());
            assertTrue(pairs.from() > 0);
        }
    }
}
