package io.scrip.gateway.http;

import io.scrip.engine.ReplySink;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Carries replies from the pipeline's thread to one event loop: copied into a ring, with one wake-up per batch. What
 * does not fit into the ring goes over a queue on the heap, so no reply is ever lost and the pipeline never waits.
 */
public final class ReplyQueue implements ReplySink {
    private static final int CAPACITY_BYTES = 4 << 20;
    private static final int MESSAGE_TYPE = 1;
    private static final int MAX_SPARES = 8;
    private static final int MAX_SPARE_BYTES = 1 << 20;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(CAPACITY_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final ConcurrentLinkedQueue<Overflow> overflow = new ConcurrentLinkedQueue<>();
    private final OneToOneConcurrentArrayQueue<Overflow> spare = new OneToOneConcurrentArrayQueue<>(MAX_SPARES);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Executor loop;
    private final Receiver receiver;
    private final Runnable drain = this::drain;
    private final MessageHandler onMessage = this::onMessage;

    /** Takes replies on the event loop. */
    public interface Receiver {
        void onReply(long correlationId, DirectBuffer reply, int offset, int length);

        /** All that had arrived has been handed over. */
        void onDrained();
    }

    /** A reply that did not fit; used again for later ones. */
    private static final class Overflow {
        long correlationId;
        int lengthBytes;
        UnsafeBuffer reply = new UnsafeBuffer(0, 0);
    }

    public ReplyQueue(Executor loop, Receiver receiver) {
        this.loop = loop;
        this.receiver = receiver;
    }

    @Override
    public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
        int claim = Long.BYTES + length <= ring.maxMsgLength() ? ring.tryClaim(MESSAGE_TYPE, Long.BYTES + length) : -1;
        if (claim <= 0) {
            addOverflow(correlationId, reply, offset, length);
            return;
        }
        ring.buffer().putLong(claim, correlationId);
        ring.buffer().putBytes(claim + Long.BYTES, reply, offset, length);
        ring.commit(claim);
    }

    private void addOverflow(long correlationId, DirectBuffer reply, int offset, int length) {
        Overflow place = spare.poll();
        if (place == null) {
            place = new Overflow();
        }
        if (place.reply.capacity() < length) {
            place.reply = new UnsafeBuffer(new byte[Math.max(length, Integer.highestOneBit(length) << 1)]);
        }
        place.correlationId = correlationId;
        place.lengthBytes = length;
        place.reply.putBytes(0, reply, offset, length);
        overflow.add(place);
    }

    @Override
    public void onBatchEnd() {
        if (!awake.getAndSet(true)) {
            try {
                loop.execute(drain);
            } catch (RejectedExecutionException stopped) {
                // The gateway is closed: nobody is left to be answered.
                awake.set(false);
            }
        }
    }

    private void drain() {
        // Cleared first: what arrives from now on wakes the loop again.
        awake.set(false);
        // By the position and not by the number of messages: padding at the ring's end is read, but is no message.
        long before;
        do {
            before = ring.consumerPosition();
            ring.read(onMessage);
        } while (ring.consumerPosition() != before);
        for (Overflow late = overflow.poll(); late != null; late = overflow.poll()) {
            receiver.onReply(late.correlationId, late.reply, 0, late.lengthBytes);
            if (late.reply.capacity() <= MAX_SPARE_BYTES) {
                // The answer to the largest batch is one such; where there are enough, it goes to the collector.
                spare.offer(late);
            }
        }
        receiver.onDrained();
    }

    private void onMessage(int type, DirectBuffer buffer, int index, int length) {
        receiver.onReply(buffer.getLong(index), buffer, index + Long.BYTES, length - Long.BYTES);
    }
}
