package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the raw bytes of a request's head before the parser does, and refuses what parsers are known to disagree
 * about: control bytes, bare CR or LF, folded lines, loose request lines. Each byte is looked at once, however the
 * head is cut into packets. One instance belongs to one connection.
 */
final class HeadScanner {
    private static final byte SPACE = ' ';
    private static final byte DELETE = 0x7F;

    private boolean inRequestLine;
    private boolean lineIsEmpty;
    private boolean afterCr;
    private boolean nameEnded;
    private boolean complete;
    private int spaces;
    private byte previous;

    HeadScanner() {
        reset();
    }

    /** Starts on the next request. */
    void reset() {
        inRequestLine = true;
        lineIsEmpty = true;
        afterCr = false;
        nameEnded = false;
        complete = false;
        spaces = 0;
        previous = 0;
    }

    /** Whether nothing of a request has been seen yet. */
    boolean isFresh() {
        return inRequestLine && lineIsEmpty && !afterCr;
    }

    /** Whether the empty line that ends the head has been seen. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Looks at bytes from {@code from} up to {@code to}, or to the end of the head.
     *
     * @return where it stopped, or a negative number when the head is malformed
     */
    int scan(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!accept(in.getByte(i))) {
                return -1;
            }
            if (complete) {
                return i + 1;
            }
        }
        return to;
    }

    private boolean accept(byte b) {
        if (afterCr) {
            afterCr = false;
            return b == '\n' && endLine();
        }
        if (b == '\r') {
            afterCr = true;
            return true;
        }
        boolean tab = b == '\t';
        // Below zero are the bytes from 0x80 on.
        if ((b < SPACE && !tab) || b == DELETE) {
            return false;
        }
        return inRequestLine ? acceptInRequestLine(b, tab) : acceptInHeader(b, tab);
    }

    private boolean acceptInRequestLine(byte b, boolean tab) {
        if (tab || (b == SPACE && (lineIsEmpty || previous == SPACE || ++spaces > 2))) {
            return false;
        }
        lineIsEmpty = false;
        previous = b;
        // The third part is the version: parsers do not agree about http/1.1.
        return spaces < 2 || b < 'a';
    }

    private boolean acceptInHeader(byte b, boolean tab) {
        if (!nameEnded) {
            if (b == ':') {
                nameEnded = true;
                return !lineIsEmpty;
            }
            if (tab || b == SPACE) {
                return false;
            }
        }
        lineIsEmpty = false;
        return true;
    }

    private boolean endLine() {
        if (inRequestLine) {
            if (lineIsEmpty) {
                // An empty line before a request is left over from the last body; RFC 9112, 2.2 lets it pass.
                return true;
            }
            inRequestLine = false;
            boolean threeParts = spaces == 2 && previous != SPACE;
            lineIsEmpty = true;
            return threeParts;
        }
        if (lineIsEmpty) {
            complete = true;
            return true;
        }
        boolean hasColon = nameEnded;
        nameEnded = false;
        lineIsEmpty = true;
        return hasColon;
    }
}
