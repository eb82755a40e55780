package io.scrip.tools.torture;

import java.io.IOException;

/** T4: a power cut that keeps a random half of the unflushed sectors of a device, in no order. */
final class TornSectors implements Campaign {
    private static final long DISK_BYTES = 1L << 30;
    private static final int CUTS_PER_LEDGER = 10;
    /** So many cuts are under large batches: answers count here until the device is gone. */
    private static final int BATCHES_ONE_IN = 5;

    private static final int BATCH_CONNECTIONS = 2;
    private static final int AFTER_CUT_MS = 100;

    @Override
    public Line line() {
        return new Line("T4", "power cut with torn and reordered sectors", 20, 200, 6);
    }

    @Override
    public String missing() {
        return TornDisk.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        while (bench.injuries() < injuries) {
            try (TornDisk disk = new TornDisk(bench.folder(), DISK_BYTES);
                    Trial trial = bench.trialOn(disk.mountpoint().resolve("data"))) {
                trial.start(Launch.PLAIN);
                trial.openAndFund();
                int cuts = Math.min(CUTS_PER_LEDGER, injuries - bench.injuries());
                for (int cut = 0; cut < cuts; cut++) {
                    boolean batches = cut >= cuts - Math.max(1, cuts / BATCHES_ONE_IN);
                    if (batches) {
                        trial.sendOnlyLargeBatches(BATCH_CONNECTIONS);
                    }
                    int longestMs = batches ? PowerCuts.LONGEST_BATCHES_MS : PowerCuts.LONGEST_LOAD_MS;
                    trial.load(bench.loadMs(50, longestMs), false, (server, round) -> {
                        disk.cutPower();
                        Thread.sleep(AFTER_CUT_MS);
                        server.kill();
                    });
                    bench.hurt();
                    disk.powerOnAfterCut(bench.random().nextLong() >>> 1);
                    trial.start(Launch.PLAIN);
                    trial.verify("after cut " + bench.injuries());
                }
                trial.finish();
            }
        }
    }
}
