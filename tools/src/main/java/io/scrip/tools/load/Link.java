package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One connection of a driver: what is under way on it, and the bytes of answers that have begun. */
// A connection that breaks says so by closing; nobody here waits for a write.
@SuppressWarnings("FutureReturnValueIgnored")
// In one pipeline at a time, but in many of them one after the other.
@ChannelHandler.Sharable
final class Link extends ChannelInboundHandlerAdapter {
    private final Driver driver;
    private final int number;
    private final AnswerReader reader;
    /** Since when the requests under way count, oldest first. */
    private final long[] dueNs;

    private int oldest;
    private int underWay;
    private Channel channel;
    private ByteBuf begun;
    private boolean dirty;

    Link(Driver driver, int number, int depth, AnswerReader reader) {
        this.driver = driver;
        this.number = number;
        this.reader = reader;
        dueNs = new long[depth];
    }

    int number() {
        return number;
    }

    boolean isOpen() {
        return channel != null;
    }

    int underWay() {
        return underWay;
    }

    /** Room for one more request. */
    boolean isFree() {
        return channel != null && underWay < dueNs.length;
    }

    /** Puts a request that counts from {@code due} behind what waits to be flushed. */
    void send(ByteBuf request, long due) {
        dueNs[(oldest + underWay) % dueNs.length] = due;
        underWay++;
        channel.write(request, channel.voidPromise());
        if (!dirty) {
            dirty = true;
            driver.toFlush(this);
        }
    }

    void flush() {
        dirty = false;
        if (channel != null) {
            channel.flush();
        }
    }

    ByteBuf newRequest(int lengthBytes) {
        return channel.alloc().directBuffer(lengthBytes);
    }

    void close() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        driver.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (begun != null) {
            begun.writeBytes(in);
            in.release();
            in = begun;
            begun = null;
        }
        try {
            while (underWay > 0 && reader.read(in)) {
                long due = dueNs[oldest];
                oldest = (oldest + 1) % dueNs.length;
                underWay--;
                driver.answered(this, due, reader, in);
            }
        } catch (IllegalStateException notAnAnswer) {
            in.release();
            driver.failed(notAnAnswer.getMessage());
            return;
        }
        keepRest(context, in);
    }

    private void keepRest(ChannelHandlerContext context, ByteBuf in) {
        if (!in.isReadable()) {
            in.release();
        } else if (in.readerIndex() == 0 && in.writableBytes() > 0) {
            begun = in;
        } else {
            begun = context.alloc().directBuffer(Math.max(2 * in.readableBytes(), 1_024));
            begun.writeBytes(in);
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        channel = null;
        if (begun != null) {
            begun.release();
            begun = null;
        }
        for (; underWay > 0; underWay--) {
            driver.lost(this);
        }
        oldest = 0;
        driver.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset; what was under way is counted when the connection is gone.
        context.close();
    }
}
