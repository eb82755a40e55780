package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection that sends one large batch after the other, and now and then the last one again. A server with a
 * second thread for large batches applies one of them while it journals the next. Runs until it is told to stop or the
 * server is gone.
 */
final class BatchWorker implements Runnable {
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int FEWEST_ITEMS = 1_000;
    private static final int MOST_ITEMS = 2_000;
    private static final int REPEAT_ONE_IN = 8;
    private static final int TOO_MUCH_ONE_IN = 100;
    /** So small that a payer has enough for many batches. */
    private static final long LARGEST_AMOUNT = 2_000;

    private static final long TOO_MUCH = 1_000_000_000_000_000L;

    private final Round round;
    private final InetSocketAddress server;
    private final SplittableRandom random;
    private final AtomicInteger lanes;

    BatchWorker(Round round, InetSocketAddress server, AtomicInteger lanes, SplittableRandom random) {
        this.round = round;
        this.server = server;
        this.lanes = lanes;
        this.random = random;
    }

    @Override
    public void run() {
        LargeBatch last = null;
        try (HttpConnection connection = new HttpConnection(server, ANSWER_TIMEOUT_MS)) {
            while (round.goesOn()) {
                if (last != null && random.nextInt(REPEAT_ONE_IN) == 0) {
                    repeat(connection, last);
                } else {
                    last = batch(connection);
                }
            }
        } catch (IOException e) {
            round.lostConnection(e);
        } catch (RuntimeException e) {
            round.violation("a client failed: " + e);
        }
    }

    /** {@code null} when it was not decided. */
    private LargeBatch batch(HttpConnection connection) throws IOException {
        List<Attempt> items = items();
        round.log().intend(items);
        Answer answer = round.requests().sendBatch(connection, items);
        if (round.isPowerOff()) {
            return null;
        }
        String wrong = Requests.decideBatch(items, answer);
        if (wrong != null) {
            round.violation(wrong);
        }
        round.log().note(items);
        round.answered();
        if (answer.status() != 200 || wrong != null) {
            return null;
        }
        LargeBatch decided = new LargeBatch(items, answer.body());
        round.largeBatches().answered(decided);
        return decided;
    }

    private List<Attempt> items() {
        int wallets = round.population().size();
        int from = random.nextInt(wallets);
        int number = round.nextBatch();
        int count = random.nextInt(FEWEST_ITEMS, MOST_ITEMS + 1);
        List<Attempt> items = new ArrayList<>(count);
        for (int item = 0; item < count; item++) {
            int to = (from + 1 + random.nextInt(wallets - 1)) % wallets;
            boolean tooMuch = random.nextInt(TOO_MUCH_ONE_IN) == 0;
            long amount = tooMuch ? TOO_MUCH : 1 + random.nextLong(LARGEST_AMOUNT);
            items.add(new Attempt(Ids.random(random), from, to, amount, lanes.getAndIncrement(), number));
        }
        return items;
    }

    private void repeat(HttpConnection connection, LargeBatch last) throws IOException {
        Answer answer = round.requests().sendBatch(connection, last.items());
        if (answer.status() == 503 || answer.status() == 504 || round.isPowerOff()) {
            return;
        }
        String wrong = BatchRetries.differenceFromFirst(last, answer);
        if (wrong != null) {
            round.violation(wrong);
        }
        round.repeated();
    }
}
