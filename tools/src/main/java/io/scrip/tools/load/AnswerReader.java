package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;

/** Cuts one connection's bytes into answers. */
interface AnswerReader {
    /**
     * Reads the next complete answer and moves the reader index behind it.
     *
     * @return false when more bytes are needed; then the reader index has not moved
     * @throws IllegalStateException when this is no answer; the connection is of no use any more
     */
    boolean read(ByteBuf in);

    int status();

    /** Index of the body in the buffer last read. */
    int bodyOffset();

    int bodyLength();
}
