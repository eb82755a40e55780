package io.scrip.gateway.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Nanoseconds since 1970 UTC and RFC 3339 text such as {@code 2026-11-21T03:36:00.000000001Z}.
 *
 * <p>Writing always gives nine decimals and {@code Z}. Reading takes zero to nine decimals and only {@code Z}: a time
 * in another zone is refused rather than guessed at. Times before 1970-01-01T00:00:00.000000001Z and after
 * 2262-04-11T23:47:16.854775807Z have no place in the ledger.
 */
public final class Timestamps {
    /** The text is no time that the ledger can hold. */
    public static final long INVALID = -1;

    /** Every text that {@link #write} makes has this length. */
    public static final int LENGTH_BYTES = 30;

    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MIN_TEXT_LENGTH = 20;

    private Timestamps() {}

    /** Writes {@link #LENGTH_BYTES} bytes from {@code offset} on and returns that number; {@code ns} is not negative. */
    public static int write(long ns, byte[] out, int offset) {
        long seconds = ns / NS_PER_SECOND;
        int secondOfDay = (int) (seconds % SECONDS_PER_DAY);
        long days = seconds / SECONDS_PER_DAY;

        // Days to civil date on a calendar whose year starts in March, so that a leap day comes last.
        long shifted = days + 719_468;
        long era = shifted / 146_097;
        int dayOfEra = (int) (shifted % 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

        digits(year, 4, out, offset);
        out[offset + 4] = '-';
        digits(month, 2, out, offset + 5);
        out[offset + 7] = '-';
        digits(day, 2, out, offset + 8);
        out[offset + 10] = 'T';
        digits(secondOfDay / 3_600, 2, out, offset + 11);
        out[offset + 13] = ':';
        digits(secondOfDay / 60 % 60, 2, out, offset + 14);
        out[offset + 16] = ':';
        digits(secondOfDay % 60, 2, out, offset + 17);
        out[offset + 19] = '.';
        digits((int) (ns % NS_PER_SECOND), 9, out, offset + 20);
        out[offset + 29] = 'Z';
        return LENGTH_BYTES;
    }

    /** The text as a string. */
    public static String toText(long ns) {
        byte[] bytes = new byte[LENGTH_BYTES];
        return new String(bytes, 0, write(ns, bytes, 0), StandardCharsets.US_ASCII);
    }

    /** Reads a time; {@link #INVALID} when it is none, or lies outside what the ledger can hold. */
    public static long parse(CharSequence text) {
        int length = text.length();
        if (length < MIN_TEXT_LENGTH
                || length > LENGTH_BYTES
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(length - 1) != 'Z') {
            return INVALID;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 1970 || month < 1 || month > 12 || day < 1) {
            return INVALID;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return INVALID;
        }
        LocalDate firstOfMonth = LocalDate.of(year, month, 1);
        if (day > firstOfMonth.lengthOfMonth()) {
            return INVALID;
        }
        int fractionNs = fractionNs(text, length - 1);
        if (fractionNs < 0) {
            return INVALID;
        }
        long seconds = (firstOfMonth.toEpochDay() + day - 1) * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second;
        if (seconds > Long.MAX_VALUE / NS_PER_SECOND - 1) {
            return INVALID;
        }
        long ns = seconds * NS_PER_SECOND + fractionNs;
        return ns > 0 ? ns : INVALID;
    }

    private static int fractionNs(CharSequence text, int end) {
        if (end == MIN_TEXT_LENGTH - 1) {
            return 0;
        }
        if (text.charAt(MIN_TEXT_LENGTH - 1) != '.' || end == MIN_TEXT_LENGTH) {
            return -1;
        }
        int value = number(text, MIN_TEXT_LENGTH, end);
        for (int i = end - MIN_TEXT_LENGTH; i < 9 && value > 0; i++) {
            value *= 10;
        }
        return value;
    }

    private static int number(CharSequence text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static void digits(int value, int count, byte[] out, int offset) {
        int rest = value;
        for (int i = offset + count - 1; i >= offset; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
