package io.scrip.engine;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands out buffers to messages that do not fit into a slot, up to a number of bytes that may be under way at once: a
 * ring full of the largest batches would be more than any heap. Any thread; waits for nobody. Small messages, which
 * is what a transfer is, never come here.
 */
final class LargeMessages {
    private final long limitBytes;
    private final AtomicLong underWayBytes = new AtomicLong();

    LargeMessages(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** A buffer for so many bytes, {@code null} when they would be too many with those that are under way. */
    UnsafeBuffer take(int lengthBytes) {
        if (underWayBytes.addAndGet(lengthBytes) > limitBytes) {
            underWayBytes.addAndGet(-lengthBytes);
            return null;
        }
        return new UnsafeBuffer(new byte[lengthBytes]);
    }

    /** The message is answered; whoever calls this forgets the buffer. */
    void giveBack(UnsafeBuffer buffer) {
        underWayBytes.addAndGet(-buffer.capacity());
    }

    long underWayBytes() {
        return underWayBytes.get();
    }
}
