package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark end to end, as short as it can be; what it measures is not looked at. */
final class HttpBenchTest {
    @TempDir
    Path folder;

    @Test
    void oneShortRunMeasuresEverythingAndLeavesNoServer() throws Exception {
        List<String> steps = new ArrayList<>();
        List<Figure> figures = new HttpBench(200).run(new BenchOptions(1, 1, false, folder), steps::add);
        assertEquals(
                List.of("P3", "P4", "P8"),
                figures.stream().map(Figure::id).distinct().toList());
        assertEquals(14, figures.size());
        assertTrue(figures.stream().allMatch(figure -> figure.isMeasured() && figure.ratio() > 0), figures.toString());
        assertEquals(6, figures.stream().filter(figure -> figure.met() != null).count());
        assertTrue(Files.exists(folder.resolve("http-open-loop.svg")));
        assertTrue(steps.contains("64 connections, run 1 of 1"), steps.toString());
        assertEquals(
                0,
                ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .count());
    }
}
