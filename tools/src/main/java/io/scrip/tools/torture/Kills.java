package io.scrip.tools.torture;

import java.io.IOException;

/** T1: {@code kill -9} at random instants under load. */
final class Kills implements Campaign {
    private static final int KILLS_PER_LEDGER = 10;

    @Override
    public String id() {
        return "T1";
    }

    @Override
    public String title() {
        return "kill -9 at a random instant";
    }

    @Override
    public int ciInjuries() {
        return 50;
    }

    @Override
    public int releaseInjuries() {
        return 1_000;
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                trial.start(Launch.PLAIN);
                trial.openAndFund();
                for (int kill = 0; kill < KILLS_PER_LEDGER && bench.injuries() < injuries; kill++) {
                    trial.load(bench.loadMs(50, 1_000), false, (server, round) -> server.kill());
                    bench.hurt();
                    trial.start(Launch.PLAIN);
                    trial.verify("after kill " + bench.injuries());
                }
                trial.finish();
            }
        }
    }
}
