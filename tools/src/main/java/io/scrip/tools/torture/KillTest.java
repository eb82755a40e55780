package io.scrip.tools.torture;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Runs a real server under load, kills it with {@code -9} at random instants, starts it again and asks the oracle. */
final class KillTest {
    private static final int SHORTEST_LOAD_MS = 300;

    private final KillTestConfig config;
    private final Consumer<String> progress;
    private final SplittableRandom random;

    KillTest(KillTestConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
        random = new SplittableRandom(config.seed());
    }

    KillTestReport run() throws IOException, InterruptedException {
        Findings findings = new Findings();
        Trial.Config parts = new Trial.Config(
                config.serverCommand(),
                config.folder().resolve("data"),
                config.folder(),
                config.wallets(),
                config.connections(),
                config.seed());
        try (Trial trial = new Trial(parts, findings, progress)) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            for (int kill = 1; kill <= config.kills(); kill++) {
                loadAndKill(trial, kill);
                trial.start(Launch.PLAIN);
                trial.verify("after kill " + kill);
            }
            int exit = trial.server().stop();
            if (exit != 0) {
                findings.violation("SIGTERM ended the server with exit code " + exit + " instead of 0");
            }
            trial.start(Launch.PLAIN);
            trial.verify("after an orderly stop");
            trial.finish();
        }
        return new KillTestReport(config, findings);
    }

    private void loadAndKill(Trial trial, int kill) throws IOException, InterruptedException {
        int loadMs = SHORTEST_LOAD_MS + random.nextInt(Math.max(1, config.seconds() * 1_000 - SHORTEST_LOAD_MS));
        progress.accept(
                String.format("round %d of %d: load for %.1f s, then kill -9", kill, config.kills(), loadMs / 1e3));
        Round round = trial.load(loadMs, false, (server, ignored) -> server.kill());
        if (round.answeredCount() == 0) {
            trial.findings().violation("nothing was answered in round " + kill + ": this kill tested nothing");
        }
    }
}
