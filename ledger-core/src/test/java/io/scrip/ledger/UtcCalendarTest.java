package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class UtcCalendarTest {
    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST =
            Instant.ofEpochSecond(0, Long.MAX_VALUE).atOffset(ZoneOffset.UTC).toLocalDate();

    private static long nanosOf(String time) {
        Instant instant = Instant.parse(time);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    @Test
    void everyDayThatALongOfNanosecondsReachesIsInTheMonthThatTheCalendarSays() {
        long days = ChronoUnit.DAYS.between(EPOCH, LAST);
        for (long day = 0; day <= days; day++) {
            LocalDate date = EPOCH.plusDays(day);
            long month = (date.getYear() - 1970) * 12L + date.getMonthValue() - 1;
            assertEquals(month, UtcCalendar.month(day), date.toString());
        }
    }

    @Test
    void daysChangeAtMidnightToTheNanosecond() {
        for (String midnight : new String[] {
            "1970-01-02T00:00:00Z",
            "2000-03-01T00:00:00Z",
            "2024-02-29T00:00:00Z",
            "2024-03-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
            "2100-03-01T00:00:00Z",
            "2262-04-11T00:00:00Z"
        }) {
            long nanos = nanosOf(midnight);
            long day = ChronoUnit.DAYS.between(
                    EPOCH, Instant.parse(midnight).atOffset(ZoneOffset.UTC).toLocalDate());
            assertEquals(day, UtcCalendar.day(nanos), midnight);
            assertEquals(day - 1, UtcCalendar.day(nanos - 1), "before " + midnight);
        }
    }

    @Test
    void theFirstAndTheLastNanosecondHaveADay() {
        assertEquals(0, UtcCalendar.day(0));
        assertEquals(ChronoUnit.DAYS.between(EPOCH, LAST), UtcCalendar.day(Long.MAX_VALUE));
    }
}
