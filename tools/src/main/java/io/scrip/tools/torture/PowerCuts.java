package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** T3: the power of a real ext4 is cut under load, and comes back. With a control that must lose. */
final class PowerCuts implements Campaign {
    private static final long DISK_BYTES = 2L << 30;
    private static final int CUTS_PER_LEDGER = 10;
    /** So many cuts are under large batches. */
    private static final int BATCHES_ONE_IN = 5;

    private static final int BATCH_CONNECTIONS = 2;

    static final int LONGEST_LOAD_MS = 1_000;
    /** Tens of thousands of items are there by then, and every later check of the ledger compares all of them. */
    static final int LONGEST_BATCHES_MS = 500;

    private static final int AFTER_CUT_MS = 200;
    private static final int END_TIMEOUT_MS = 60_000;
    private static final String NO_FLUSH_LIBRARY = "libeatmydata.so";

    private final Flush flush;

    /** Whether the server's flushes reach the device. */
    enum Flush {
        REAL,
        /** It does not flush before it answers. */
        ASYNC,
        /** A library makes of every flush nothing. */
        SWALLOWED
    }

    PowerCuts(Flush flush) {
        this.flush = flush;
    }

    @Override
    public Line line() {
        return switch (flush) {
            case REAL -> new Line("T3", "power cut of a real ext4", 50, 500, 6.5);
            case ASYNC -> new Line("T3 control A", "power cut with --durability async: must lose", 1, 5, 8, true);
            case SWALLOWED -> new Line("T3 control B", "power cut with libeatmydata: must lose", 1, 5, 8, true);
        };
    }

    @Override
    public String missing() {
        String missing = LoopDisk.missing();
        if (missing == null && flush == Flush.SWALLOWED && Tools.library(NO_FLUSH_LIBRARY) == null) {
            return "needs " + NO_FLUSH_LIBRARY;
        }
        return missing;
    }

    private boolean mustFind() {
        return flush != Flush.REAL;
    }

    private Launch launch() {
        if (flush == Flush.SWALLOWED) {
            Path library = Tools.library(NO_FLUSH_LIBRARY);
            return Launch.with(Map.of("LD_PRELOAD", library.toString()));
        }
        return flush == Flush.ASYNC ? Launch.PLAIN.and("--durability", "async") : Launch.PLAIN;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        while (bench.injuries() < injuries) {
            try (LoopDisk disk = new LoopDisk(bench.folder(), DISK_BYTES);
                    Trial trial = bench.trialOn(disk.mountpoint().resolve("data"))) {
                trial.start(launch());
                trial.openAndFund();
                int cuts = Math.min(CUTS_PER_LEDGER, injuries - bench.injuries());
                for (int cut = 0; cut < cuts; cut++) {
                    // The last ones: to compare all of their items takes time, after every cut that follows.
                    boolean batches = !mustFind() && cut >= cuts - Math.max(1, cuts / BATCHES_ONE_IN);
                    if (batches) {
                        trial.sendOnlyLargeBatches(BATCH_CONNECTIONS);
                    }
                    cutOnce(bench, disk, trial, batches ? LONGEST_BATCHES_MS : LONGEST_LOAD_MS);
                    if (mustFind()) {
                        break;
                    }
                }
                trial.finish();
            }
        }
    }

    private void cutOnce(Bench bench, LoopDisk disk, Trial trial, int longestLoadMs)
            throws IOException, InterruptedException {
        trial.load(bench.loadMs(50, longestLoadMs), false, (server, round) -> {
            round.powerOff();
            disk.cutPower();
            Thread.sleep(AFTER_CUT_MS);
            if (!mustFind() && server.awaitEnd(END_TIMEOUT_MS) <= 0) {
                trial.findings().violation("the server did not end after its device failed: " + server.said());
            }
            server.kill();
        });
        bench.hurt();
        disk.remount();
        if (!mustFind()) {
            trial.start(launch());
            trial.verify("after cut " + bench.injuries());
        } else {
            verifyLoss(trial);
        }
    }

    /** A ledger that lost may also refuse to start, or know no wallet: it says so, which is all that is asked here. */
    private void verifyLoss(Trial trial) throws InterruptedException {
        try {
            if (trial.attemptStart(launch())) {
                trial.verify("after the cut");
            } else {
                trial.findings().violation("refused to start: " + trial.server().said());
            }
        } catch (IOException e) {
            trial.findings().violation("not what it was: " + e.getMessage());
        }
    }
}
