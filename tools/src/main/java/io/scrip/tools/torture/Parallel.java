package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Does one thing for each of many indices over many connections; every index exactly once. */
final class Parallel {
    private static final int ANSWER_TIMEOUT_MS = 30_000;

    private Parallel() {}

    /** What is done for one index, on a connection that this thread has to itself. */
    interface Step {
        void run(HttpConnection connection, int index) throws IOException;
    }

    /** Returns when all are done; the first failure ends the rest and is thrown. */
    static void forEach(int count, InetSocketAddress server, int connections, Step step)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(connections, count)));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < Math.min(connections, count); thread++) {
                running.add(threads.submit(() -> {
                    try (HttpConnection connection = new HttpConnection(server, ANSWER_TIMEOUT_MS)) {
                        for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                            step.run(connection, index);
                        }
                    } catch (IOException | RuntimeException e) {
                        next.set(count);
                        throw e;
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw new IOException(e.getCause().getMessage(), e.getCause());
            }
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdown();
        }
    }
}
