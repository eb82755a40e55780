package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WelcomeDecoder;

/** Frames of the binary door: int32 length, int64 number of the request, one message. The welcome is no answer. */
final class BinaryAnswerReader implements AnswerReader {
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int MOST_BYTES = 64 << 20;

    private int bodyOffset;
    private int bodyLength;

    @Override
    public boolean read(ByteBuf in) {
        while (true) {
            int start = in.readerIndex();
            if (in.readableBytes() < LENGTH_BYTES) {
                return false;
            }
            int frameBytes = in.getIntLE(start);
            if (frameBytes < Long.BYTES + MessageHeaderDecoder.ENCODED_LENGTH || frameBytes > MOST_BYTES) {
                throw new IllegalStateException("this is no frame: " + frameBytes + " bytes");
            }
            if (in.readableBytes() < LENGTH_BYTES + frameBytes) {
                return false;
            }
            bodyOffset = start + LENGTH_BYTES + Long.BYTES;
            bodyLength = frameBytes - Long.BYTES;
            in.readerIndex(start + LENGTH_BYTES + frameBytes);
            int template = in.getUnsignedShortLE(bodyOffset + MessageHeaderDecoder.templateIdEncodingOffset());
            if (template != WelcomeDecoder.TEMPLATE_ID) {
                return true;
            }
        }
    }

    @Override
    public int status() {
        return 0;
    }

    @Override
    public int bodyOffset() {
        return bodyOffset;
    }

    @Override
    public int bodyLength() {
        return bodyLength;
    }
}
