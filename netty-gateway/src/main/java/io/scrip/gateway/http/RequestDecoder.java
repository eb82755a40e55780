package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's parser in its strictest setting, behind a scan of the raw head, and with a gate: while the connection has
 * all the requests in hand that it may have, the next one stays unparsed.
 */
final class RequestDecoder extends HttpRequestDecoder {
    static final int MAX_REQUEST_LINE_BYTES = 4_096;
    static final int MAX_HEADER_BYTES = 8_192;
    static final int MAX_CHUNK_BYTES = 8_192;

    private final Gate gate;
    private final HeadScanner scanner = new HeadScanner();
    private int scannedBytes;
    private boolean inBody;
    private boolean broken;
    private boolean decoding;

    /** What the decoder asks and tells its connection. */
    interface Gate {
        /** Whether the next request may be parsed now; if not, the decoder waits for {@link #resume}. */
        boolean mayBegin();

        /**
         * Takes as many plain requests as there are whole and may begin, from the reader index on. Called between two
         * requests only.
         */
        void takePlain(ByteBuf in);

        /** The first byte of a request's head is there. */
        void onHeadStarted();
    }

    RequestDecoder(Gate gate) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                .setValidateHeaders(true)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        this.gate = gate;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        if (input instanceof ByteBuf in && isBetweenRequests()) {
            gate.takePlain(in);
            if (!in.isReadable()) {
                in.release();
                return;
            }
        }
        boolean outermost = !decoding;
        decoding = true;
        try {
            super.channelRead(ctx, input);
        } finally {
            if (outermost) {
                decoding = false;
            }
        }
    }

    private boolean isBetweenRequests() {
        return !decoding && !inBody && !broken && scannedBytes == 0 && scanner.isFresh() && actualReadableBytes() == 0;
    }

    /** Goes on with what was left unparsed, after the gate has opened. */
    void resume(ChannelHandlerContext ctx) throws Exception {
        // While a read is being decoded its loop asks the gate again by itself.
        if (!decoding) {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!inBody && !scanHead(in, out)) {
            return;
        }
        int readerBefore = in.readerIndex();
        int sizeBefore = out.size();
        super.decode(ctx, in, out);
        scannedBytes = Math.max(0, scannedBytes - (in.readerIndex() - readerBefore));
        for (int i = sizeBefore; i < out.size(); i++) {
            Object message = out.get(i);
            if (message instanceof HttpRequest) {
                inBody = true;
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
                scannedBytes = 0;
                scanner.reset();
            }
        }
    }

    /** Whether the parser may have a look. */
    private boolean scanHead(ByteBuf in, List<Object> out) {
        if (scannedBytes == 0 && !gate.mayBegin()) {
            return false;
        }
        gate.onHeadStarted();
        if (scanner.isComplete()) {
            return true;
        }
        int stoppedAt = scanner.scan(in, in.readerIndex() + scannedBytes, in.writerIndex());
        if (stoppedAt < 0) {
            broken = true;
            in.skipBytes(in.readableBytes());
            out.add(FramingFault.of("The request line or a header is malformed."));
            return false;
        }
        scannedBytes = stoppedAt - in.readerIndex();
        return true;
    }
}
