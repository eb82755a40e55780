package io.scrip.gateway.binary;

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
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.http.TextRequests;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * Finds the messages in a WebSocket: each binary one is a frame, each of text a request as JSON. Puts fragments together,
 * answers pings.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails when its channel is closed, which is told otherwise
final class WsFrames extends SimpleChannelInboundHandler<WebSocketFrame> implements Session.Carrier {
    private static final int MAX_FRAGMENTS = 1_024;
    private static final int MAX_CLOSE_TEXT_BYTES = 123;
    /** The close code for text that is none, of RFC 6455, section 7.4.1. */
    private static final int NO_TEXT = 1007;

    private final BinaryLoop loop;
    private final Authenticator authenticator;
    private final String authorization;
    private final Viewer viewer;
    private final TextRequests texts;
    private final ArrayDeque<WebSocketFrame> whole = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private Session session;
    /** A message of which fragments have come. */
    private ByteBuf piece;

    private boolean pieceIsText;
    private int fragments;
    private long pieceStartedNs;
    private boolean isTaking;
    private boolean isClosing;
    private boolean isNoText;

    WsFrames(BinaryLoop loop, Authenticator authenticator, String authorization, Viewer viewer, TextRequests texts) {
        this.loop = loop;
        this.authenticator = authenticator;
        this.authorization = authorization;
        this.viewer = viewer;
        this.texts = texts;
    }

    /** How the frame decoder has to be set up: masked frames only, no extensions, violations closed. */
    static WebSocketDecoderConfig decoderConfig() {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(BinaryConfig.MAX_FRAME_BYTES)
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(true)
                .withUTF8Validator(false)
                .build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        session = new Session(loop, ctx, this, true, authenticator, authorization);
        session.greet(viewer);
        session.flush();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            if (isClosing) {
                ctx.close();
            } else {
                isClosing = true;
                ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            }
        } else if (session.isEnding() || isClosing) {
            return;
        } else if (frame instanceof PingWebSocketFrame) {
            session.onSignOfLife();
            if (ctx.channel().isWritable()) {
                ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof BinaryWebSocketFrame || frame instanceof TextWebSocketFrame) {
            pieceIsText = frame instanceof TextWebSocketFrame;
            session.speaksText(pieceIsText);
            fragments = 0;
            pieceStartedNs = System.nanoTime();
            onFragment(frame);
        } else if (frame instanceof ContinuationWebSocketFrame) {
            onFragment(frame);
        }
    }

    private void onFragment(WebSocketFrame frame) {
        fragments++;
        int lengthBytes = frame.content().readableBytes() + (piece == null ? 0 : piece.readableBytes());
        if (lengthBytes > BinaryConfig.MAX_FRAME_BYTES || fragments > MAX_FRAGMENTS) {
            session.end(0, ProblemCode.BODY_TOO_LARGE, "A message has at most 2 MiB in at most 1,024 fragments.");
            drop();
            return;
        }
        if (frame.isFinalFragment() && piece == null) {
            whole.add(frame.retain());
        } else {
            if (piece == null) {
                piece = context.alloc().buffer(lengthBytes);
            }
            piece.writeBytes(frame.content());
            if (frame.isFinalFragment()) {
                whole.add(pieceIsText ? new TextWebSocketFrame(piece) : new BinaryWebSocketFrame(piece));
                piece = null;
            }
        }
        if (frame.isFinalFragment()) {
            pieceStartedNs = 0;
            take();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.onDrained();
    }

    @Override
    public void resume() {
        if (isTaking) {
            return;
        }
        if (piece != null) {
            pieceStartedNs = System.nanoTime();
        }
        take();
    }

    private void take() {
        isTaking = true;
        boolean goesOn = true;
        while (goesOn && !whole.isEmpty() && session.isOpen()) {
            WebSocketFrame message = whole.peekFirst();
            ByteBuf bytes = message.content();
            if (message instanceof TextWebSocketFrame) {
                takeText(bytes);
            } else {
                goesOn = session.onFrame(bytes, bytes.readerIndex(), bytes.readableBytes());
            }
            if (goesOn) {
                whole.removeFirst().release();
            }
        }
        isTaking = false;
        if (session.isEnding()) {
            drop();
        } else {
            context.channel().config().setAutoRead(whole.isEmpty() && session.isOpen());
        }
    }

    private void takeText(ByteBuf bytes) {
        isNoText = !ByteBufUtil.isText(bytes, StandardCharsets.UTF_8);
        if (isNoText) {
            session.end(0, ProblemCode.BAD_FRAMING, "A message of text must be UTF-8.");
        } else {
            session.onText(bytes, texts);
        }
    }

    @Override
    public long frameStartedNs() {
        return pieceStartedNs;
    }

    @Override
    public void end(ProblemCode code, String detail) {
        session.outbox().flush();
        isClosing = true;
        byte[] text = detail.getBytes(StandardCharsets.UTF_8);
        String reason = text.length <= MAX_CLOSE_TEXT_BYTES ? detail : "see the problem";
        context.writeAndFlush(new CloseWebSocketFrame(isNoText ? NO_TEXT : closeCode(code), reason));
        context.channel().config().setAutoRead(true);
    }

    /** Of RFC 6455, section 7.4.1. */
    private static int closeCode(ProblemCode code) {
        return switch (code) {
            case BODY_TOO_LARGE -> 1009;
            case BAD_FRAMING -> 1003;
            default -> 1008;
        };
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        session.onWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.onGone();
        drop();
    }

    private void drop() {
        while (!whole.isEmpty()) {
            whole.removeFirst().release();
        }
        ReferenceCountUtil.release(piece);
        piece = null;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
        // The frame decoder has already answered a broken frame with a close frame, which closes the channel.
        if (!(fault instanceof CorruptedWebSocketFrameException)) {
            ctx.close();
        }
    }
}
