package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The body of the request that a connection is reading. A body that comes in one piece is not copied here; the piece
 * is valid until the reading of it returns. One instance belongs to one connection.
 */
final class BodyCollector {
    private int maxBytes;
    private long announcedBytes;
    private ByteBuf whole;
    private ByteBuf partial;

    /** Starts a body of at most so many bytes; {@code announced} is -1 when its length is not known. */
    void begin(int max, long announced) {
        clear();
        maxBytes = max;
        announcedBytes = announced;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Takes a piece, which stays the caller's; false when the body grows too large. */
    boolean take(ByteBuf piece, boolean last, ByteBufAllocator allocator) {
        int received = (partial == null ? 0 : partial.readableBytes()) + piece.readableBytes();
        if (received > maxBytes) {
            return false;
        }
        if (last && partial == null) {
            whole = piece;
            return true;
        }
        if (partial == null) {
            long expected = Math.max(announcedBytes, piece.readableBytes());
            partial = allocator.buffer((int) Math.min(expected, maxBytes));
        }
        partial.writeBytes(piece);
        if (last) {
            whole = partial;
        }
        return true;
    }

    /** Length of the body, once the last piece has been taken. */
    int lengthBytes() {
        return whole.readableBytes();
    }

    /** Copies the body. */
    void copyTo(byte[] bytes) {
        whole.getBytes(whole.readerIndex(), bytes, 0, whole.readableBytes());
    }

    /** Gives everything back. */
    void clear() {
        whole = null;
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
