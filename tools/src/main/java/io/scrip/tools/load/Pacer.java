package io.scrip.tools.load;

/**
 * Says when the next request is due. A closed loop is due whenever there is a connection for it; an open loop at moments
 * that are fixed beforehand, a request each 1/rate of a second, whatever becomes of those before. Times are of one
 * monotonic clock, in nanoseconds. Belongs to one thread.
 */
public final class Pacer {
    /** No request of a closed loop is due earlier than it is sent. */
    private static final double CLOSED = 0;

    private final long startNs;
    private final double intervalNs;
    private long taken;

    private Pacer(long startNs, double intervalNs) {
        this.startNs = startNs;
        this.intervalNs = intervalNs;
    }

    /** The next request is due when the one before is answered. */
    public static Pacer closed() {
        return new Pacer(0, CLOSED);
    }

    /** Requests are due at fixed moments, so many a second. */
    public static Pacer open(long startNs, double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("the rate must be above 0, not " + perSecond);
        }
        return new Pacer(startNs, 1e9 / perSecond);
    }

    public boolean isOpen() {
        return intervalNs != CLOSED;
    }

    /** The moment the next request is due; not in the future for a closed loop. */
    public long nextDueNs(long nowNs) {
        return isOpen() ? startNs + (long) (taken * intervalNs) : nowNs;
    }

    /** Takes the next request, which must be due; the moment from which its latency counts. */
    public long take(long nowNs) {
        long dueNs = nextDueNs(nowNs);
        if (dueNs - nowNs > 0) {
            throw new IllegalStateException("taken " + (dueNs - nowNs) + " ns before it is due");
        }
        taken++;
        return dueNs;
    }
}
