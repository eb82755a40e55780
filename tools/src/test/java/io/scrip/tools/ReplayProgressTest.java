package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReplayProgressTest {
    private long nowNs;
    private final StringWriter err = new StringWriter();
    private final ReplayProgress progress = new ReplayProgress(new PrintWriter(err), () -> nowNs);

    @Test
    void aShortReplaySaysNothing() {
        at(1.9, 1_000_000);
        assertEquals("", err.toString());
    }

    @Test
    void aLongOneTellsItsSpeedAndWhatIsLeftOnceASecond() {
        at(1.0, 1_000_000);
        at(2.0, 2_000_000);
        at(2.5, 2_500_000);
        at(3.0, 4_500_000);
        assertEquals(
                String.format("scrip: replaying the journal: 2,000,000 of 9,000,000 records, 1,000,000/s, 7 s left%n"
                        + "scrip: replaying the journal: 4,500,000 of 9,000,000 records, 1,750,000/s, 3 s left%n"),
                err.toString());
    }

    @Test
    void whatWentBeforeTheFirstRecordDoesNotCountAsTimeForRecords() {
        at(1.5, 0);
        at(2.5, 1_000_000);
        assertEquals(
                String.format("scrip: replaying the journal: 1,000,000 of 9,000,000 records, 1,000,000/s, 8 s left%n"),
                err.toString());
    }

    @Test
    void aFirstWordThatComesLateIsSaidAtOnce() {
        at(4.0, 2_000_000);
        assertEquals(
                String.format("scrip: replaying the journal: 2,000,000 of 9,000,000 records, 500,000/s, 14 s left%n"),
                err.toString());
    }

    private void at(double seconds, long records) {
        nowNs = (long) (seconds * 1e9);
        progress.onProgress(records, 9_000_000);
    }
}
