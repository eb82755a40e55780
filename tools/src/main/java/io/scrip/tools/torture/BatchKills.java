package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * T1 and T2 under batches of 1,000 items and more, beside single transfers: with two threads the pipeline applies one
 * batch while it journals the next. Killed at random instants, and where there is a tracer at the Nth system call of one
 * of the two threads in turn: the first is in the middle of a force then, the second between two batches.
 */
final class BatchKills implements Campaign {
    private static final int KILLS_PER_LEDGER = 5;
    private static final int BATCH_CONNECTIONS = 3;
    private static final int LONGEST_LOAD_MS = 1_000;
    private static final String THREAD = "scrip-pipeline-";

    private static final List<Place> PLACES =
            List.of(new Place(0, "fdatasync", 20), new Place(1, "futex", 30), new Place(0, "futex", 30));

    /** Where the tracer kills: a thread of the pipeline, a system call, and up to which of them. */
    private record Place(int thread, String systemCall, int last) {}

    @Override
    public Line line() {
        return new Line("T1 batches", "kill -9 under batches of 1,000 and more", 10, 400, 6);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        int traced = 0;
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                trial.start(launch());
                trial.openAndFund();
                trial.sendLargeBatches(BATCH_CONNECTIONS);
                for (int kill = 0; kill < KILLS_PER_LEDGER && bench.injuries() < injuries; kill++) {
                    if (bench.injuries() % 2 == 1 && Strace.missing() == null) {
                        traced += killAtCall(bench, trial, PLACES.get(bench.injuries() / 2 % PLACES.size())) ? 1 : 0;
                    } else {
                        trial.load(bench.loadMs(50, 350), false, (server, round) -> server.kill());
                    }
                    bench.hurt();
                    trial.start(launch());
                    trial.verify("after kill " + bench.injuries());
                }
                trial.finish();
            }
        }
        bench.note(String.format(
                Locale.ROOT,
                "%d killed at a system call of the pipeline; of %d batches without an answer %d were there, whole",
                traced,
                bench.findings().batchesUnanswered(),
                bench.findings().batchesWhole()));
    }

    /** Also on one core. */
    private static Launch launch() {
        return Launch.PLAIN.and("--pipeline-threads", "2");
    }

    /** Whether it was the tracer that killed. */
    private static boolean killAtCall(Bench bench, Trial trial, Place place) throws IOException, InterruptedException {
        int nth = 1 + bench.random().nextInt(place.last());
        bench.progress("kill at " + place.systemCall() + " " + nth + " of " + THREAD + (place.thread() + 1));
        Path output = bench.folder().resolve("tracer-" + bench.injuries() + ".txt");
        boolean[] killed = new boolean[1];
        long thread = trial.server().threadId(THREAD, place.thread());
        String tampering = "signal=SIGKILL:when=" + nth;
        ThreadTracer tracer = ThreadTracer.attach(trial.server(), thread, place.systemCall(), tampering, output);
        try {
            trial.load(LONGEST_LOAD_MS, true, (server, round) -> {
                killed[0] = !server.isAlive();
                server.kill();
            });
        } finally {
            tracer.close();
        }
        return killed[0];
    }
}
