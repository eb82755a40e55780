package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One ledger from its first start to its last check: the server's processes one after the other, the wallets and their
 * load, and the oracle. Shares no code with the server: it speaks HTTP and believes nothing. Belongs to one thread.
 *
 * <p>The oracle's names are those of {@code docs/operations.md}: O1 acknowledged is present exactly once, O2 nothing
 * unasked, O3 trial balance zero, O4 nobody below zero, O5 balances add up, O6 sequences grow, O7 a retry of an
 * unanswered request has one true outcome.
 */
final class Trial implements AutoCloseable {
    /** Millionths that every wallet begins with. */
    static final long FUNDS_EACH = 1_000_000_000;

    private static final int COMPARED_PER_CHECK = 1_000;
    private static final int POLL_PAUSE_MS = 100;
    private static final int LOOK_PAUSE_MS = 5;

    private final Config config;
    private final Consumer<String> progress;
    private final Findings findings;
    private final SplittableRandom random;
    private final AtomicInteger lanes = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final String operatorKey;
    private final AttemptLog log;
    private final LargeBatches largeBatches = new LargeBatches();
    private int batchConnections;
    private boolean batchesOnly;
    private Population population;
    private Requests requests;
    private ServerProcess server;

    /**
     * What a trial is made of.
     *
     * @param serverCommand starts the server; {@code --data}, {@code --port} and {@code --rate-limit} are appended
     * @param data          of the ledger; may be on a device that is going to be hurt
     * @param notes         missing or empty folder for the trial's own log, on a device that is not
     */
    record Config(List<String> serverCommand, Path data, Path notes, int wallets, int connections, long seed) {
        Config {
            serverCommand = List.copyOf(serverCommand);
        }
    }

    /** What is done to a server under load. */
    interface Injury {
        void inflict(ServerProcess server, Round round) throws IOException, InterruptedException;
    }

    Trial(Config config, Findings findings, Consumer<String> progress) throws IOException {
        this.config = config;
        this.findings = findings;
        this.progress = progress;
        random = new SplittableRandom(config.seed());
        operatorKey = String.format(Locale.ROOT, "sk_operator_%016x%016x", random.nextLong(), random.nextLong());
        Files.createDirectories(config.notes());
        log = new AttemptLog(config.notes().resolve("attempts.log"));
    }

    Path data() {
        return config.data();
    }

    ServerProcess server() {
        return server;
    }

    Population population() {
        return population;
    }

    Requests requests() {
        return requests;
    }

    AttemptLog log() {
        return log;
    }

    String operatorKey() {
        return operatorKey;
    }

    /** A number that no connection of this trial had before: answers of one lane come one after the other. */
    int newLane() {
        return lanes.getAndIncrement();
    }

    Findings findings() {
        return findings;
    }

    SplittableRandom random() {
        return random;
    }

    /** Starts the server; it must become ready. */
    void start(Launch launch) throws IOException, InterruptedException {
        server = ServerProcess.start(config.serverCommand(), launch, config.data(), operatorKey);
        started();
    }

    /** Starts a server that may die while it starts; false when it did. */
    boolean attemptStart(Launch launch) throws IOException, InterruptedException {
        server = ServerProcess.attempt(config.serverCommand(), launch, config.data(), operatorKey);
        if (server.isReady()) {
            started();
        }
        return server.isReady();
    }

    /** A second server beside the first, on the same folder; returned when it is ready or has ended. */
    ServerProcess second() throws IOException, InterruptedException {
        return ServerProcess.attempt(config.serverCommand(), Launch.PLAIN, config.data(), operatorKey);
    }

    private void started() throws IOException {
        log.mark("started");
        findings.started(server.startedInNs());
    }

    /** Whether there are wallets that can be loaded. */
    boolean isFunded() {
        return population != null;
    }

    /** Opens the wallets and gives each its funds, once. */
    void openAndFund() throws IOException, InterruptedException {
        if (population != null) {
            return;
        }
        progress.accept(String.format(Locale.ROOT, "opening %,d wallets", config.wallets()));
        population = Population.open(
                server.address(), operatorKey, "kill-" + config.seed(), config.wallets(), config.connections());
        requests = new Requests(population, operatorKey);
        List<Attempt> funding = new ArrayList<>();
        for (int wallet = 0; wallet < population.size(); wallet++) {
            funding.add(new Attempt(Ids.random(random), Attempt.ISSUANCE, wallet, FUNDS_EACH, lanes.getAndIncrement()));
        }
        Parallel.forEach(funding.size(), server.address(), config.connections(), (connection, index) -> {
            Attempt attempt = funding.get(index);
            log.intend(attempt);
            String wrong = Requests.decide(attempt, requests.send(connection, attempt), false);
            if (wrong != null || attempt.state() != Attempt.State.POSTED) {
                throw new IOException(wrong == null ? "could not issue: " + attempt : wrong);
            }
            log.note(attempt);
        });
    }

