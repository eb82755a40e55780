package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalledWaitTest {
    private static final long NOTHING = -2;

    private final SignalledWait waiting = new SignalledWait(TimeUnit.HOURS.toNanos(1));
    private final RingBuffer<Object> ring = RingBuffer.createMultiProducer(Object::new, 64, waiting);
    private final SequenceBarrier barrier = ring.newBarrier();
    private final AtomicLong seen = new AtomicLong(NOTHING);

    private Thread waiterFor(long sequence) {
        Thread waiter = new Thread(() -> {
            try {
                seen.set(barrier.waitFor(sequence));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        waiter.start();
        return waiter;
    }

    private static void untilAsleep(Thread thread) {
        Eventually.until("the consumer to sleep", () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void sleepsThroughPublicationsAndGetsThemTogether() throws InterruptedException {
        Thread waiter = waiterFor(0);
        untilAsleep(waiter);
        for (int i = 0; i < 5; i++) {
            ring.publish(ring.next());
        }
        assertEquals(NOTHING, seen.get());
        waiting.signal();
        waiter.join();
        assertEquals(4, seen.get());
    }

    @Test
    void doesNotSleepWhenSomethingIsThere() throws InterruptedException {
        ring.publish(ring.next());
        Thread waiter = waiterFor(0);
        waiter.join();
        assertEquals(0, seen.get());
    }

    @Test
    void losesNoSignalThatComesWhileTheConsumerGoesToSleep() throws Exception {
        int rounds = 20_000;
        Thread producer = new Thread(() -> {
            for (long i = 0; i < rounds; i++) {
                while (seen.get() < i - 1) {
                    Thread.onSpinWait();
                }
                ring.publish(ring.next());
                waiting.signal();
            }
        });
        seen.set(-1);
        Sequence consumed = new Sequence();
        ring.addGatingSequences(consumed);
        producer.start();
        // A lost signal would leave both waiting for an hour.
        for (long i = 0; i < rounds; i++) {
            // A place that is claimed but not yet filled counts as nothing.
            while (barrier.waitFor(i) < i) {
                Thread.onSpinWait();
            }
            consumed.set(i);
            seen.set(i);
        }
        producer.join();
    }

    @Test
    void givesUpAfterItsTime() {
        SignalledWait impatient = new SignalledWait(1);
        RingBuffer<Object> empty = RingBuffer.createMultiProducer(Object::new, 64, impatient);
        SequenceBarrier emptyBarrier = empty.newBarrier();
        assertThrows(TimeoutException.class, () -> emptyBarrier.waitFor(0));
    }
}
