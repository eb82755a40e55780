package io.scrip.tools.torture;

import java.io.IOException;
import java.util.List;

/**
 * T2: killed at the Nth system call of a kind, by the tracer and so at exactly that place: while it starts for the first
 * time, while it recovers, and under load. The tracer counts each thread's calls.
 */
final class SystemCallKills implements Campaign {
    private static final int KILLS_PER_LEDGER = 12;
    private static final int FIRST_STARTS = 4;
    private static final int LONGEST_LOAD_MS = 1_000;

    private static final List<Target> TARGETS = List.of(
            new Target("fdatasync", 60),
            new Target("fsync", 12),
            new Target("rename", 5),
            new Target("ftruncate", 5),
            new Target("unlink", 3),
            new Target("mkdir", 4),
            new Target("pwrite64", 60),
            new Target("msync", 3),
            new Target("openat", 500));

    /** A system call, and up to which of them it makes sense to kill. */
    private record Target(String systemCall, int last) {}

    @Override
    public Line line() {
        return new Line("T2", "killed at the Nth system call", 60, 600, 7);
    }

    @Override
    public String missing() {
        return Strace.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                for (int kill = 0; kill < KILLS_PER_LEDGER && bench.injuries() < injuries; kill++) {
                    killAtCall(bench, trial);
                    trial.start(Launch.PLAIN);
                    if (kill + 1 >= FIRST_STARTS) {
                        trial.openAndFund();
                    }
                    trial.verify("after kill " + bench.injuries());
                    trial.server().kill();
                }
                trial.finish();
            }
        }
    }

    private static void killAtCall(Bench bench, Trial trial) throws IOException, InterruptedException {
        // In turn, so that every kind has its share of the first starts, the recoveries and the loads.
        Target target = TARGETS.get(bench.injuries() % TARGETS.size());
        int nth = 1 + bench.random().nextInt(target.last());
        bench.progress("kill at " + target.systemCall() + " " + nth);
        Strace strace =
                new Strace(bench.folder().resolve("strace.txt"), target.systemCall(), "signal=SIGKILL:when=" + nth);
        boolean ready = trial.attemptStart(strace.launch());
        if (ready && trial.isFunded()) {
            trial.load(LONGEST_LOAD_MS, true, (server, round) -> server.kill());
        } else if (ready) {
            trial.server().kill();
        }
        bench.hurt();
    }
}
