package io.scrip.engine;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands out buffers to messages that do not fit into a slot, up to a number of bytes that may be under way at once: a
 * ring full of the largest batches would be more than any heap. Any thread; waits for nobody. Small messages, which
 * is what a transfer is, never come here.
 *
 * <p>Buffers have the size of the next power of two and are kept for the next message of that size, some of each: a new
 * one would have to be zeroed, and collected, for every batch.
 */
final class LargeMessages {
    private static final int LEAST_BYTES_LOG2 = 10;
    /** Longer ones than the largest message are not kept; there are none but in tests. */
    private static final int MOST_BYTES_LOG2 = 22;

    private static final int MOST_KEPT = 32;
    private static final int MOST_KEPT_BYTES = 8 << 20;

    private final long limitBytes;
    private final AtomicLong underWayBytes = new AtomicLong();
    /** By the logarithm of their size. */
    private final ManyToManyConcurrentArrayQueue<UnsafeBuffer>[] kept = newQueues();

    LargeMessages(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** A buffer for so many bytes or more, {@code null} when they would be too many with those that are under way. */
    UnsafeBuffer take(int lengthBytes) {
        int log2 = Math.max(LEAST_BYTES_LOG2, Integer.SIZE - Integer.numberOfLeadingZeros(lengthBytes - 1));
        int bytes = log2 <= MOST_BYTES_LOG2 ? 1 << log2 : lengthBytes;
        if (underWayBytes.addAndGet(bytes) > limitBytes) {
            underWayBytes.addAndGet(-bytes);
            return null;
        }
        UnsafeBuffer used = log2 <= MOST_BYTES_LOG2 ? kept[log2].poll() : null;
        return used != null ? used : new UnsafeBuffer(new byte[bytes]);
    }

    /** The message is answered; whoever calls this forgets the buffer. */
    void giveBack(UnsafeBuffer buffer) {
        int bytes = buffer.capacity();
        underWayBytes.addAndGet(-bytes);
        if (bytes <= 1 << MOST_BYTES_LOG2) {
            // Where there are enough of this size, it goes to the collector.
            kept[Integer.numberOfTrailingZeros(bytes)].offer(buffer);
        }
    }

    long underWayBytes() {
        return underWayBytes.get();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static ManyToManyConcurrentArrayQueue<UnsafeBuffer>[] newQueues() {
        ManyToManyConcurrentArrayQueue<UnsafeBuffer>[] queues = new ManyToManyConcurrentArrayQueue[MOST_BYTES_LOG2 + 1];
        for (int log2 = LEAST_BYTES_LOG2; log2 <= MOST_BYTES_LOG2; log2++) {
            queues[log2] =
                    new ManyToManyConcurrentArrayQueue<>(Math.max(2, Math.min(MOST_KEPT, MOST_KEPT_BYTES >> log2)));
        }
        return queues;
    }
}
