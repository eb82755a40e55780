package io.scrip.tools;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.BitSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import net.openhft.affinity.Affinity;

/** Makes threads that run on CPUs of their own, those for which one was named. */
final class PinnedThreads implements ThreadFactory {
    private final IntUnaryOperator cpuOf;
    private final AtomicInteger made = new AtomicInteger();

    /** The n-th thread that is made runs on CPU {@code cpuOf(n)}, wherever the system likes when that is negative. */
    PinnedThreads(IntUnaryOperator cpuOf) {
        this.cpuOf = cpuOf;
    }

    /** Refuses a CPU on which this process may not run, before anything has begun. */
    static void requireUsable(ThreadLayout layout) {
        if (layout.pins().isEmpty()) {
            return;
        }
        BitSet allowed = Affinity.getAffinity();
        for (int cpu : layout.pins()) {
            if (!Affinity.isJNAAvailable() || !allowed.get(cpu)) {
                throw new Refusal(
                        ExitCode.USAGE,
                        "--pin names CPU " + cpu + ", but this process may run on " + allowed + " only");
            }
        }
    }

    @Override
    public Thread newThread(Runnable task) {
        int cpu = cpuOf.applyAsInt(made.getAndIncrement());
        return new FastThreadLocalThread(
                cpu < 0
                        ? task
                        : () -> {
                            BitSet one = new BitSet();
                            one.set(cpu);
                            Affinity.setAffinity(one);
                            task.run();
                        });
    }
}
