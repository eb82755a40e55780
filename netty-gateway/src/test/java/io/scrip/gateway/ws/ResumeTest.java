package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.history.EventScript;
import io.scrip.gateway.json.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients come and go, stall and lose what was under way, while legs are written, announced late, and states answered
 * late. Whoever resumes after the last transaction it saw must see every leg of its wallet once and in order. A failure
 * names its seed: {@code mvn -pl netty-gateway -am test -Dtest=ResumeTest -Dscrip.seed=<seed>} replays it alone.
 */
class ResumeTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 1_500;
    private static final String[] TOKENS = {"CRD", "USD", "GOV"};

    /** Behind by more than eight legs while stuck is enough to be cut. */
    private static final StreamConfig IMPATIENT = new StreamConfig(
            64 << 10,
            16,
            1_000_000,
            TimeUnit.HOURS.toNanos(1),
            TimeUnit.HOURS.toNanos(3),
            TimeUnit.HOURS.toNanos(1),
            8 << 10,
            64 << 10,
            TimeUnit.HOURS.toNanos(1),
            TimeUnit.SECONDS.toNanos(5),
            200);

    @Test
    void everyMissedLegComesOnceAndInOrder() {
        Long only = Long.getLong("scrip.seed");
        if (only != null) {
            new Run(only).play();
            return;
        }
        int cuts = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed);
            run.play();
            cuts += run.cuts;
        }
        assertTrue(cuts > SEEDS, "slow consumers were cut " + cuts + " times: too rarely to show anything");
    }

    /** One client with its memory, over all its connections. */
    private static final class Follower {
        private final long wallet;
        private final boolean conflate;
        private long from;
        private StreamClient connection;
        private final List<Long> seen = new ArrayList<>();
        private long lastSequence;
        private StreamClient.Message lastBalance;
        private boolean isFirst;

        Follower(long wallet, boolean conflate, long from) {
            this.wallet = wallet;
            this.conflate = conflate;
            this.from = from;
        }

        /** Where it would go on now. */
        long resumeAt() {
            return seen.isEmpty() ? from : seen.get(seen.size() - 1) + 1;
        }

        void take(String at) {
            for (StreamClient.Message message : connection.take()) {
                assertEquals(lastSequence, message.previousSequence(), at);
                lastSequence = message.sequence();
                if (isFirst) {
                    assertEquals("wallet_state", message.type(), at);
                    isFirst = false;
                }
                accept(message, at);
            }
        }

        private void accept(StreamClient.Message message, String at) {
            switch (message.type()) {
                case "wallet_state" -> {
                    if (from == Subscription.ONLY_NEW) {
                        from = message.sequence() + 1;
                    }
                }
                case "balance_update" -> lastBalance = message;
                case "transaction_completed" -> {
                    boolean hasBalance = lastBalance != null && lastBalance.sequence() == message.sequence();
                    assertTrue(conflate || hasBalance, at);
                    assertTrue(!hasBalance || message.data().contains(lastBalance.data()), at);
                    seen.add(message.sequence());
                }
                default -> throw new IllegalStateException(message.type());
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final String at;
        private final StreamRig rig = new StreamRig(IMPATIENT);
        private final List<Follower> followers = new ArrayList<>();
        private int cuts;

        Run(long seed) {
            rig.forManyMessages();
            this.random = new Random(seed * 7_919);
            this.at = "seed " + seed;
        }

        void play() {
            for (int i = 0; i < 50; i++) {
                write();
            }
            for (int i = 0; i < 8; i++) {
                long from = i % 3 == 0 ? Subscription.ONLY_NEW : random.nextInt(60);
                followers.add(new Follower(2L + i % 5, i % 4 == 3, Math.min(from, rig.log.lastEventSequence() + 1)));
            }
            followers.forEach(this::connect);
            for (int step = 0; step < STEPS; step++) {
                act();
            }
            rig.isRingFull = false;
            rig.afterAnswering = null;
            for (Follower follower : followers) {
                if (follower.connection.channel.isOpen()) {
                    follower.connection.setWritable(true);
                } else {
                    follower.take(at);
                    connect(follower);
                }
            }
            rig.settle();
            followers.forEach(this::compare);
        }

        private void connect(Follower follower) {
            follower.connection = rig.connect(
                    follower.wallet, follower.resumeAt(), follower.conflate, Viewer.ofWallet(follower.wallet));
            follower.lastSequence = 0;
            follower.isFirst = true;
        }

        private void write() {
            long from = 1L + random.nextInt(7);
            long to = 1 + (from + random.nextInt(6)) % 7;
            String token = TOKENS[random.nextInt(3)];
            switch (random.nextInt(10)) {
                case 0 -> rig.script.refuse(from, to, token, 9, 1);
                case 2 -> {
                    int account = 256 + random.nextInt(3);
                    boolean outward = random.nextBoolean();
                    rig.script.within(from, outward ? 0 : account, outward ? account : 0, token, 1);
                }
                case 1 -> rig.script.issue(2L + random.nextInt(5), token, 1 + random.nextInt(9));
                default -> rig.script.transfer(from, to, token, 1 + random.nextInt(9));
            }
        }

        private void act() {
            Follower one = followers.get(random.nextInt(followers.size()));
            if (!one.connection.channel.isOpen()) {
                one.take(at);
                cuts++;
                connect(one);
            }
            switch (random.nextInt(23)) {
                case 21 -> rig.isRingFull = !rig.isRingFull;
                case 22 ->
                    rig.afterAnswering = random.nextInt(3) == 0
                            ? null
                            : () -> {
                                write();
                                rig.announce();
                            };
                case 0, 1, 2, 3, 4, 5, 6 -> write();
                case 20 -> rig.pass(TimeUnit.SECONDS.toNanos(1));
                case 7, 8 -> rig.announce();
                case 9, 10, 11 -> rig.hub.doWork();
                case 12, 13 -> rig.answerOne();
                case 14 -> one.connection.setWritable(random.nextInt(3) > 0);
                case 15, 16 -> one.take(at);
                case 17 -> one.connection.send("{\"type\":\"get_state\"}");
                case 18 -> interrupt(one);
                default -> burst();
            }
        }

        /** Whatever had not been taken is lost with the connection. */
        private void interrupt(Follower follower) {
            if (random.nextBoolean()) {
                follower.take(at);
            }
            follower.connection.disconnect();
            connect(follower);
        }

        private void burst() {
            if (random.nextInt(25) == 0) {
                for (int i = random.nextInt(1_200); i > 0; i--) {
                    write();
                }
            }
        }

        private void compare(Follower follower) {
            follower.take(at);
            List<Long> expected = rig.script.movements().stream()
                    .filter(movement -> movement.touches(follower.wallet) && movement.eventSequence() >= follower.from)
                    .map(EventScript.Movement::eventSequence)
                    .toList();
            int same = 0;
            while (same < expected.size()
                    && same < follower.seen.size()
                    && expected.get(same).equals(follower.seen.get(same))) {
                same++;
            }
            assertEquals(
                    expected.subList(same, Math.min(same + 3, expected.size())),
                    follower.seen.subList(same, Math.min(same + 3, follower.seen.size())),
                    at + ", wallet " + follower.wallet + ", after " + same + " legs");
            assertTrue(follower.connection.subscription.isLive(), at);
        }
    }
}
