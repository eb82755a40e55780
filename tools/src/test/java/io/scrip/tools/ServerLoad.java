package io.scrip.tools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Threads that issue credits on a real server until they are told to stop, or the server is gone. */
public final class ServerLoad implements AutoCloseable {
    private static final int THREADS = 4;
    private static final long LIMIT_MS = 60_000;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean running = true;

    /** Opens a wallet and begins. */
    public ServerLoad(RealServer server, String key) throws IOException, InterruptedException {
        String answer = server.postForBody("/api/v1/wallets", key, "{\"owner\":\"agent:" + UUID.randomUUID() + "\"}")
                .body();
        String wallet = JsonMapper.shared().readTree(answer).get("wallet_id").asString();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> run(server, key, wallet), "load-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(RealServer server, String key, String wallet) {
        while (running) {
            String id = UUID.randomUUID().toString();
            String body = "{\"id\":\"" + id + "\",\"to\":\"" + wallet + "\",\"amount\":\"1\"}";
            try {
                if (server.postForBody("/api/v1/tokens/CRD/issue", key, body).statusCode() == 201) {
                    acknowledged.add(id);
                    count.incrementAndGet();
                }
            } catch (IOException gone) {
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Waits until so many more were acknowledged. */
    public void awaitMore(int more) {
        int wanted = count.get() + more;
        long deadlineNs = System.nanoTime() + LIMIT_MS * 1_000_000;
        while (count.get() < wanted) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("only " + count.get() + " of " + wanted + " were acknowledged");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    /** What has been acknowledged so far. */
    public List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Stops, and waits for the answers to what is under way. */
    public void finish() {
        running = false;
        try {
            for (Thread thread : threads) {
                thread.join(LIMIT_MS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finish();
    }
}
