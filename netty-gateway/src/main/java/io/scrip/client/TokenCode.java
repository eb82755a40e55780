package io.scrip.client;

/** Token codes as the int64 of the protocol: up to 8 characters, the first in the lowest byte, the rest zero. */
public final class TokenCode {
    private TokenCode() {}

    /** The packed form of a code such as {@code CRD}: a capital letter, then capital letters and digits. */
    public static long of(String text) {
        if (!text.matches("[A-Z][A-Z0-9]{0,7}")) {
            throw new IllegalArgumentException("no token code: " + text);
        }
        long code = 0;
        for (int i = 0; i < text.length(); i++) {
            code |= (long) text.charAt(i) << (Byte.SIZE * i);
        }
        return code;
    }
}
