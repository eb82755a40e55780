package io.scrip.tools;

import io.scrip.snapshotter.Recovery;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says how far something that goes through records is, once it takes long enough that somebody might wonder. */
public final class ReplayProgress implements Recovery.Progress {
    private static final long QUIET_NS = 2_000_000_000L;
    private static final long EVERY_NS = 1_000_000_000L;

    private final PrintWriter err;
    private final String doing;
    private final String what;
    private final LongSupplier clockNs;
    private long beganNs;
    private long beganAt;
    private boolean begun;
    private long nextNs;

    ReplayProgress(PrintWriter err, LongSupplier clockNs) {
        this("replaying the journal", err, clockNs);
    }

    /**
     * @param doing   the first words of each line
     * @param clockNs nanoseconds from anywhere
     */
    public ReplayProgress(String doing, PrintWriter err, LongSupplier clockNs) {
        this(doing, "records", err, clockNs);
    }

    /** As above, for something else than records. */
    public ReplayProgress(String doing, String what, PrintWriter err, LongSupplier clockNs) {
        this.doing = doing;
        this.what = what;
        this.err = err;
        this.clockNs = clockNs;
        beganNs = clockNs.getAsLong();
        nextNs = beganNs + QUIET_NS;
    }

    @Override
    public void onProgress(long records, long ofRecords) {
        long nowNs = clockNs.getAsLong();
        if (nowNs - nextNs < 0) {
            if (!begun) {
                // What went before, a snapshot that was read perhaps, says nothing about how fast this goes.
                begun = true;
                beganNs = nowNs;
                beganAt = records;
            }
            return;
        }
        begun = true;
        nextNs = nowNs + EVERY_NS;
        double perSecond = (records - beganAt) * 1e9 / (nowNs - beganNs);
        err.printf(
                Locale.ROOT,
                "scrip: %s: %,d of %,d %s, %,.0f/s, %.0f s left%n",
                doing,
                records,
                ofRecords,
                what,
                perSecond,
                (ofRecords - records) / perSecond);
        err.flush();
    }
}
