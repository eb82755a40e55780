package io.scrip.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread brings about, and fails when it does not. */
final class Eventually {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private Eventually() {}

    static void until(String what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new AssertionError("waited in vain for: " + what);
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
