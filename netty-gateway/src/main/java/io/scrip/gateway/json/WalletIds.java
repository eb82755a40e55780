package io.scrip.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Wallet numbers (what the ledger keeps) and wallet ids (what the world sees), such as {@code w_0123456789abc}.
 *
 * <p>An id is {@code w_} and 13 digits of Crockford's base 32 (lower case) over the number run through a fixed
 * bijective mix of 64 bits. So ids show no order, need no map, and a mistyped one almost always lands outside the
 * numbers in use: bits 48 to 63 are zero today (48 to 62 are kept for a partition).
 *
 * <pre>
 *   number  --(xor, shift-xor, multiply by an odd constant, twice)--&gt;  64 bits  --&gt;  4 bits + 12 x 5 bits
 * </pre>
 */
public final class WalletIds {
    /** No wallet has this number. */
    public static final long NONE = 0;

    /** Every id has this length. */
    public static final int LENGTH_BYTES = 15;

    private static final byte[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];
    private static final int DIGIT_COUNT = 13;
    private static final int NUMBER_BITS = 48;

    // Any odd multipliers do; these are the first 64 bits of the fractions of sqrt(5) and sqrt(7).
    private static final long PATTERN = 0x5C52_1D3A_9E07_B64FL;
    private static final long FIRST = 0x3C6E_F372_FE94_F82BL;
    private static final long SECOND = 0xA54F_F53A_5F1D_36F1L;
    private static final long FIRST_INVERSE = inverse(FIRST);
    private static final long SECOND_INVERSE = inverse(SECOND);

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private WalletIds() {}

    /** Writes {@link #LENGTH_BYTES} bytes from {@code offset} on and returns that number. */
    public static int write(long number, byte[] out, int offset) {
        out[offset] = 'w';
        out[offset + 1] = '_';
        long rest = mix(number);
        for (int i = offset + LENGTH_BYTES - 1; i >= offset + 2; i--) {
            out[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
        return LENGTH_BYTES;
    }

    /** The id as a string. */
    public static String toText(long number) {
        byte[] bytes = new byte[LENGTH_BYTES];
        write(number, bytes, 0);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The number behind an id, or {@link #NONE} when no wallet can have that id. */
    public static long parse(CharSequence text) {
        return text.length() == LENGTH_BYTES ? parse(text, 0) : NONE;
    }

    /** Like {@link #parse(CharSequence)} for the {@link #LENGTH_BYTES} characters from {@code offset} on. */
    public static long parse(CharSequence text, int offset) {
        if (!isWellFormed(text, offset)) {
            return NONE;
        }
        long number = decode(text, offset);
        return number >>> NUMBER_BITS == 0 ? number : NONE;
    }

    /** Whether the text has the form of an id, be there such a wallet or not. */
    public static boolean isWellFormed(CharSequence text) {
        return text.length() == LENGTH_BYTES && isWellFormed(text, 0);
    }

    /** The number behind a well-formed id, also one that no wallet can have: so the ledger can say that itself. */
    public static long decode(CharSequence text) {
        return decode(text, 0);
    }

    private static boolean isWellFormed(CharSequence text, int offset) {
        if (text.length() < offset + LENGTH_BYTES || text.charAt(offset) != 'w' || text.charAt(offset + 1) != '_') {
            return false;
        }
        for (int i = 0; i < DIGIT_COUNT; i++) {
            int value = valueOf(text.charAt(offset + 2 + i));
            if (value < 0 || (i == 0 && value > 15)) {
                return false;
            }
        }
        return true;
    }

    private static long decode(CharSequence text, int offset) {
        long mixed = 0;
        for (int i = 0; i < DIGIT_COUNT; i++) {
            mixed = mixed << 5 | valueOf(text.charAt(offset + 2 + i));
        }
        return unmix(mixed);
    }

    private static int valueOf(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }

    private static long mix(long number) {
        long x = number ^ PATTERN;
        x ^= x >>> 32;
        x *= FIRST;
        x ^= x >>> 32;
        x *= SECOND;
        x ^= x >>> 32;
        return x;
    }

    private static long unmix(long mixed) {
        // A shift-xor by half the width is its own inverse.
        long x = mixed ^ mixed >>> 32;
        x *= SECOND_INVERSE;
        x ^= x >>> 32;
        x *= FIRST_INVERSE;
        x ^= x >>> 32;
        return x ^ PATTERN;
    }

    /** The inverse of an odd number modulo 2^64, by Newton's iteration: each step doubles the correct bits. */
    private static long inverse(long odd) {
        long x = odd;
        for (int i = 0; i < 5; i++) {
            x *= 2 - odd * x;
        }
        return x;
    }
}
