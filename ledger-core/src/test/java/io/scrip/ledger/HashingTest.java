package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HashingTest {
    private static long hash(byte[] bytes) {
        return Hashing.ofBytes(0, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Test
    void everyBitOfEveryByteCountsWhateverTheLength() {
        Set<Long> seen = new HashSet<>();
        for (int length = 0; length <= 140; length++) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i * 37);
            }
            assertTrue(seen.add(hash(bytes)), "length " + length);
            for (int bit = 0; bit < 8 * length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                assertTrue(seen.add(hash(bytes)), "length " + length + ", bit " + bit);
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
    }

    @Test
    void wordsThatChangePlacesChangeTheHash() {
        byte[] bytes = new byte[128];
        for (int word = 0; word < 16; word++) {
            bytes[8 * word] = (byte) (word + 1);
        }
        Set<Long> seen = new HashSet<>(Set.of(hash(bytes)));
        for (int a = 0; a < 16; a++) {
            for (int b = a + 1; b < 16; b++) {
                byte[] swapped = bytes.clone();
                swapped[8 * a] = bytes[8 * b];
                swapped[8 * b] = bytes[8 * a];
                assertTrue(seen.add(hash(swapped)), a + " and " + b);
            }
        }
    }
}
