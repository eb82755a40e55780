package io.scrip.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final long MS = 1_000_000;

    @Test
    void givesTheBurstAtOnceAndThenTheRate() {
        TokenBuckets buckets = new TokenBuckets(new RateLimit(1_000, 20), 64);
        long now = 5_000 * MS;
        for (int i = 0; i < 20; i++) {
            assertEquals(0, buckets.take(7, now));
        }
        assertEquals(MS, buckets.take(7, now));
        assertEquals(0, buckets.take(7, now + MS));
        assertEquals(MS, buckets.take(7, now + MS));
        for (int i = 0; i < 20; i++) {
            assertEquals(0, buckets.take(7, now + 1_000 * MS));
        }
        assertTrue(buckets.take(7, now + 1_000 * MS) > 0);
    }

    @Test
    void keepsKeysApart() {
        TokenBuckets buckets = new TokenBuckets(new RateLimit(10, 1), 1 << 10);
        long now = MS;
        for (long key = 1; key <= 100; key++) {
            assertEquals(0, buckets.take(key, now), "key " + key);
        }
        for (long key = 1; key <= 100; key++) {
            assertTrue(buckets.take(key, now) > 0, "key " + key);
        }
    }

    @Test
    void staysInItsMemoryHoweverManyKeysThereAre() {
        TokenBuckets buckets = new TokenBuckets(new RateLimit(10, 1), 8);
        for (long key = 1; key <= 100_000; key++) {
            assertEquals(0, buckets.take(key, key * MS));
        }
    }

    @Test
    void limitsNothingWhenToldSo() {
        TokenBuckets buckets = new TokenBuckets(RateLimit.NONE, 8);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(0, buckets.take(1, 1));
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TokenBuckets(RateLimit.NONE, 12));
    }
}
