package io.scrip.gateway.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The inbound side of one wallet stream, on its connection's event loop: puts fragments together, answers pings, asks
 * the hub for a state, and answers everything else with an error that leaves the connection open.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails when its channel is closed, which is told otherwise
final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** A client that sends this many times more than it may is not answered any more but cut off. */
    private static final int FLOOD_FACTOR = 10;

    private final StreamHub hub;
    private final Subscription subscription;
    private final StreamConfig config;
    private final LongSupplier clockNs;

    private ByteBuf message;
    private int fragments;
    private boolean isBinary;
    private boolean isSkipped;

    private long secondStartNs;
    private int inThisSecond;

    SocketHandler(StreamHub hub, Subscription subscription, StreamConfig config, LongSupplier clockNs) {
        this.hub = hub;
        this.subscription = subscription;
        this.config = config;
        this.clockNs = clockNs;
        this.secondStartNs = clockNs.getAsLong();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        long nowNs = clockNs.getAsLong();
        subscription.lastInboundNs = nowNs;
        if (frame instanceof CloseWebSocketFrame close) {
            onClose(context, close);
        } else if (!subscription.isClosed) {
            onFrame(context, frame, nowNs);
        }
    }

    private void onFrame(ChannelHandlerContext context, WebSocketFrame frame, long nowNs) {
        if (frame instanceof PingWebSocketFrame) {
            if (isWithinRate(context, nowNs) && context.channel().isWritable()) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            isBinary = frame instanceof BinaryWebSocketFrame;
            fragments = 0;
            isSkipped = !isWithinRate(context, nowNs);
            onFragment(context, frame);
        } else if (frame instanceof ContinuationWebSocketFrame) {
            onFragment(context, frame);
        }
    }

    private void onClose(ChannelHandlerContext context, CloseWebSocketFrame close) {
        if (subscription.isClosed) {
            context.close();
            return;
        }
        hub.leave(subscription);
        context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
    }

    /** Messages and pings count, whatever they hold; a message counts once, and its fragments are limited apart. */
    private boolean isWithinRate(ChannelHandlerContext context, long nowNs) {
        if (nowNs - secondStartNs >= SECOND_NS) {
            secondStartNs = nowNs;
            inThisSecond = 0;
        }
        inThisSecond++;
        if (inThisSecond == config.messagesPerSecond() + 1) {
            answer(context, Messages.rateLimited());
        } else if (inThisSecond > config.messagesPerSecond() * FLOOD_FACTOR) {
            hub.cut(subscription, CloseReason.FLOOD);
        }
        return inThisSecond <= config.messagesPerSecond();
    }

    private void onFragment(ChannelHandlerContext context, WebSocketFrame frame) {
        if (isSkipped) {
            return;
        }
        fragments++;
        int length = frame.content().readableBytes() + (message == null ? 0 : message.readableBytes());
        if (length > config.maxMessageBytes()) {
            refuseMessage(CloseReason.MESSAGE_TOO_BIG);
        } else if (fragments > config.maxFragments()) {
            refuseMessage(CloseReason.TOO_MANY_FRAGMENTS);
        } else if (frame.isFinalFragment() && message == null) {
            onMessage(context, frame.content());
        } else {
            if (message == null) {
                message = context.alloc().buffer(length);
            }
            message.writeBytes(frame.content());
            if (frame.isFinalFragment()) {
                onMessage(context, message);
                dropMessage();
            }
        }
    }

    private void refuseMessage(CloseReason reason) {
        dropMessage();
        isSkipped = true;
        hub.cut(subscription, reason);
    }

    private void onMessage(ChannelHandlerContext context, ByteBuf content) {
        if (isBinary) {
            answer(context, Messages.invalid());
            return;
        }
        if (!ByteBufUtil.isText(content, StandardCharsets.UTF_8)) {
            hub.cut(subscription, CloseReason.INVALID_UTF8);
            return;
        }
        switch (InboundType.of(content.toString(StandardCharsets.UTF_8))) {
            case PING -> answer(context, Messages.pong());
            case GET_STATE -> hub.wantState(subscription);
            case INVALID -> answer(context, Messages.invalid());
        }
    }

    /** A client that does not read gets no answers: they would only fill the buffer further. */
    private static void answer(ChannelHandlerContext context, TextWebSocketFrame frame) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(frame);
        } else {
            frame.release();
        }
    }

    private void dropMessage() {
        if (message != null) {
            message.release();
            message = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            hub.becameWritable(subscription);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        hub.leave(subscription);
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropMessage();
        hub.leave(subscription);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The frame decoder has already answered a broken frame with a close frame, which closes the channel.
        hub.leave(subscription);
        if (!(cause instanceof CorruptedWebSocketFrameException)) {
            context.close();
        }
    }
}
