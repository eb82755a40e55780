package io.scrip.tools.torture;

import java.io.IOException;

/** T9: every flush takes 20 ms, 200 ms, 2 s. Slower answers or refusals, never wrong ones. */
final class SlowDisk implements Campaign {
    private static final int[] DELAYS_MS = {20, 200, 2_000};
    private static final int LOAD_MS = 6_000;

    @Override
    public Line line() {
        return new Line("T9", "flushes take 20 ms, 200 ms, 2 s", 3, 20, 14);
    }

    @Override
    public String missing() {
        return Strace.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            trial.server().stop();
            while (bench.injuries() < injuries) {
                int delayMs = DELAYS_MS[bench.injuries() % DELAYS_MS.length];
                Strace strace =
                        new Strace(bench.folder().resolve("strace.txt"), "fdatasync", "delay_exit=" + delayMs * 1_000L);
                trial.start(strace.launch());
                trial.load(LOAD_MS, false, (server, round) -> {});
                bench.hurt();
                trial.server().kill();
                trial.start(Launch.PLAIN);
                trial.verify("after " + delayMs + " ms per flush");
                trial.server().stop();
            }
            trial.finish();
        }
    }
}
