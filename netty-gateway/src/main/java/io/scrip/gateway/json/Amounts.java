package io.scrip.gateway.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Decimal strings in token units (what people see) and int64 smallest units (what the ledger keeps).
 *
 * <p>{@code "0.000001"} of a token with scale 6 is 1 unit. Reading is strict: digits, at most one point with digits on
 * both sides, no sign, no exponent, no spaces, no leading zeros. Writing gives the one canonical form: no trailing
 * zeros, no lonely point.
 */
public final class Amounts {
    /** The text is not an unsigned decimal number. */
    public static final long NOT_DECIMAL = -1;
    /** More decimal places than the token has. */
    public static final long TOO_MANY_DECIMALS = -2;
    /** More than 2^63 - 1 units. */
    public static final long TOO_LARGE = -3;

    /** The longest text {@link #write} makes: a sign, 19 digits, a point. */
    public static final int MAX_LENGTH_BYTES = 21;

    /** Highest scale a token may have. */
    public static final int MAX_SCALE = 18;

    private static final int MAX_TEXT_LENGTH = 64;

    private Amounts() {}

    /**
     * Reads a decimal string.
     *
     * @return units, zero or more; or {@link #NOT_DECIMAL}, {@link #TOO_MANY_DECIMALS}, {@link #TOO_LARGE}
     */
    public static long parse(CharSequence text, int scale) {
        int decimals = decimalsOf(text);
        if (decimals < 0) {
            return NOT_DECIMAL;
        }
        if (decimals > scale) {
            return TOO_MANY_DECIMALS;
        }
        long units = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.') {
                units = appendDigit(units, c - '0');
                if (units < 0) {
                    return TOO_LARGE;
                }
            }
        }
        for (int i = decimals; i < scale; i++) {
            units = appendDigit(units, 0);
            if (units < 0) {
                return TOO_LARGE;
            }
        }
        return units;
    }

    /**
     * Checks the form and counts the digits after the point.
     *
     * @return the number of decimal places, or {@link #NOT_DECIMAL}
     */
    public static int decimalsOf(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > MAX_TEXT_LENGTH) {
            return (int) NOT_DECIMAL;
        }
        int point = -1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return (int) NOT_DECIMAL;
            }
        }
        int integerDigits = point < 0 ? length : point;
        if (integerDigits == 0 || point == length - 1) {
            return (int) NOT_DECIMAL;
        }
        if (integerDigits > 1 && text.charAt(0) == '0') {
            return (int) NOT_DECIMAL;
        }
        return point < 0 ? 0 : length - point - 1;
    }

    /** Writes the canonical text from {@code offset} on; at most {@link #MAX_LENGTH_BYTES} bytes; returns how many. */
    public static int write(long units, int scale, byte[] out, int offset) {
        // Worked on as a negative number: the minimum has no positive counterpart.
        long rest = units > 0 ? -units : units;
        int fraction = scale;
        while (fraction > 0 && rest % 10 == 0) {
            rest /= 10;
            fraction--;
        }
        int digits = Math.max(digitsOf(rest), fraction + 1);
        int position = offset;
        if (units < 0) {
            out[position++] = '-';
        }
        int end = position + digits + (fraction > 0 ? 1 : 0);
        int at = end;
        for (int i = 0; i < digits; i++) {
            if (i == fraction && fraction > 0) {
                out[--at] = '.';
            }
            out[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        return end - offset;
    }

    /** The canonical text as a string. */
    public static String toText(long units, int scale) {
        byte[] bytes = new byte[MAX_LENGTH_BYTES];
        return new String(bytes, 0, write(units, scale, bytes, 0), StandardCharsets.US_ASCII);
    }

    /** A 128-bit number, two's complement. */
    public static BigInteger integer(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).or(new BigInteger(Long.toUnsignedString(low)));
    }

    /** The canonical text of any number of units. */
    public static String toText(BigInteger units, int scale) {
        if (units.signum() == 0) {
            return "0";
        }
        return new BigDecimal(units, scale).stripTrailingZeros().toPlainString();
    }

    private static long appendDigit(long units, int digit) {
        if (units > (Long.MAX_VALUE - digit) / 10) {
            return -1;
        }
        return units * 10 + digit;
    }

    private static int digitsOf(long negative) {
        int digits = 1;
        for (long rest = negative / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
