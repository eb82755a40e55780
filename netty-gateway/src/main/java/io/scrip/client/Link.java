package io.scrip.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** One TCP connection: frames out, frames in. Belongs to the client's thread. */
final class Link extends ChannelInboundHandlerAdapter {
    static final int FRAME_HEAD_BYTES = Integer.BYTES + Long.BYTES;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int MAX_FRAME_BYTES = 64 << 20;

    private final Dispatch dispatch;
    private final UnsafeBuffer out = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private ChannelHandlerContext context;
    /** The begin of a frame, with its length, whose end has not come. */
    private ByteBuf piece;

    private boolean isDirty;
    long lastWriteNs = System.nanoTime();
    /** Since when what was sent has had no answer of any kind; 0: nothing waits. */
    private long waitsSinceNs;

    Link(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        dispatch.onConnected(this);
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    /** A buffer for one frame, to be given to {@link #send}. */
    ByteBuf frame(int maxMessageBytes) {
        return context.alloc().directBuffer(FRAME_HEAD_BYTES + maxMessageBytes);
    }

    /** The part of a frame's buffer where the message belongs. */
    UnsafeBuffer messageOf(ByteBuf frame) {
        int bytes = frame.capacity() - FRAME_HEAD_BYTES;
        if (frame.hasMemoryAddress()) {
            out.wrap(frame.memoryAddress() + FRAME_HEAD_BYTES, bytes);
        } else {
            out.wrap(frame.internalNioBuffer(FRAME_HEAD_BYTES, bytes).slice(), 0, bytes);
        }
        return out;
    }

    void send(long number, ByteBuf frame, int messageBytes) {
        frame.setIntLE(0, Long.BYTES + messageBytes);
        frame.setLongLE(LENGTH_BYTES, number);
        frame.writerIndex(FRAME_HEAD_BYTES + messageBytes);
        isDirty = true;
        ChannelFuture unused = context.write(frame, context.voidPromise());
    }

    /** For how long nothing has come although something is waited for. */
    long silentNs(long nowNs) {
        return waitsSinceNs == 0 ? 0 : nowNs - waitsSinceNs;
    }

    /** Something is waited for still, from now on. */
    void waitsOn() {
        if (waitsSinceNs == 0) {
            waitsSinceNs = System.nanoTime();
        }
    }

    void flush() {
        if (isDirty) {
            isDirty = false;
            lastWriteNs = System.nanoTime();
            if (waitsSinceNs == 0) {
                waitsSinceNs = lastWriteNs;
            }
            context.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        waitsSinceNs = 0;
        ByteBuf bytes = (ByteBuf) read;
        try {
            while (bytes.isReadable() && ctx.channel().isActive()) {
                take(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void take(ByteBuf bytes) {
        if (piece == null && bytes.readableBytes() >= LENGTH_BYTES) {
            int frameBytes = bytes.getIntLE(bytes.readerIndex());
            if (bytes.readableBytes() - LENGTH_BYTES >= frameBytes && isLength(frameBytes)) {
                hand(bytes, bytes.readerIndex() + LENGTH_BYTES, frameBytes);
                bytes.skipBytes(LENGTH_BYTES + frameBytes);
                return;
            }
        }
        if (piece == null) {
            piece = context.alloc().directBuffer();
        }
        if (!fill(bytes, LENGTH_BYTES)) {
            return;
        }
        int frameBytes = piece.getIntLE(0);
        if (!isLength(frameBytes)) {
            close();
            bytes.skipBytes(bytes.readableBytes());
            return;
        }
        piece.ensureWritable(Math.max(0, LENGTH_BYTES + frameBytes - piece.readableBytes()));
        if (fill(bytes, LENGTH_BYTES + frameBytes)) {
            ByteBuf whole = piece;
            piece = null;
            try {
                hand(whole, LENGTH_BYTES, frameBytes);
            } finally {
                whole.release();
            }
        }
    }

    private boolean fill(ByteBuf bytes, int wanted) {
        int missing = wanted - piece.readableBytes();
        if (missing > 0) {
            piece.writeBytes(bytes, Math.min(missing, bytes.readableBytes()));
        }
        return piece.readableBytes() >= wanted;
    }

    private static boolean isLength(int frameBytes) {
        return frameBytes >= Long.BYTES + Encoders.HEADER_BYTES && frameBytes <= MAX_FRAME_BYTES;
    }

    private void hand(ByteBuf bytes, int index, int frameBytes) {
        if (bytes.hasMemoryAddress()) {
            in.wrap(bytes.memoryAddress() + index, frameBytes);
        } else {
            in.wrap(bytes.internalNioBuffer(index, frameBytes).slice(), 0, frameBytes);
        }
        dispatch.onFrame(this, bytes.getLongLE(index), in, Long.BYTES);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        dispatch.pump();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        dispatch.pump();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(piece);
        piece = null;
        dispatch.onDisconnected(this, "The connection has ended.");
    }

    /** Whatever it was, the connection is of no use any more; what was in flight is sent again over the next. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        close();
    }

    void close() {
        ChannelFuture unused = context.close();
    }
}
