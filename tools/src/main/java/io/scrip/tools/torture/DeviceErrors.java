package io.scrip.tools.torture;

import java.io.IOException;
import java.util.List;

/** T8: the Nth flush or write fails. The first failure ends the server, and nothing of that batch was answered. */
final class DeviceErrors implements Campaign {
    private static final int ERRORS_PER_LEDGER = 5;
    private static final int LOAD_MS = 4_000;
    private static final int END_TIMEOUT_MS = 60_000;
    private static final int DISK = 6;

    private static final List<Failing> ERRORS = List.of(
            new Failing("fdatasync", "EIO", 200),
            new Failing("fdatasync", "EIO", 20),
            new Failing("fdatasync", "ENOSPC", 50));

    /** A failing call, and up to which of them may be the first to fail. */
    private record Failing(String systemCall, String name, int last) {}

    @Override
    public Line line() {
        return new Line("T8", "a flush fails at the Nth call", 10, 100, 8.5);
    }

    @Override
    public String missing() {
        return Strace.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                trial.start(Launch.PLAIN);
                trial.openAndFund();
                trial.server().stop();
                for (int turn = 0; turn < ERRORS_PER_LEDGER && bench.injuries() < injuries; turn++) {
                    failOnce(bench, trial);
                    trial.start(Launch.PLAIN);
                    trial.verify("after error " + bench.injuries());
                    trial.server().stop();
                }
                trial.finish();
            }
        }
    }

    private static void failOnce(Bench bench, Trial trial) throws IOException, InterruptedException {
        Failing failing = ERRORS.get(bench.injuries() % ERRORS.size());
        int nth = 2 + bench.random().nextInt(failing.last());
        bench.progress(failing.name() + " at " + failing.systemCall() + " " + nth);
        // One failure only: the next flush succeeds, which is what tempts others to go on.
        Strace strace = new Strace(
                bench.folder().resolve("strace-" + bench.injuries() + ".txt"),
                failing.systemCall(),
                "error=" + failing.name() + ":when=" + nth);
        if (trial.attemptStart(strace.launch())) {
            trial.load(LOAD_MS, true, (server, round) -> {});
        }
        // Looked at after the load: until its last request is answered, a flush may fail.
        if (strace.injected() > 0) {
            int exit = trial.server().awaitEnd(END_TIMEOUT_MS);
            if (exit < 0) {
                trial.findings().violation("the server went on after a failed flush");
            } else if (exit != DISK) {
                trial.findings()
                        .violation("a failed flush ended the server with " + exit + ", not " + DISK + ": "
                                + trial.server().said());
            }
        }
        trial.server().kill();
        bench.hurt();
    }
}
