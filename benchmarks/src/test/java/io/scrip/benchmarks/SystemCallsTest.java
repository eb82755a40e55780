package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SystemCallsTest {
    @Test
    void rowsOfTheTableAreCountedAndNothingElse() {
        String table = """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 71.47    0.512340          12     42000       310 futex
                 20.00    0.100000          25      4000           fdatasync
                  0.00    0.000000           0         1           fsync
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.612340                 46001       310 total
                """;
        Map<String, Long> calls = new HashMap<>();
        Arrays.stream(table.split("\n")).forEach(line -> SystemCalls.count(line, calls));
        assertEquals(Map.of("futex", 42_000L, "fdatasync", 4_000L, "fsync", 1L), calls);
    }
}
