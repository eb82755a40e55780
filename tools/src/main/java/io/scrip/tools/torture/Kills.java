package io.scrip.tools.torture;

import java.io.IOException;
import java.util.Locale;

/** T1: {@code kill -9} at random instants under load. */
final class Kills implements Campaign {
    private static final int KILLS_PER_LEDGER = 10;
    private static final int ENOUGH_STARTS = 20;
    private static final double SLOWEST_START_S = 5;
    /** Where even a start that has nothing to recover takes long, as many times that. */
    private static final int SLOWER_THAN_EMPTY = 3;

    @Override
    public Line line() {
        return new Line("T1", "kill -9 at a random instant", 50, 1_000, 4.7);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        double slowestEmptyS = 0;
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                trial.start(Launch.PLAIN);
                slowestEmptyS = Math.max(slowestEmptyS, trial.server().startedInNs() / 1e9);
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
        double p99 = bench.findings().startP99Seconds();
        bench.note(String.format(Locale.ROOT, "99 of 100 starts within %.1f s", p99));
        double limitS = Math.max(SLOWEST_START_S, SLOWER_THAN_EMPTY * slowestEmptyS);
        if (bench.findings().starts() >= ENOUGH_STARTS && p99 > limitS) {
            bench.findings().violation("a start takes " + p99 + " s, more than " + limitS);
        }
    }
}
