package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.load.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledgers that are made without a server are ledgers. */
@Timeout(240)
class ScaleSiteTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void aServerTakesTheMadeLedgerOverAndItsWalletsPayWithTheirKeys() throws Exception {
        List<String> steps = new ArrayList<>();
        BenchOptions options = new BenchOptions(1, 1, true, folder);
        try (ScaleSite site = ScaleSite.open(folder, 40, options, steps::add)) {
            site.settle();
            LoadResult http = drive(site, new ScaleSite.Way("HTTP", false, 8, 1, 1));
            LoadResult batches = drive(site, new ScaleSite.Way("batches", true, 2, 1, 100));
            assertTrue(http.applied() > 0);
            assertEquals(0, batches.applied() % 100);
            assertTrue(site.liveHeapBytes() > 0);
        }
        assertTrue(steps.contains("40 accounts: writing a snapshot"), steps.toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** A busy machine may not even connect in time. */
    private static LoadResult drive(ScaleSite site, ScaleSite.Way way) throws Exception {
        IOException last = null;
        for (int seconds = 1; seconds <= 32; seconds *= 2) {
            try {
                return site.drive(way, 0, seconds * 1_000_000_000L);
            } catch (IOException tooSlow) {
                last = tooSlow;
            }
        }
        throw last;
    }

    @Test
    void machineThatIsTooSmallIsToldWhatIsMissing() {
        ScaleBench bench = new ScaleBench();
        assertNull(bench.missing(23 * GIB, 60 * GIB));
        assertEquals("needs 17 GiB of memory, the machine has 15", bench.missing(15 * GIB, 60 * GIB));
        assertEquals("needs 29 GiB on the disk, 20 are free", bench.missing(23 * GIB, 20 * GIB));
        assertNull(new ScaleBench(List.of(1_000)).missing(6 * GIB, 6 * GIB));
    }

    @Test
    void fewerOpenFilesThanSubscribersAreToldBeforeAnythingIsStarted() {
        assertEquals(
                "10,000 subscribers need 11,000 open files in each of two processes, and only 4,096 are allowed"
                        + " (ulimit -Hn)",
                StreamBench.tooFewFiles(10_000, 4_096));
        assertFalse(new ScaleBench().isInAll());
    }
}
