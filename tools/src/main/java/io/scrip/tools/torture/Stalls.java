package io.scrip.tools.torture;

import java.io.IOException;

/** E6: the process is stopped for seconds under load and goes on; a second server keeps out meanwhile. */
final class Stalls implements Campaign {
    private static final int STALL_MS = 2_000;
    private static final int RESUMED_MS = 500;
    private static final int DATA_LOCKED = 4;

    @Override
    public Line line() {
        return new Line("E6", "SIGSTOP, a second server, SIGCONT", 3, 20, 7);
    }

    @Override
    public String missing() {
        return Tools.missing("kill");
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            while (bench.injuries() < injuries) {
                trial.load(bench.loadMs(100, 500), false, (server, round) -> {
                    String pid = Long.toString(server.pid());
                    Tools.run("kill", "-STOP", pid);
                    keepsOut(trial);
                    Thread.sleep(STALL_MS);
                    Tools.run("kill", "-CONT", pid);
                    Thread.sleep(RESUMED_MS);
                });
                bench.hurt();
                if (!trial.server().isAlive()) {
                    trial.findings()
                            .violation("the server did not survive a stop: "
                                    + trial.server().said());
                }
                trial.verify("after stall " + bench.injuries());
                trial.server().kill();
                trial.start(Launch.PLAIN);
                trial.verify("after stall and kill " + bench.injuries());
            }
            trial.finish();
        }
    }

    private static void keepsOut(Trial trial) throws IOException, InterruptedException {
        ServerProcess second = trial.second();
        int exit = second.awaitEnd(0);
        if (exit != DATA_LOCKED) {
            trial.findings()
                    .violation("a second server on the same folder ended with " + exit + ", not " + DATA_LOCKED + ": "
                            + second.said());
        }
        second.kill();
    }
}
