package io.scrip.gateway.binary;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a connection is about to send: frames behind each other in one buffer, written and flushed once a batch. Belongs
 * to the connection's event loop.
 *
 * <pre>
 *   TCP        | int32 length | int64 request number | message |
 *   WebSocket  | RFC 6455 head of an unmasked binary message | int64 request number | message |
 * </pre>
 */
final class Outbox {
    private static final int INITIAL_BYTES = 8 << 10;
    private static final int MAX_HEAD_BYTES = 10 + Long.BYTES;
    private static final int TEXT_AND_FINAL = 0x81;
    private static final int BINARY_AND_FINAL = 0x82;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MAX_SHORT_BYTES = 0xFFFF;

    private final ChannelHandlerContext context;
    private final boolean webSocket;
    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
    private ByteBuf out;

    Outbox(ChannelHandlerContext context, boolean webSocket) {
        this.context = context;
        this.webSocket = webSocket;
    }

    /** Appends a frame; what it returns are the message's bytes, to be changed before anything else is appended. */
    UnsafeBuffer append(long requestNumber, DirectBuffer message, int offset, int lengthBytes) {
        makeRoom(MAX_HEAD_BYTES + lengthBytes);
        if (webSocket) {
            writeHead(BINARY_AND_FINAL, Long.BYTES + lengthBytes);
        } else {
            out.writeIntLE(Long.BYTES + lengthBytes);
        }
        out.writeLongLE(requestNumber);
        int at = out.writerIndex();
        out.writerIndex(at + lengthBytes);
        Bytes.wrap(window, out, at, lengthBytes);
        window.putBytes(0, message, offset, lengthBytes);
        return window;
    }

    /** Appends a message of text, which stays the caller's. */
    void appendText(ByteBuf text) {
        int lengthBytes = text.readableBytes();
        makeRoom(MAX_HEAD_BYTES + lengthBytes);
        writeHead(TEXT_AND_FINAL, lengthBytes);
        out.writeBytes(text, text.readerIndex(), lengthBytes);
    }

    private void makeRoom(int neededBytes) {
        if (out == null) {
            out = context.alloc().buffer(Math.max(INITIAL_BYTES, neededBytes));
        }
        out.ensureWritable(neededBytes);
    }

    private void writeHead(int kind, int frameBytes) {
        out.writeByte(kind);
        if (frameBytes < SHORT_LENGTH) {
            out.writeByte(frameBytes);
        } else if (frameBytes <= MAX_SHORT_BYTES) {
            out.writeByte(SHORT_LENGTH).writeShort(frameBytes);
        } else {
            out.writeByte(LONG_LENGTH).writeLong(frameBytes);
        }
    }

    boolean isEmpty() {
        return out == null;
    }

    /** Sends what there is. */
    void flush() {
        if (out != null) {
            ChannelFuture unused = context.writeAndFlush(take(), context.voidPromise());
        }
    }

    /** Sends what there is and tells when that has been done. */
    ChannelFuture flushLast() {
        ChannelPromise written = context.newPromise();
        return context.writeAndFlush(out == null ? context.alloc().buffer(0, 0) : take(), written);
    }

    private ByteBuf take() {
        ByteBuf taken = out;
        out = null;
        return taken;
    }

    /** Nobody is left to be told. */
    void clear() {
        if (out != null) {
            take().release();
        }
    }
}
