package io.scrip.ledger.offenders;

import io.netty.standin.StandIn;
import io.scrip.engine.Clock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.SystemEpochClock;

/** Each of these breaks one house rule of the package they are in. */
public final class Offenders {
    private Offenders() {}

    static final class ReadsNanoTime {
        long now() {
            return System.nanoTime();
        }
    }

    static final class ReadsMillis {
        long now() {
            return System.currentTimeMillis();
        }
    }

    static final class ReadsInstant {
        Instant now() {
            return Instant.now();
        }
    }

    static final class ReadsAgronaClock {
        long now() {
            return SystemEpochClock.INSTANCE.time();
        }
    }

    static final class DrawsRandom {
        private final Random random = new Random(1);

        int next() {
            return random.nextInt();
        }
    }

    static final class DrawsMathRandom {
        long next() {
            return Math.round(Math.random());
        }
    }

    static final class DrawsUuid {
        long next() {
            return UUID.randomUUID().getLeastSignificantBits();
        }
    }

    static final class DrawsThreadLocal {
        long next() {
            return ThreadLocalRandom.current().nextLong();
        }
    }

    static final class AsksIdentityHash {
        int of(Object object) {
            return System.identityHashCode(object);
        }
    }

    static final class OpensFile {
        Path path() {
            return Path.of("ledger");
        }
    }

    static final class Prints {
        void say(String text) {
            System.out.println(text);
        }
    }

    static final class StartsThread {
        Thread thread() {
            return new Thread(() -> {});
        }
    }

    static final class CountsAtomically {
        private final AtomicLong count = new AtomicLong();

        long next() {
            return count.incrementAndGet();
        }
    }

    static final class SharesVolatile {
        volatile long shared;
    }

    static final class Locks {
        private long count;

        synchronized long next() {
            return ++count;
        }
    }

    static final class Logs {
        Logger logger() {
            return Logger.getLogger("ledger");
        }
    }

    static final class KeepsHashMap {
        private final Map<Long, Long> balances = new HashMap<>();

        Long get(long id) {
            return balances.get(id);
        }
    }

    static final class WalksValues {
        private final Long2LongHashMap balances = new Long2LongHashMap(-1);

        int count() {
            return balances.values().size();
        }
    }

    static final class WalksForEach {
        private final Long2LongHashMap balances = new Long2LongHashMap(-1);
        private long sum;

        long sum() {
            balances.forEachLong((key, value) -> sum += value);
            return sum;
        }
    }

    static final class FieldOfDouble {
        double balance;
    }

    static final class ParameterOfFloat {
        boolean isRich(float balance) {
            return balance > 1_000_000;
        }
    }

    static final class ReturnsDouble {
        double half(long amount) {
            return amount / 2.0;
        }
    }

    static final class ArrayOfDouble {
        double[] balances;
    }

    static final class KnowsEngine {
        Clock clock;
    }

    static final class KnowsNetty {
        int answer() {
            return StandIn.answer();
        }
    }
}
