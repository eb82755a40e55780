package io.scrip.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** T20: one thread offers replies, another drains them, at every distance from each other; no wake-up is lost. */
@Timeout(120)
class ReplyQueueInterleavingTest {
    private static final int ROUNDS = 100_000;
    private static final int MOST_IN_A_BATCH = 4;
    /** So that a drain ends at different distances from the arrival that the next batch waits for. */
    private static final int LONGEST_SPIN = 50;

    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();
    private final ReplyQueue queue = new ReplyQueue(loop, new ReplyQueue.Receiver() {
        @Override
        public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
            if (correlationId != received.get() + 1) {
                outOfOrder.incrementAndGet();
            }
            received.set(correlationId);
        }

        @Override
        public void onDrained() {
            for (int spin = (int) (received.get() % LONGEST_SPIN); spin > 0; spin--) {
                Thread.onSpinWait();
            }
        }
    });

    @AfterEach
    void stop() {
        loop.shutdownNow();
    }

    @Test
    void everyBatchArrivesByItsOwnWakeUpHoweverCloseTheLastDrainIsToItsEnd() {
        UnsafeBuffer reply = new UnsafeBuffer(new byte[64]);
        SplittableRandom random = new SplittableRandom(20);
        long sent = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(MOST_IN_A_BATCH); i >= 0; i--) {
                queue.onReply(++sent, reply, 0, reply.capacity());
            }
            queue.onBatchEnd();
            // Waits for its arrival, not for the end of the drain it came by: the next batch races with that.
            awaitArrival(sent);
        }
        assertEquals(0, outOfOrder.get());
    }

    private void awaitArrival(long sent) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (received.get() < sent) {
            Thread.onSpinWait();
            assertTrue(System.nanoTime() < deadlineNs, () -> "reply " + sent + " is left: " + received.get());
        }
    }
}
