package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowIndexTest {
    /** Keys whose hashes share a shard and crowd around its end, so that probing wraps and gaps must be closed. */
    private static final class CrowdedKeys implements RowIndex.Keys {
        final long[] keyOfRow = new long[4096];
        long wanted;

        static long hash(long key) {
            return 7L << 54 | (key % 5 == 0 ? 0xFFFFFFFFL : key & 0x3);
        }

        @Override
        public long hashOf(int row) {
            return hash(keyOfRow[row]);
        }

        @Override
        public boolean isWanted(int row) {
            return keyOfRow[row] == wanted;
        }
    }

    @Test
    void addingRemovingAndTakingBackFindWhatAMapFinds() {
        for (long seed = 1; seed <= 50; seed++) {
            compare(new Random(seed), seed);
        }
    }

    private static void compare(Random random, long seed) {
        Undo undo = new Undo();
        CrowdedKeys keys = new CrowdedKeys();
        RowIndex index = new RowIndex(keys, undo);
        Map<Long, Integer> model = new HashMap<>();
        int nextRow = 0;
        for (int round = 0; round < 60; round++) {
            boolean tried = random.nextBoolean();
            Map<Long, Integer> before = new HashMap<>(model);
            int mark = tried ? undo.begin() : 0;
            for (int i = random.nextInt(20); i >= 0; i--) {
                long key = random.nextInt(60);
                Integer row = model.remove(key);
                if (row != null) {
                    index.remove(CrowdedKeys.hash(key), row);
                } else {
                    keys.keyOfRow[nextRow] = key;
                    index.add(CrowdedKeys.hash(key), nextRow);
                    model.put(key, nextRow++);
                }
            }
            if (tried && random.nextBoolean()) {
                undo.rollback(mark);
                model = before;
            } else if (tried) {
                undo.commit();
            }
            for (long key = 0; key < 60; key++) {
                keys.wanted = key;
                assertEquals(
                        model.getOrDefault(key, -1),
                        index.find(CrowdedKeys.hash(key)),
                        "seed " + seed + ", round " + round + ", key " + key);
            }
        }
    }
}
