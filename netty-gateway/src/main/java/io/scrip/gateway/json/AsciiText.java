package io.scrip.gateway.json;

import java.nio.charset.StandardCharsets;

/** A view of bytes that are known to be ASCII as text, without a copy. One instance belongs to one thread. */
public final class AsciiText implements CharSequence {
    private byte[] bytes;
    private int from;
    private int length;

    /** Shows other bytes from now on. */
    public AsciiText of(byte[] source, int offset, int lengthBytes) {
        bytes = source;
        from = offset;
        length = lengthBytes;
        return this;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return (char) bytes[from + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new AsciiText().of(bytes, from + start, end - start);
    }

    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }
}
