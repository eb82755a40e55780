package io.scrip.testkit.sim;

import io.scrip.testkit.workload.Chance;

/**
 * Which faults a seed's run has, and how often: each is in some runs and not in others, so that none hides another.
 * Percentages are out of a hundred; "every" counts operations, 0 means never. Crashes and stops come more seldom as the
 * journal grows, for each has all of it replayed.
 */
record Weather(
        int clients,
        int mostInBatch,
        int dropRequest,
        int duplicate,
        int delay,
        int dropReply,
        int crashEvery,
        int powerShare,
        int crashInRecovery,
        CutStyle cut,
        int stopEvery,
        int refuseForceEvery,
        int fullDiskEvery,
        int loseEvents,
        int damageProbes,
        int snapshotEvery,
        int idle,
        long rollBytes) {
    private static final int KIBI = 1 << 10;

    static Weather of(Chance chance) {
        return new Weather(
                (int) chance.between(1, 6),
                (int) chance.pick(1, 2, 4, 16, 48),
                percent(chance, 10),
                percent(chance, 15),
                percent(chance, 20),
                percent(chance, 20),
                (int) chance.pick(0, 100, 100, 300, 1_000),
                (int) chance.pick(0, 50, 70, 100),
                percent(chance, 60),
                new CutStyle((int) chance.between(0, 100), percent(chance, 40), percent(chance, 10)),
                (int) chance.pick(0, 500, 2_000),
                (int) chance.pick(0, 0, 2_500, 5_000),
                (int) chance.pick(0, 0, 2_000, 4_000),
                percent(chance, 30),
                (int) chance.pick(0, 1, 2),
                (int) chance.pick(0, 400, 1_500, 4_000),
                percent(chance, 30),
                chance.pick(32 * KIBI, 128 * KIBI, 1024 * KIBI, 16_384 * KIBI));
    }

    /** None of the faults: what is under way comes to its end. */
    Weather calm() {
        return new Weather(
                clients, mostInBatch, 0, 0, 0, 0, 0, 0, 0, new CutStyle(0, 0, 0), 0, 0, 0, 0, 0, 0, idle, rollBytes);
    }

    private static int percent(Chance chance, int most) {
        return chance.coin() ? (int) chance.between(0, most) : 0;
    }
}
