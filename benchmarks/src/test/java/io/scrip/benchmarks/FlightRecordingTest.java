package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class FlightRecordingTest {
    private static final int MOST_TRIES = 60;

    @TempDir
    Path folder;

    private volatile boolean done;
    private volatile byte[] garbage = {};

    @ParameterizedTest
    @CsvSource({
        "java.lang.String, java.lang.String",
        "[B, byte[]",
        "[[J, long[][]",
        "[Ljava.lang.String;, java.lang.String[]",
        "[Z, boolean[]"
    })
    void typesAreWrittenAsJavaWritesThem(String name, String expected) {
        assertEquals(expected, FlightRecording.typeName(name));
    }

    @Test
    void classesMadeAtRunTimeHaveTheSameNameInEveryRun() {
        assertEquals(
                "io.scrip.A$$Lambda.run",
                FlightRecording.methodName("io.scrip.A$$Lambda$123/0x0000000800c03200", "run"));
        assertEquals("io.scrip.A$B.run", FlightRecording.methodName("io.scrip.A$B", "run"));
    }

    /** Samples are taken now and then, so it works until there are some. */
    @Test
    void whatAThreadRanAndAllocatedIsFoundAndOthersAreLeftOut() throws Exception {
        Thread ours = new Thread(this::work, "scrip-worker-1");
        Thread other = new Thread(this::work, "stranger");
        ours.start();
        other.start();
        try {
            FlightRecording recorded = record(300);
            for (int i = 0; i < MOST_TRIES && isShort(recorded); i++) {
                recorded = record(300);
            }
            assertFalse(isShort(recorded));
            for (String line : recorded.running().collapsed().split("\n")) {
                assertTrue(line.startsWith("scrip-worker-1;"), line);
            }
            assertTrue(recorded.running().collapsed().contains("FlightRecordingTest.work"));
            assertTrue(
                    recorded.allocated().sites("io.scrip.", 3).stream()
                            .anyMatch(site -> site.name().equals("new byte[] in FlightRecordingTest.work")),
                    recorded.allocated().collapsed());
        } finally {
            done = true;
            ours.join();
            other.join();
        }
    }

    private static boolean isShort(FlightRecording recorded) {
        return recorded.running().isEmpty() || recorded.allocated().isEmpty();
    }

    private FlightRecording record(long ms) throws Exception {
        Path file = folder.resolve("test.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
            recording.start();
            long untilNs = System.nanoTime() + ms * 1_000_000;
            while (System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
            recording.stop();
            recording.dump(file);
        }
        return FlightRecording.read(file, List.of("scrip-"));
    }

    private void work() {
        while (!done) {
            garbage = new byte[1_024 + garbage.length % 2];
        }
    }
}
