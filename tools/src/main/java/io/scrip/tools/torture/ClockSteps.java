package io.scrip.tools.torture;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** T10: the server's clock is an hour back, a day ahead, frozen, beyond 2038. Journal time grows all the same. */
final class ClockSteps implements Campaign {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final int LOAD_MS = 1_500;
    private static final List<String> CLOCKS =
            List.of("-1h", "+1d", "2031-01-01 00:00:00", "@2038-01-19 03:14:06", "-3d", "+0");

    @Override
    public Line line() {
        return new Line("T10", "clock back, ahead, frozen, beyond 2038", CLOCKS.size(), 4 * CLOCKS.size(), 7);
    }

    @Override
    public String missing() {
        return Tools.library(LIBRARY) == null ? "needs libfaketime" : null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            while (bench.injuries() < injuries) {
                trial.server().kill();
                String clock = CLOCKS.get(bench.injuries() % CLOCKS.size());
                trial.start(Launch.with(Map.of(
                        "LD_PRELOAD",
                        Tools.library(LIBRARY).toString(),
                        "FAKETIME",
                        clock,
                        // Without these two every timed wait of the JVM lasts for seconds.
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0")));
                trial.load(LOAD_MS, false, (server, round) -> {});
                bench.hurt();
                trial.verify("with the clock at " + clock);
                trial.server().kill();
                trial.start(Launch.PLAIN);
                trial.verify("after the clock was at " + clock);
            }
            trial.finish();
        }
    }
}
