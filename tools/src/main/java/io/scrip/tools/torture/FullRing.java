package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * T11: the thread of the journal stands still while requests flood in, until the ring is full. What does not fit is
 * answered 503 with Retry-After at once, other requests go on being answered, and once the thread goes on everything
 * that was accepted is answered; after a kill all of that is there and nothing of what was refused.
 */
final class FullRing implements Campaign {
    private static final String THREAD = "scrip-pipeline-";
    /** At most: the thread is let go as soon as the ring was seen to be full. */
    private static final int STALL_MS = 25_000;

    private static final int FULL_LIMIT_MS = 20_000;
    private static final int LOOK_MS = 5;
    private static final int PIPELINED = 16;
    /** With so many in flight on each, more than the ring's 8,192 places. */
    private static final int CONNECTIONS = 640;

    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int PROBES = 50;
    /** Who waits for the journal waits for longer; the figure is in the note. */
    private static final long SLOWEST_ANSWER_MS = STALL_MS / 2;

    @Override
    public Line line() {
        return new Line("T11", "ring full: the journal's thread stands still", 2, 20, 15);
    }

    @Override
    public String missing() {
        return Strace.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        long refused = 0;
        List<Long> answersNs = new ArrayList<>();
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            while (bench.injuries() < injuries) {
                refused += flood(bench, trial, answersNs);
                bench.hurt();
                trial.verify("after flood " + bench.injuries());
                trial.server().kill();
                trial.start(Launch.PLAIN);
                trial.verify("after flood and kill " + bench.injuries());
            }
            trial.finish();
        }
        answersNs.sort(null);
        double medianMs = answersNs.get(answersNs.size() / 2) / 1e6;
        double slowestMs = answersNs.get(answersNs.size() - 1) / 1e6;
        bench.note(String.format(
                Locale.ROOT,
                "%,d refused; with a full ring answered in %.1f ms, at most %.0f",
                refused,
                medianMs,
                slowestMs));
        if (refused == 0) {
            bench.findings().violation("the ring was never full: nothing was refused");
        }
        if (slowestMs > SLOWEST_ANSWER_MS) {
            bench.findings().violation("with a full ring an answer took " + slowestMs + " ms");
        }
    }

    /** How many were refused. */
    private static long flood(Bench bench, Trial trial, List<Long> answersNs) throws IOException, InterruptedException {
        Path output = bench.folder().resolve("tracer-" + bench.injuries() + ".txt");
        List<HttpConnection> connections = new ArrayList<>();
        List<List<Attempt>> sent = new ArrayList<>();
        try {
            String delay = "delay_enter=" + TimeUnit.MILLISECONDS.toMicros(STALL_MS);
            ThreadTracer tracer = ThreadTracer.attach(trial.server(), THREAD, "fdatasync", delay, output);
            try {
                for (int connection = 0; connection < CONNECTIONS; connection++) {
                    connections.add(new HttpConnection(trial.server().address(), ANSWER_TIMEOUT_MS));
                    sent.add(sendAhead(bench, trial, connections.get(connection)));
                }
                awaitRefusal(connections);
                probe(trial, answersNs);
            } finally {
                tracer.close();
            }
            long refused = 0;
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                for (Attempt attempt : sent.get(connection)) {
                    Answer answer = connections.get(connection).receive();
                    refused += decide(trial, attempt, answer);
                }
            }
            return refused;
        } finally {
            connections.forEach(HttpConnection::close);
        }
    }

    private static List<Attempt> sendAhead(Bench bench, Trial trial, HttpConnection connection) throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        int wallets = trial.population().size();
        for (int request = 0; request < PIPELINED; request++) {
            int from = bench.random().nextInt(wallets);
            int to = (from + 1 + bench.random().nextInt(wallets - 1)) % wallets;
            attempts.add(new Attempt(
                    Ids.random(bench.random()), from, to, 1 + bench.random().nextInt(1_000), trial.newLane()));
        }
        for (Attempt attempt : attempts) {
            trial.log().intend(attempt);
            trial.requests().sendAhead(connection, attempt);
        }
        return attempts;
    }

    /** The first answers that come while the journal stands are refusals; a slow machine takes a while to come so far. */
    private static void awaitRefusal(List<HttpConnection> connections) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FULL_LIMIT_MS);
        while (System.nanoTime() < deadlineNs) {
            for (HttpConnection connection : connections) {
                if (connection.hasAnswer()) {
                    return;
                }
            }
            Thread.sleep(LOOK_MS);
        }
    }

    /** The event loops answer what needs no ring, and refuse what does not fit into it, while the journal stands. */
    private static void probe(Trial trial, List<Long> answersNs) throws IOException {
        try (HttpConnection connection = new HttpConnection(trial.server().address(), ANSWER_TIMEOUT_MS)) {
            for (int probe = 0; probe < PROBES; probe++) {
                long beganNs = System.nanoTime();
                Answer answer = connection.get("/healthz", null);
                answersNs.add(System.nanoTime() - beganNs);
                if (answer.status() != 200) {
                    trial.findings().violation("/healthz answered " + answer.status() + " with a full ring");
                }
            }
        }
    }

    private static int decide(Trial trial, Attempt attempt, Answer answer) throws IOException {
        String wrong = Requests.decide(attempt, answer, false);
        if (wrong != null) {
            trial.findings().violation(wrong);
        }
        trial.log().note(attempt);
        if (answer.status() == 503 && !answer.retryAfter()) {
            trial.findings().violation("503 without Retry-After: " + attempt);
        }
        return answer.status() == 503 ? 1 : 0;
    }
}
