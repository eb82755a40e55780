package io.scrip.tools;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * The end of a server's patience after SIGTERM. As long as work that was accepted is not on the device it waits five
 * seconds, then says so and halts with a code of its own: whatever was acknowledged is safe, and nothing else was
 * answered. Afterwards only clients that do not take their answers can hold the process up, and they get four seconds
 * from the signal. A thread of its own; the clock and the halt are given, so that a test needs to wait for neither.
 */
final class StopLimit {
    static final long WORK_LIMIT_NS = 5_000_000_000L;
    static final long CLIENTS_LIMIT_NS = 4_000_000_000L;
    /** However late the work was done, its answers get this long to leave. */
    static final long CLIENTS_LEAST_NS = 500_000_000L;

    private static final long LOOK_EVERY_NS = 50_000_000;

    private final LongSupplier clockNs;
    private final Runnable complain;
    private final IntConsumer halt;
    private final long beganNs;
    private volatile boolean workIsDone;
    private volatile long doneNs;
    private volatile boolean isLifted;

    /** @param complain says that work was left; called right before the halt */
    StopLimit(LongSupplier clockNs, Runnable complain, IntConsumer halt) {
        this.clockNs = clockNs;
        this.complain = complain;
        this.halt = halt;
        beganNs = clockNs.getAsLong();
    }

    /** Begins to watch. */
    void start() {
        Thread thread = new Thread(
                () -> {
                    while (!look()) {
                        LockSupport.parkNanos(LOOK_EVERY_NS);
                    }
                },
                "scrip-stop-limit");
        thread.setDaemon(true);
        thread.start();
    }

    /** Everything accepted is on the device. */
    void workDone() {
        doneNs = clockNs.getAsLong();
        workIsDone = true;
    }

    /** What is done now takes as long as it takes. */
    void lift() {
        isLifted = true;
    }

    /** Looks once; whether there is nothing more to watch. */
    boolean look() {
        long passedNs = clockNs.getAsLong() - beganNs;
        if (isLifted) {
            return true;
        }
        boolean hadTheirTime = workIsDone && clockNs.getAsLong() - doneNs >= CLIENTS_LEAST_NS;
        if (hadTheirTime && passedNs >= CLIENTS_LIMIT_NS) {
            halt.accept(ExitCode.OK.number());
            return true;
        }
        if (!workIsDone && passedNs >= WORK_LIMIT_NS) {
            complain.run();
            halt.accept(ExitCode.STOP_FORCED.number());
            return true;
        }
        return false;
    }
}
