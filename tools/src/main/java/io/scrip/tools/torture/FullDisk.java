package io.scrip.tools.torture;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * T7: the disk fills up, under load and while nobody asks for anything, to its last byte: read-only, alive, nothing lost;
 * writable again when there is room.
 */
final class FullDisk implements Campaign {
    private static final long DISK_BYTES = 1L << 30;
    /** Less than a server leaves alone. */
    private static final long LEFT_BYTES = 64L << 20;
    /** A block or so of the file system's own may not fit. */
    private static final long NOTHING_BYTES = 64L << 10;
    /** Longer than a server believes what the file system has said. */
    private static final int NOTICED_MS = 300;

    private static final int FULL_MS = 1_000;
    private static final int FREED_MS = 1_000;
    private static final int FREED_LIMIT_S = 60;

    @Override
    public Line line() {
        return new Line("T7", "disk full, and room again", 10, 100, 13);
    }

    @Override
    public String missing() {
        return LoopDisk.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (LoopDisk disk = new LoopDisk(bench.folder(), DISK_BYTES);
                Trial trial = bench.trialOn(disk.mountpoint().resolve("data"))) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            while (bench.injuries() < injuries) {
                if (bench.injuries() % 3 == 2) {
                    fillWhileIdle(disk, trial);
                } else {
                    fillUnderLoad(disk, trial, bench.loadMs(200, 800));
                }
                bench.hurt();
                // Every second time it is killed and started while there is no room.
                if (bench.injuries() % 2 == 0) {
                    trial.server().kill();
                    if (trial.attemptStart(Launch.PLAIN)) {
                        trial.server().kill();
                    } else {
                        bench.progress("start without room: " + trial.server().said());
                    }
                    disk.empty();
                    trial.start(Launch.PLAIN);
                } else {
                    disk.empty();
                }
                awaitRoom(trial);
                trial.verify("after full disk " + bench.injuries());
            }
            trial.finish();
        }
    }

    private static void fillUnderLoad(LoopDisk disk, Trial trial, int loadMs) throws IOException, InterruptedException {
        trial.load(loadMs, false, (server, round) -> {
            disk.fillUpTo(LEFT_BYTES);
            Thread.sleep(NOTICED_MS);
            disk.fillUpTo(NOTHING_BYTES);
            Thread.sleep(FULL_MS);
            requireAlive(trial);
        });
    }

    /** Somebody else takes all there is at once; the first who asks for something then is told so. */
    private static void fillWhileIdle(LoopDisk disk, Trial trial) throws IOException, InterruptedException {
        trial.load(FREED_MS, false, (server, round) -> {});
        Thread.sleep(NOTICED_MS);
        disk.fillUpTo(NOTHING_BYTES);
        Round round = trial.load(FULL_MS, false, (server, ignored) -> {});
        requireAlive(trial);
        if (round.postedCount() > 0) {
            trial.findings().violation(round.postedCount() + " transfers were accepted on a full disk");
        }
    }

    private static void requireAlive(Trial trial) {
        if (!trial.server().isAlive()) {
            trial.findings()
                    .violation(
                            "the server died of a full disk: " + trial.server().said());
        }
    }

    /** With room again it must accept again, by itself. */
    private static void awaitRoom(Trial trial) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(FREED_LIMIT_S);
        long posted = 0;
        while (posted == 0 && System.nanoTime() < deadlineNs) {
            posted = trial.load(FREED_MS, false, (server, ignored) -> {}).postedCount();
        }
        if (posted == 0) {
            trial.findings().violation("nothing was accepted within " + FREED_LIMIT_S + " s of having room again");
        }
    }
}
