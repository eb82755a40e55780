package io.scrip.gateway;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * Keeps an event loop awake for a moment after it had something to do. What it waits for is on its way then, from the
 * pipeline or from a client that has just been answered, and waking a thread takes longer than that, above all on a
 * virtual machine whose processor has gone to sleep. While it waits it gives way to whoever else can run. Belongs to
 * one event loop.
 */
final class Lingering implements SelectStrategy {
    private final long lingerNs;
    private long busyNs;
    private boolean hasSlept;

    Lingering(long lingerNs) {
        this.lingerNs = lingerNs;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // only a hint is wanted
    public int calculateStrategy(IntSupplier readyNow, boolean hasTasks) throws Exception {
        long nowNs = System.nanoTime();
        if (hasTasks || hasSlept) {
            hasSlept = false;
            busyNs = nowNs;
            return readyNow.get();
        }
        if (nowNs - busyNs >= lingerNs) {
            hasSlept = true;
            return SelectStrategy.SELECT;
        }
        int ready = readyNow.get();
        if (ready > 0) {
            busyNs = nowNs;
            return ready;
        }
        Thread.yield();
        return SelectStrategy.CONTINUE;
    }
}
