package io.scrip.gateway.binary;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.protocol.ProblemCode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Finds the frames in a TCP stream: an int32, little endian, and as many bytes. A frame that lies whole in what was read
 * is handed on where it lies; only what is cut by the end of a read is copied, once.
 */
final class TcpFrames extends ChannelInboundHandlerAdapter implements Session.Carrier {
    private static final Logger LOGGER = System.getLogger(TcpFrames.class.getName());
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int FIRST_PIECE_BYTES = 64 << 10;

    private final BinaryLoop loop;
    private Session session;
    private ChannelHandlerContext context;
    /** Read, and not yet taken. */
    private ByteBuf held;
    /** A frame, its length before it, of which a part has come. */
    private ByteBuf piece;
    /** The piece is whole, and the ring had no place for it. */
    private boolean pieceWaits;

    private long pieceStartedNs;
    private boolean isTaking;
    private boolean inputEnded;

    TcpFrames(BinaryLoop loop) {
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        session = new Session(
                loop, ctx, this, false, new Authenticator(loop.services().keys()), null);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf bytes = (ByteBuf) read;
        if (session.isEnding()) {
            bytes.release();
            return;
        }
        held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
        take();
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

    /** Takes frames as long as the session is open and there are whole ones; reading goes on when nothing is left. */
    private void take() {
        isTaking = true;
        boolean goesOn = true;
        while (goesOn && session.isOpen() && (pieceWaits || (held != null && held.isReadable()))) {
            goesOn = piece == null ? takeWhole() : takePiece();
        }
        isTaking = false;
        if (held != null && !held.isReadable()) {
            held.release();
            held = null;
        }
        if (session.isEnding()) {
            drop();
        } else {
            context.channel().config().setAutoRead(held == null && session.isOpen());
            finishIfInputEnded();
        }
    }

    private boolean takeWhole() {
        int at = held.readerIndex();
        int readable = held.readableBytes();
        if (readable >= LENGTH_BYTES) {
            int frameBytes = held.getIntLE(at);
            if (!isLength(frameBytes)) {
                return false;
            }
            if (readable - LENGTH_BYTES >= frameBytes) {
                if (!session.onFrame(held, at + LENGTH_BYTES, frameBytes)) {
                    return false;
                }
                held.readerIndex(at + LENGTH_BYTES + frameBytes);
                return true;
            }
            piece = context.alloc().buffer(Math.min(LENGTH_BYTES + frameBytes, FIRST_PIECE_BYTES));
        } else {
            piece = context.alloc().buffer();
        }
        pieceStartedNs = System.nanoTime();
        return true;
    }

    private boolean takePiece() {
        if (piece.readableBytes() < LENGTH_BYTES && !fill(LENGTH_BYTES)) {
            return true;
        }
        int frameBytes = piece.getIntLE(0);
        if (!isLength(frameBytes) || !fill(LENGTH_BYTES + frameBytes)) {
            return !session.isEnding();
        }
        pieceWaits = !session.onFrame(piece, LENGTH_BYTES, frameBytes);
        if (pieceWaits) {
            return false;
        }
        piece.release();
        piece = null;
        pieceStartedNs = 0;
        return true;
    }

    /** Whether the piece has so many bytes now. */
    private boolean fill(int wantedBytes) {
        int missing = wantedBytes - piece.readableBytes();
        if (missing > 0) {
            piece.writeBytes(held, Math.min(missing, held.readableBytes()));
        }
        return piece.readableBytes() >= wantedBytes;
    }

    private boolean isLength(int frameBytes) {
        if (frameBytes < 0 || frameBytes > session.maxFrameBytes()) {
            session.end(
                    0,
                    ProblemCode.BODY_TOO_LARGE,
                    "A frame may have at most " + session.maxFrameBytes() + " bytes here, little endian.");
            return false;
        }
        return true;
    }

    @Override
    public long frameStartedNs() {
        return pieceStartedNs;
    }

    /** Half closes, so that what is still unread here does not destroy the last answer on its way. */
    @Override
    public void end(ProblemCode code, String detail) {
        session.outbox().flushLast().addListener((ChannelFutureListener) written -> {
            if (inputEnded || !(context.channel() instanceof DuplexChannel duplex)) {
                close();
            } else if (context.channel().isActive()) {
                context.channel().config().setAutoRead(true);
                ChannelFuture unused = duplex.shutdownOutput();
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        session.onWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            finishIfInputEnded();
        }
    }

    /** Who has said everything gets the answers that are still to come. */
    private void finishIfInputEnded() {
        if (inputEnded
                && (session.isEnding()
                        || (held == null
                                && !pieceWaits
                                && !session.hasInFlight()
                                && session.outbox().isEmpty()))) {
            session.outbox().flushLast().addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.onGone();
        drop();
    }

    private void drop() {
        ReferenceCountUtil.release(held);
        ReferenceCountUtil.release(piece);
        held = null;
        piece = null;
        pieceWaits = false;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
        if (!(fault instanceof IOException)) {
            LOGGER.log(
                    Level.ERROR,
                    "a binary connection failed: {0}",
                    String.valueOf(fault).replaceAll("[\\r\\n]+", " "));
        }
        close();
    }

    private void close() {
        ChannelFuture unused = context.close();
    }
}
