package io.scrip.tools.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * T19: 64 clients spend the same wallet's funds at the same instant; half of them ask for the same as their neighbour.
 * Exactly as many succeed as the funds are enough for, and each id has one outcome.
 */
final class DoubleSpends implements Campaign {
    private static final int CLIENTS = 64;
    /** The first so many clients share their ids in pairs. */
    private static final int PAIRED = 32;

    private static final int IDS = CLIENTS - PAIRED / 2;
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int PROGRESS_EVERY = 100;

    @Override
    public Line line() {
        return new Line("T19", "64 clients spend the same funds at once", 1_000, 100_000, 0.04);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            race(bench, trial, injuries);
            trial.verify("after " + bench.injuries() + " rounds");
            trial.server().kill();
            trial.start(Launch.PLAIN);
            trial.verify("after a kill");
            trial.finish();
        }
    }

    private static void race(Bench bench, Trial trial, int rounds) throws IOException, InterruptedException {
        long[] balances = new long[trial.population().size()];
        Arrays.fill(balances, Trial.FUNDS_EACH);
        List<HttpConnection> connections = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int client = 0; client < CLIENTS; client++) {
                connections.add(new HttpConnection(trial.server().address(), ANSWER_TIMEOUT_MS));
            }
            while (bench.injuries() < rounds) {
                round(bench, trial, balances, connections, clients);
                bench.hurt();
                if (bench.injuries() % PROGRESS_EVERY == 0) {
                    bench.progress(bench.injuries() + " rounds");
                }
            }
        } finally {
            clients.shutdownNow();
            connections.forEach(HttpConnection::close);
        }
    }

    private static void round(
            Bench bench, Trial trial, long[] balances, List<HttpConnection> connections, ExecutorService clients)
            throws IOException, InterruptedException {
        int payer = richest(balances);
        int payee = (payer + 1 + bench.random().nextInt(balances.length - 1)) % balances.length;
        int enoughFor = 1 + bench.random().nextInt(IDS - 1);
        // Not a divisor: something is always left over.
        long amount = balances[payer] / (enoughFor + 1) + 1;
        List<Attempt> attempts = new ArrayList<>();
        for (int id = 0; id < IDS; id++) {
            Attempt attempt = new Attempt(Ids.random(bench.random()), payer, payee, amount, trial.newLane());
            trial.log().intend(attempt);
            attempts.add(attempt);
        }
        List<Answer> answers = sendAtOnce(trial, attempts, connections, clients);
        List<Integer> posted = new ArrayList<>();
        for (int id = 0; id < IDS; id++) {
            int first = id < PAIRED / 2 ? 2 * id : id + PAIRED / 2;
            Answer answer = answers.get(first);
            String wrong = Requests.decide(attempts.get(id), answer, true);
            if (wrong != null) {
                trial.findings().violation(wrong);
            } else if (id < PAIRED / 2) {
                comparePair(trial, attempts.get(id), answer, answers.get(first + 1));
            }
            if (attempts.get(id).state() == Attempt.State.POSTED) {
                posted.add(id);
            }
            trial.log().note(attempts.get(id));
        }
        long expected = Math.min(IDS, balances[payer] / amount);
        if (posted.size() != expected) {
            trial.findings()
                    .violation("funds for " + expected + " of " + IDS + " transfers of " + amount + ", but "
                            + posted.size() + " succeeded");
        }
        balances[payer] -= posted.size() * amount;
        balances[payee] += posted.size() * amount;
    }

    /** One of two has executed it, the other got what that one got. */
    private static void comparePair(Trial trial, Attempt attempt, Answer one, Answer other) {
        if (one.status() != other.status() || !one.body().equals(other.body())) {
            trial.findings()
                    .violation(
                            "one id, two outcomes: " + attempt + ": " + one.shortened() + " and " + other.shortened());
        } else if (one.replayed() == other.replayed()) {
            trial.findings()
                    .violation("of two with one id " + (one.replayed() ? "both" : "none") + " was a repetition: "
                            + attempt);
        }
    }

    private static List<Answer> sendAtOnce(
            Trial trial, List<Attempt> attempts, List<HttpConnection> connections, ExecutorService clients)
            throws IOException, InterruptedException {
        CyclicBarrier together = new CyclicBarrier(CLIENTS);
        List<Callable<Answer>> sends = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            HttpConnection connection = connections.get(client);
            Attempt attempt = attempts.get(client < PAIRED ? client / 2 : client - PAIRED / 2);
            sends.add(() -> trial.requests().send(connection, attempt, () -> await(together)));
        }
        List<Answer> answers = new ArrayList<>(Collections.nCopies(CLIENTS, null));
        List<Future<Answer>> running = new ArrayList<>();
        sends.forEach(send -> running.add(clients.submit(send)));
        for (int client = 0; client < CLIENTS; client++) {
            try {
                answers.set(client, running.get(client).get());
            } catch (ExecutionException e) {
                throw new IOException("a client failed: " + e.getCause(), e.getCause());
            }
        }
        return answers;
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(ANSWER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IOException("another client has failed", e);
        }
    }

    private static int richest(long[] balances) {
        int richest = 0;
        for (int wallet = 1; wallet < balances.length; wallet++) {
            richest = balances[wallet] > balances[richest] ? wallet : richest;
        }
        return richest;
    }
}
