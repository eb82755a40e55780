package io.scrip.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The core's two tables with keys beside maps of the JDK: an id that is not known is looked for and remembered, and an
 * account is found by wallet, token and code. In the core's package, for nobody else may see them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
public class MapsBenchmark {
    private static final long ID_HIGH = 0x5C21_0000_0000_4000L;

    /** A window of ids that is full: as many are forgotten as come. */
    @State(Scope.Thread)
    public static class Ids {
        @Param({"65536", "1048576"})
        public int remembered;

        private RememberedIds ids;
        private Map<UUID, Long> map;
        private UUID[] order;
        private long event;

        @Setup
        public void setUp() {
            ids = new RememberedIds(new Retention(Long.MAX_VALUE / 2, remembered, remembered / 16));
            map = new HashMap<>();
            order = new UUID[remembered];
            for (int i = 0; i < 2 * remembered; i++) {
                ofCore();
            }
            event = 0;
            for (int i = 0; i < remembered; i++) {
                ofMap();
            }
            event = 2L * remembered;
        }

        boolean ofCore() {
            event++;
            long low = Hashing.mix(event, 5);
            ids.advance(event);
            boolean known = ids.find(ID_HIGH, low);
            if (!known) {
                ids.put(ID_HIGH, low, event, 0, event, event);
            }
            return known;
        }

        boolean ofMap() {
            event++;
            UUID id = new UUID(ID_HIGH, Hashing.mix(event, 5));
            int place = (int) Math.floorMod(event, (long) remembered);
            if (order[place] != null) {
                map.remove(order[place]);
            }
            order[place] = id;
            return map.put(id, event) != null;
        }
    }

    /** Accounts picked evenly. */
    @State(Scope.Thread)
    public static class Rows {
        @Param({"10000", "1000000"})
        public int accounts;

        private Accounts table;
        private Map<Long, Integer> map;
        private long picks;

        @Setup
        public void setUp() {
            Undo undo = new Undo();
            Tokens tokens = new Tokens(undo);
            tokens.register(1, 6, true);
            table = new Accounts(tokens, undo);
            map = new HashMap<>();
            for (int wallet = 0; wallet < accounts; wallet++) {
                int row = table.open(wallet, 0, Accounts.STAKE, 0, Accounts.NO_CEILING, -1, 0);
                map.put((long) wallet, row);
            }
        }

        int next() {
            return (int) Math.floorMod(Hashing.mix(++picks, 9), (long) accounts);
        }
    }

    @Benchmark
    public boolean rememberId(Ids ids) {
        return ids.ofCore();
    }

    @Benchmark
    public boolean rememberIdInAHashMap(Ids ids) {
        return ids.ofMap();
    }

    @Benchmark
    public int findAccount(Rows rows) {
        return rows.table.find(rows.next(), 0, Accounts.STAKE);
    }

    @Benchmark
    public int findAccountInAHashMap(Rows rows) {
        return rows.map.get((long) rows.next());
    }
}
