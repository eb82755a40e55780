package io.scrip.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/**
 * How a thread in the background gives way to those that somebody waits for: it works in short bursts and rests after
 * each. Java cannot tell the system that a thread matters less; but one that sleeps most of the time lets the others go
 * first, and one that works for a fifth of a millisecond keeps nobody waiting for longer.
 *
 * <p>A burst that took longer than the processor time it had was kept from the processor by others: the machine has more
 * to do than cores. While that goes on, rests are several times as long as bursts; otherwise they are as long. So what
 * is done in the background lags behind on a loaded machine and catches up afterwards. One thread.
 */
public final class Pace {
    private static final long BURST_NS = 200_000;
    private static final long LONGEST_REST_NS = 250_000_000;
    private static final int REST_ALONE = 1;
    private static final int REST_CROWDED = 6;
    /** How much the newest burst counts. */
    private static final double NEWEST = 0.2;
    /** The part of its time that a burst on a machine of its own may miss: what the system does in between. */
    private static final double CROWDED_AT = 0.15;

    private final Times times;
    private double missed;
    private long beganNs;
    private long beganCpuNs;

    /** The clock, and what this thread has had of the processor; both in nanoseconds. */
    interface Times {
        long nowNs();

        long cpuNs();

        void park(long ns);
    }

    /** Used by the thread that works, which need not be the one that makes it. */
    public Pace() {
        this(new RealTimes());
    }

    Pace(Times times) {
        this.times = times;
    }

    /** A burst of work begins. */
    public void begin() {
        beganNs = times.nowNs();
        beganCpuNs = times.cpuNs();
    }

    /** Rests, if there has been work for long enough, and begins the next burst. */
    public void step() {
        if (times.nowNs() - beganNs >= BURST_NS) {
            rest();
        }
    }

    /** Rests for the work since the last rest, however little, and begins the next burst. */
    public void rest() {
        long workedNs = times.nowNs() - beganNs;
        if (workedNs > 0) {
            double missedNow = 1.0 - Math.min(1.0, (times.cpuNs() - beganCpuNs) / (double) workedNs);
            missed += NEWEST * (missedNow - missed);
            times.park(Math.min(workedNs * (isCrowded() ? REST_CROWDED : REST_ALONE), LONGEST_REST_NS));
        }
        begin();
    }

    /** Whether others have kept this thread from the processor lately. */
    boolean isCrowded() {
        return missed > CROWDED_AT;
    }

    private static final class RealTimes implements Times {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        @Override
        public long nowNs() {
            return System.nanoTime();
        }

        @Override
        public long cpuNs() {
            return threads.getCurrentThreadCpuTime();
        }

        @Override
        public void park(long ns) {
            LockSupport.parkNanos(this, ns);
        }
    }
}
