package io.scrip.gateway.binary;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.Original;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One frame that waits for its answer: used again and again, found by its slot. Keeps the frame's bytes, because what
 * may be told of an outcome depends on the command. Belongs to its loop.
 */
final class Request {
    final int slot;
    /** The message without the request number, as it was offered. */
    final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    /** Grows each time the slot is used again, so that a late reply does not find somebody else's request. */
    int generation;

    Session session;
    Viewer viewer;
    long number;
    int templateId;
    Step step;
    /** What it counts against the bytes in flight. */
    int chargeBytes;

    long submittedNs;
    /** Whether it was answered before the core's reply came. */
    boolean isAnswered;
    /** What is to be given back, as long as that is being looked for. */
    Original original;

    private ByteBuf frame;

    Request(int slot) {
        this.slot = slot;
    }

    /** Where a core's reply to a request goes next. Stateless. */
    @FunctionalInterface
    interface Step {
        /** The reply with its header; valid during the call only. */
        void onReply(Request request, int templateId, DirectBuffer reply, int offset, int length);
    }

    long correlationId() {
        return (long) generation << Integer.SIZE | slot;
    }

    /** Keeps the bytes of the frame until {@link #release}. */
    void keep(ByteBuf bytes, int index, int lengthBytes) {
        frame = bytes.retain();
        Bytes.wrap(message, bytes, index, lengthBytes);
    }

    /** The message it turned out to be, in place of the frame. */
    void become(byte[] bytes) {
        dropFrame();
        message.wrap(bytes);
    }

    /** The message is needed no more. */
    void dropFrame() {
        message.wrap(0, 0);
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }

    void release() {
        dropFrame();
        session = null;
        viewer = null;
        step = null;
        original = null;
        isAnswered = false;
        generation++;
    }
}
