package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "1,1970-01-01T00:00:00.000000001Z",
        "1000000000,1970-01-01T00:00:01.000000000Z",
        "951782400000000000,2000-02-29T00:00:00.000000000Z",
        "4107542399999999999,2100-02-28T23:59:59.999999999Z",
        "4107542400000000000,2100-03-01T00:00:00.000000000Z",
        "9223372036854775807,2262-04-11T23:47:16.854775807Z"
    })
    void writesNineDecimalsInUtc(long ns, String text) {
        assertEquals(text, Timestamps.toText(ns));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T03:36:00Z,1795232160000000000",
        "2026-11-21T03:36:00.5Z,1795232160500000000",
        "2026-11-21T03:36:00.000000001Z,1795232160000000001",
        "2024-02-29T23:59:59.999Z,1709251199999000000"
    })
    void readsZeroToNineDecimals(String text, long ns) {
        assertEquals(ns, Timestamps.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21",
                "2026-11-21T03:36:00",
                "2026-11-21T03:36:00+00:00",
                "2026-11-21t03:36:00Z",
                "2026-11-21T03:36:00z",
                "2026-11-21 03:36:00Z",
                "2026-11-21T03:36:00.Z",
                "2026-11-21T03:36:00.0000000001Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01T00:00:-1Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2262-04-11T23:47:17Z",
                "9999-12-31T23:59:59Z",
                "٢026-01-01T00:00:00Z",
                "+026-01-01T00:00:00Z"
            })
    void refusesWhatIsNoTimeOfTheLedger(String text) {
        assertEquals(Timestamps.INVALID, Timestamps.parse(text));
    }

    @Test
    void agreesWithTheJdkAndReadsBackWhatItWrote() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            long ns = random.nextLong(1, 9_223_372_035_000_000_000L);
            String text = Timestamps.toText(ns);
            Instant instant = Instant.ofEpochSecond(ns / 1_000_000_000L, ns % 1_000_000_000L);
            assertEquals(instant, Instant.parse(text));
            assertEquals(ns, Timestamps.parse(text));
        }
    }
}