    /** From now on so many more connections send large batches, beside those that send single transfers. */
    void sendLargeBatches(int connections) {
        batchConnections = connections;
        batchesOnly = false;
    }

    /** From now on nothing but large batches, which nothing smaller puts on the device, too. */
    void sendOnlyLargeBatches(int connections) {
        batchConnections = connections;
        batchesOnly = true;
    }

    /**
     * Loads the server until the time is over or it has died, then injures it and ends the load.
     *
     * @param mayDie whether it may die, or break connections off, before it is injured
     */
    Round load(int loadMs, boolean mayDie, Injury injury) throws IOException, InterruptedException {
        Round round = new Round(population, requests, log, largeBatches, batches);
        if (mayDie) {
            round.expectKill();
        }
        List<Thread> workers = new ArrayList<>();
        int singles = batchesOnly ? 0 : config.connections();
        for (int worker = 0; worker < singles; worker++) {
            LoadWorker work = new LoadWorker(round, server.address(), lanes, random.split());
            workers.add(new Thread(work, "load-" + worker));
        }
        for (int worker = 0; worker < batchConnections; worker++) {
            BatchWorker work = new BatchWorker(round, server.address(), lanes, random.split());
            workers.add(new Thread(work, "batches-" + worker));
        }
        workers.add(new Thread(() -> pollTrialBalance(round), "trial-balance"));
        workers.forEach(Thread::start);
        long endNs = System.nanoTime() + loadMs * 1_000_000L;
        while (server.isAlive() && System.nanoTime() < endNs) {
            Thread.sleep(LOOK_PAUSE_MS);
        }
        if (!mayDie && !server.isAlive()) {
            round.violation("the server died before it was hurt: " + server.said());
        }
        round.expectKill();
        injury.inflict(server, round);
        round.end();
        for (Thread worker : workers) {
            worker.join();
        }
        log.mark("hurt");
        log.force();
        findings.violations(round.violations());
        findings.repeated(round.repeatedCount());
        return round;
    }

    /** O3 on every read, also in the middle of the load. */
    private void pollTrialBalance(Round round) {
        try (HttpConnection connection = new HttpConnection(server.address(), 30_000)) {
            while (round.goesOn()) {
                Oracle.trialBalanceViolations(Survey.differences(connection, operatorKey))
                        .forEach(round::violation);
                Thread.sleep(POLL_PAUSE_MS);
            }
        } catch (IOException e) {
            round.lostConnection(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares everything the server shows with everything it answered. */
    void verify(String when) throws IOException, InterruptedException {
        if (population == null) {
            return;
        }
        Retries retries = new Retries(server.address(), requests, config.connections());
        BatchRetries batchRetries = new BatchRetries(server.address(), requests, config.connections());
        List<Attempt> attempts = log.attempts();
        List<Attempt> unknown = inState(attempts, Attempt.State.UNKNOWN);
        findings.violations(batchRetries.decide(unknown, log));
        findings.batches(BatchRetries.batchesOf(unknown).size(), batchRetries.wholeBefore());
        findings.violations(retries.decide(inState(unknown, Attempt.State.UNKNOWN), log));
        findings.decided(unknown.size(), retries.appliedBefore() + batchRetries.appliedBefore());
        findings.violations(batchRetries.compare(largeBatches.kept()));
        List<Attempt> comparable =
                attempts.stream().filter(attempt -> attempt.body() != null).collect(Collectors.toList());
        List<Attempt> compared =
                comparable.subList(Math.max(0, comparable.size() - COMPARED_PER_CHECK), comparable.size());
        findings.violations(retries.compare(compared));
        findings.compared(compared.size());
        List<Attempt> askById = new ArrayList<>(inState(attempts, Attempt.State.REFUSED));
        askById.addAll(inState(attempts, Attempt.State.NOT_ACCEPTED));
        Survey survey = new Survey(server.address(), population, requests, operatorKey, config.connections());
        List<String> violations = Oracle.check(attempts, survey.observe(askById));
        findings.violations(violations);
        progress.accept(String.format(
                Locale.ROOT,
                "%s: start %.1f s, %,d attempts, %,d were unanswered, %d violations",
                when,
                server.startedInNs() / 1e9,
                attempts.size(),
                unknown.size(),
                violations.size()));
    }

    private static List<Attempt> inState(List<Attempt> attempts, Attempt.State state) {
        return attempts.stream().filter(attempt -> attempt.state() == state).collect(Collectors.toList());
    }

    /** Ends the server that runs and counts how everything ended. */
    void finish() throws InterruptedException {
        server.kill();
        findings.count(log.attempts());
    }

    @Override
    public void close() throws IOException {
        if (server != null && server.isAlive()) {
            try {
                server.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        log.close();
    }
}
