package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectRunTest {
    @Test
    void itSaysWhatMayHaveDisturbedIt() {
        SubjectRun run = new SubjectRun(List.of(), false, 12.4, 1.25, 30.6);
        assertEquals(
                "12 s, load average 1.3 at its end, 31 % of the processors' time stolen by the host",
                run.circumstances());
    }
}
