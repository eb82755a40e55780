package io.scrip.ledger;

/**
 * Days and months of the Gregorian calendar in UTC, counted from January 1970, of a journal time. Integers only. Good
 * for every time that nanoseconds in a long can say after 1970, that is to the year 2262.
 */
final class UtcCalendar {
    private static final long DAY_NS = 24L * 3600 * 1_000_000_000L;
    private static final int EPOCH_YEAR = 1970;
    private static final long LEAP_DAYS_BEFORE_EPOCH = leapDaysThrough(EPOCH_YEAR - 1);
    private static final int MONTHS = 12;
    private static final int JANUARY_AND_FEBRUARY = 59;
    /** Days of a common year before each month. */
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private UtcCalendar() {}

    /** Days since 1 January 1970. */
    static long day(long timestampNs) {
        return timestampNs / DAY_NS;
    }

    /** Months since January 1970 of a day since 1 January 1970. */
    static long month(long day) {
        long year = EPOCH_YEAR + day / 365;
        while (day < firstDayOf(year)) {
            year--;
        }
        long dayOfYear = day - firstDayOf(year);
        if (isLeap(year) && dayOfYear >= JANUARY_AND_FEBRUARY) {
            // The 29th of February counts as the 28th: both are in February, and the rest is as in other years.
            dayOfYear--;
        }
        int month = MONTHS - 1;
        while (dayOfYear < DAYS_BEFORE[month]) {
            month--;
        }
        return (year - EPOCH_YEAR) * MONTHS + month;
    }

    /** Days since 1 January 1970 of a year's first day. */
    private static long firstDayOf(long year) {
        return (year - EPOCH_YEAR) * 365 + leapDaysThrough(year - 1) - LEAP_DAYS_BEFORE_EPOCH;
    }

    private static long leapDaysThrough(long year) {
        return year / 4 - year / 100 + year / 400;
    }

    private static boolean isLeap(long year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
