package io.scrip.testkit.model;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoField;

/** Days and months in UTC of a journal time. */
final class Calendar {
    private static final long DAY_NS = 24L * 3600 * 1_000_000_000L;

    private Calendar() {}

    static long day(long timestampNs) {
        return Math.floorDiv(timestampNs, DAY_NS);
    }

    static long month(long timestampNs) {
        return YearMonth.from(LocalDate.ofEpochDay(day(timestampNs))).getLong(ChronoField.PROLEPTIC_MONTH);
    }
}
