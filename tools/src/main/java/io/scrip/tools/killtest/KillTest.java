package io.scrip.tools.killtest;

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
 * Runs a real server under load, kills it with {@code -9} at random instants, starts it again and asks the
 * {@link Oracle}. Shares no code with the server: it speaks HTTP and believes nothing.
 *
 * <p>The oracle's names are those of {@code docs/operations.md}: O1 acknowledged is present exactly once, O2 nothing
 * unasked, O3 trial balance zero, O4 nobody below zero, O5 balances add up, O6 sequences grow, O7 a retry of an
 * unanswered request has one true outcome.
 */
final class KillTest {
    private static final long FUNDS_EACH = 1_000_000_000;
    private static final int COMPARED_PER_ROUND = 2_000;
    private static final int POLL_PAUSE_MS = 100;
    private static final int SHORTEST_LOAD_MS = 300;

    private final KillTestConfig config;
    private final Consumer<String> progress;
    private final KillTestReport report;
    private final SplittableRandom random;
    private final AtomicInteger lanes = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final String operatorKey;
    private final Path data;
    private AttemptLog log;
    private Population population;
    private Requests requests;
    private ServerProcess server;

    KillTest(KillTestConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
        report = new KillTestReport(config);
        random = new SplittableRandom(config.seed());
        operatorKey = String.format(Locale.ROOT, "sk_operator_%016x%016x", random.nextLong(), random.nextLong());
        data = config.folder().resolve("data");
    }

    KillTestReport run() throws IOException, InterruptedException {
        Files.createDirectories(config.folder());
        try (AttemptLog attempts = new AttemptLog(config.folder().resolve("attempts.log"))) {
            log = attempts;
            start();
            openAndFund();
            for (int kill = 1; kill <= config.kills(); kill++) {
                loadAndKill(kill);
                start();
                verify("after kill " + kill);
            }
            stopOrderly();
            start();
            verify("after an orderly stop");
            report.count(log.attempts());
            return report;
        } finally {
            if (server != null) {
                server.kill();
            }
        }
    }

    private void start() throws IOException, InterruptedException {
        server = ServerProcess.start(config.serverCommand(), data, operatorKey);
        log.mark("started");
        report.recovered(server.startedInNs());
    }

    private void stopOrderly() throws IOException, InterruptedException {
        int exit = server.stop();
        if (exit != 0) {
            report.violations(List.of("SIGTERM ended the server with exit code " + exit + " instead of 0"));
        }
    }

    private void openAndFund() throws IOException, InterruptedException {
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

    private void loadAndKill(int kill) throws IOException, InterruptedException {
        int loadMs = SHORTEST_LOAD_MS + random.nextInt(Math.max(1, config.seconds() * 1_000 - SHORTEST_LOAD_MS));
        progress.accept(
                String.format("round %d of %d: load for %.1f s, then kill -9", kill, config.kills(), loadMs / 1e3));
        Round round = new Round(population, requests, log, batches);
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < config.connections(); worker++) {
            LoadWorker work = new LoadWorker(round, server.address(), lanes, random.split());
            workers.add(new Thread(work, "load-" + worker));
        }
        workers.add(new Thread(() -> pollTrialBalance(round), "trial-balance"));
        workers.forEach(Thread::start);
        Thread.sleep(loadMs);
        if (!server.isAlive()) {
            round.violation("the server died before it was killed");
        }
        round.expectKill();
        server.kill();
        round.end();
        for (Thread worker : workers) {
            worker.join();
        }
        log.mark("killed");
        log.force();
        if (round.answeredCount() == 0) {
            round.violation("nothing was answered in round " + kill + ": this kill tested nothing");
        }
        report.violations(round.violations());
        report.repeated(round.repeatedCount());
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

    private void verify(String when) throws IOException, InterruptedException {
        Retries retries = new Retries(server.address(), requests, config.connections());
        List<Attempt> attempts = log.attempts();
        List<Attempt> unknown = inState(attempts, Attempt.State.UNKNOWN);
        report.violations(retries.decide(unknown, log));
        report.decided(unknown.size(), retries.appliedBefore());
        List<Attempt> comparable =
                attempts.stream().filter(attempt -> attempt.body() != null).collect(Collectors.toList());
        List<Attempt> compared =
                comparable.subList(Math.max(0, comparable.size() - COMPARED_PER_ROUND), comparable.size());
        report.violations(retries.compare(compared));
        report.compared(compared.size());
        List<Attempt> askById = new ArrayList<>(inState(attempts, Attempt.State.REFUSED));
        askById.addAll(inState(attempts, Attempt.State.NOT_ACCEPTED));
        Survey survey = new Survey(server.address(), population, requests, operatorKey, config.connections());
        List<String> violations = Oracle.check(attempts, survey.observe(askById));
        report.violations(violations);
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
}
