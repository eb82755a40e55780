package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;

/** HTTP/1.1 answers with a Content-Length, which is all that a ledger's endpoints give. */
final class HttpAnswerReader implements AnswerReader {
    private static final byte[] LENGTH = "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int SHORTEST = STATUS_AT + 3;

    private int status;
    private int bodyOffset;
    private int bodyLength;

    @Override
    public boolean read(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        if (end - start < SHORTEST) {
            return false;
        }
        if (in.getByte(start) != 'H' || in.getByte(start + 4) != '/') {
            throw new IllegalStateException("this is no HTTP");
        }
        int length = -1;
        for (int line = start; ; ) {
            int feed = in.indexOf(line, end, (byte) '\n');
            if (feed < 0) {
                return false;
            }
            if (feed - line <= 1) {
                return finish(in, start, feed + 1, length);
            }
            if ((in.getByte(line) | 0x20) == 'c' && isLength(in, line, feed)) {
                length = number(in, line + LENGTH.length, feed);
            }
            line = feed + 1;
        }
    }

    private boolean finish(ByteBuf in, int start, int body, int length) {
        if (length < 0) {
            throw new IllegalStateException("an answer without Content-Length");
        }
        if (in.writerIndex() - body < length) {
            return false;
        }
        status = number(in, start + STATUS_AT, start + SHORTEST);
        bodyOffset = body;
        bodyLength = length;
        in.readerIndex(body + length);
        return true;
    }

    private static boolean isLength(ByteBuf in, int from, int to) {
        if (to - from <= LENGTH.length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            byte at = in.getByte(from + i);
            if ((at == '-' || at == ':' ? at : at | 0x20) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuf in, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            byte at = in.getByte(i);
            if (at >= '0' && at <= '9') {
                number = number * 10 + at - '0';
            }
        }
        return number;
    }

    @Override
    public int status() {
        return status;
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
