package io.scrip.gateway.json;

import java.nio.charset.StandardCharsets;

/**
 * Token codes as text ({@code CRD}) and as the int64 of the protocol: up to 8 characters, the first in the lowest
 * byte, the rest zero. A code is a capital letter followed by capital letters and digits.
 */
public final class TokenCodes {
    /** No token has this code. */
    public static final long NONE = 0;

    /** The longest code. */
    public static final int MAX_LENGTH_BYTES = 8;

    private TokenCodes() {}

    /** The packed code, or {@link #NONE} when the text cannot be a token's code. */
    public static long parse(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH_BYTES) {
            return NONE;
        }
        long code = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !(digit && i > 0)) {
                return NONE;
            }
            code |= (long) c << (Byte.SIZE * i);
        }
        return code;
    }

    /** Whether a packed code is one that some text has. */
    public static boolean isCode(long code) {
        int first = (int) code & 0xFF;
        boolean valid = first >= 'A' && first <= 'Z';
        long rest = code >>> Byte.SIZE;
        for (; valid && rest != 0; rest >>>= Byte.SIZE) {
            int c = (int) rest & 0xFF;
            valid = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
        return valid;
    }

    /** Writes the code's text from {@code offset} on; at most {@link #MAX_LENGTH_BYTES} bytes; returns how many. */
    public static int write(long code, byte[] out, int offset) {
        int length = 0;
        for (long rest = code; rest != 0 && length < MAX_LENGTH_BYTES; rest >>>= Byte.SIZE) {
            out[offset + length++] = (byte) (rest & 0x7F);
        }
        return length;
    }

    /** The code's text as a string. */
    public static String toText(long code) {
        byte[] bytes = new byte[MAX_LENGTH_BYTES];
        return new String(bytes, 0, write(code, bytes, 0), StandardCharsets.US_ASCII);
    }
}
