package io.scrip.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ReplyQueueTest {
    private static final int WRAPS = 3;
    private static final int RING_BYTES = 4 << 20;

    @Test
    void aReplyBehindTheRingsEndIsNotLeftThereUntilTheNextOneComes() {
        AtomicLong received = new AtomicLong();
        ReplyQueue.Receiver receiver = new ReplyQueue.Receiver() {
            @Override
            public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                received.set(correlationId);
            }

            @Override
            public void onDrained() {}
        };
        ReplyQueue queue = new ReplyQueue(Runnable::run, receiver);
        // Not a divisor of the ring's length, so that each time round there is padding at its end.
        UnsafeBuffer reply = new UnsafeBuffer(new byte[1_000]);
        for (long correlationId = 1; correlationId <= WRAPS * RING_BYTES / 1_000; correlationId++) {
            queue.onReply(correlationId, reply, 0, reply.capacity());
            queue.onBatchEnd();
            assertEquals(correlationId, received.get());
        }
    }

    @Test
    void aReplyThatIsTooLongForTheRingArrivesWholeHoweverOftenItsPlaceIsUsed() {
        List<Integer> lengths = new ArrayList<>();
        ReplyQueue.Receiver receiver = new ReplyQueue.Receiver() {
            @Override
            public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                lengths.add(length);
                for (int i = 0; i < length; i++) {
                    if (reply.getByte(offset + i) != (byte) correlationId) {
                        throw new IllegalStateException("byte " + i + " of reply " + correlationId);
                    }
                }
            }

            @Override
            public void onDrained() {}
        };
        ReplyQueue queue = new ReplyQueue(Runnable::run, receiver);
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // Longer and shorter ones in turn, several at a time, the longest not to be kept.
            UnsafeBuffer reply = new UnsafeBuffer(new byte[600_000 + i % 7 * 100_000]);
            reply.setMemory(0, reply.capacity(), (byte) i);
            queue.onReply(i, reply, 0, reply.capacity());
            sent.add(reply.capacity());
            if (i % 11 == 10) {
                queue.onBatchEnd();
            }
        }
        queue.onBatchEnd();
        assertEquals(sent, lengths);
    }
}
