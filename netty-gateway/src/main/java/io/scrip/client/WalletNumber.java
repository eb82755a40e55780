package io.scrip.client;

/**
 * Wallet ids as the HTTP API shows them ({@code w_} and 13 digits of Crockford's base 32), and the numbers that the
 * protocol uses: a fixed bijective mix of 64 bits lies between them, described in docs/binary.md.
 */
public final class WalletNumber {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int DIGIT_COUNT = 13;
    private static final int DIGIT_BITS = 5;
    private static final int HALF = 32;
    private static final long PATTERN = 0x5C52_1D3A_9E07_B64FL;
    private static final long FIRST = 0x3C6E_F372_FE94_F82BL;
    private static final long SECOND = 0xA54F_F53A_5F1D_36F1L;

    private WalletNumber() {}

    /** The number behind an id. */
    public static long of(String id) {
        if (!id.matches("w_[0-9a-f][0-9a-hjkmnp-tv-z]{12}")) {
            throw new IllegalArgumentException("no wallet id: " + id);
        }
        long mixed = 0;
        for (int i = 2; i < id.length(); i++) {
            mixed = mixed << DIGIT_BITS | DIGITS.indexOf(id.charAt(i));
        }
        long x = mixed ^ mixed >>> HALF;
        x *= inverse(SECOND);
        x ^= x >>> HALF;
        x *= inverse(FIRST);
        x ^= x >>> HALF;
        return x ^ PATTERN;
    }

    /** The id of a number. */
    public static String toText(long number) {
        long x = number ^ PATTERN;
        x ^= x >>> HALF;
        x *= FIRST;
        x ^= x >>> HALF;
        x *= SECOND;
        x ^= x >>> HALF;
        char[] digits = new char[DIGIT_COUNT];
        for (int i = DIGIT_COUNT - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) x & DIGITS.length() - 1);
            x >>>= DIGIT_BITS;
        }
        return "w_" + new String(digits);
    }

    /** Modulo 2^64, by Newton's iteration. */
    private static long inverse(long odd) {
        long x = odd;
        for (int i = 0; i < DIGIT_BITS; i++) {
            x *= 2 - odd * x;
        }
        return x;
    }
}
