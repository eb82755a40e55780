package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection's load: random transfers between random wallets, now and then more than the payer has, now and then
 * a batch, now and then the last one again. Runs until it is told to stop or the server is gone.
 */
final class LoadWorker implements Runnable {
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int REPEAT_ONE_IN = 50;
    private static final int BATCH_ONE_IN = 20;
    private static final int LARGEST_BATCH = 10;
    private static final int TOO_MUCH_ONE_IN = 20;
    private static final int KEEP_BODY_ONE_IN = 16;
    private static final long LARGEST_AMOUNT = 2_000_000;
    private static final long TOO_MUCH = 1_000_000_000_000_000L;

    private final Round round;
    private final InetSocketAddress server;
    private final SplittableRandom random;
    private final AtomicInteger lanes;
    private int lane;

    LoadWorker(Round round, InetSocketAddress server, AtomicInteger lanes, SplittableRandom random) {
        this.round = round;
        this.server = server;
        this.lanes = lanes;
        this.random = random;
        lane = lanes.getAndIncrement();
    }

    @Override
    public void run() {
        Attempt last = null;
        try (HttpConnection connection = new HttpConnection(server, ANSWER_TIMEOUT_MS)) {
            while (round.goesOn()) {
                if (last != null && random.nextInt(REPEAT_ONE_IN) == 0) {
                    repeat(connection, last);
                } else if (random.nextInt(BATCH_ONE_IN) == 0) {
                    batch(connection);
                } else {
                    last = transfer(connection);
                }
            }
        } catch (IOException e) {
            round.lostConnection(e);
        } catch (RuntimeException e) {
            round.violation("a client failed: " + e);
        }
    }

    private Attempt transfer(HttpConnection connection) throws IOException {
        Attempt attempt = attempt(random.nextInt(round.population().size()), 0);
        round.log().intend(attempt);
        Answer answer = round.requests().send(connection, attempt);
        if (round.isPowerOff()) {
            lane = lanes.getAndIncrement();
            return null;
        }
        String wrong = Requests.decide(attempt, answer, random.nextInt(KEEP_BODY_ONE_IN) == 0);
        if (wrong != null) {
            round.violation(wrong);
        }
        if (attempt.state() == Attempt.State.UNKNOWN) {
            // Its sequence will be found out later; what follows must not be compared with it.
            lane = lanes.getAndIncrement();
            return null;
        }
        round.log().note(attempt);
        round.answered();
        if (attempt.state() == Attempt.State.POSTED) {
            round.posted();
        }
        return attempt.state() == Attempt.State.NOT_ACCEPTED ? null : attempt;
    }

    private void batch(HttpConnection connection) throws IOException {
        int from = random.nextInt(round.population().size());
        int number = round.nextBatch();
        List<Attempt> batch = new ArrayList<>();
        for (int item = 2 + random.nextInt(LARGEST_BATCH - 1); item > 0; item--) {
            Attempt attempt = attempt(from, number);
            batch.add(attempt);
        }
        round.log().intend(batch);
        Answer answer = round.requests().sendBatch(connection, batch);
        if (round.isPowerOff()) {
            return;
        }
        String wrong = Requests.decideBatch(batch, answer);
        if (wrong != null) {
            round.violation(wrong);
        }
        round.log().note(batch);
        round.answered();
    }

    private Attempt attempt(int from, int batch) {
        int to = (from + 1 + random.nextInt(round.population().size() - 1))
                % round.population().size();
        boolean tooMuch = random.nextInt(TOO_MUCH_ONE_IN) == 0;
        long amount = tooMuch ? TOO_MUCH : 1 + random.nextLong(LARGEST_AMOUNT);
        // Items that were never answered are decided one by one later, in any order: each is a lane of its own.
        int ownLane = batch == 0 ? lane : lanes.getAndIncrement();
        return new Attempt(Ids.random(random), from, to, amount, ownLane, batch);
    }

    private void repeat(HttpConnection connection, Attempt attempt) throws IOException {
        Answer answer = round.requests().send(connection, attempt);
        if (answer.status() == 503 || answer.status() == 504 || round.isPowerOff()) {
            return;
        }
        String wrong = Retries.differenceFromFirst(attempt, answer);
        if (wrong != null) {
            round.violation(wrong);
        }
        round.repeated();
    }
}
