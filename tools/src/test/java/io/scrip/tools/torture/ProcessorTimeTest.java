package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void stolenTimeIsThatBetweenTwoLooks() {
        ProcessorTime before = ProcessorTime.of("cpu  100 20 30 800 5 0 5 40 7 7");
        ProcessorTime after = ProcessorTime.of("cpu  150 20 50 880 5 0 5 90 9 9");
        assertEquals(25, after.stolenPercentSince(before), 1e-9);
        assertEquals(0, before.stolenPercentSince(before), 1e-9);
    }

    @Test
    void aKernelThatDoesNotTellStealsNothing() {
        for (String line : List.of("", "cpu0 1 2 3 4 5 6 7 8 9 10", "cpu 1 2 3 4")) {
            assertEquals(new ProcessorTime(0, 0), ProcessorTime.of(line), line);
        }
        assertTrue(ProcessorTime.now().ticks() >= 0);
    }
}
