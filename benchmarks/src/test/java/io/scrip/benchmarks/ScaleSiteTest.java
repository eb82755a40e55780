package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
        try (ScaleSite site = ScaleSite.open(folder, 40, GIB, options, steps::add)) {
            site.settle(steps::add);
            ScaleSite.rest(List.of(site));
            LoadResult http = drive(site, new ScaleWay("HTTP", false, 8, 1, 1));
            LoadResult batches = drive(site, new ScaleWay("batches", true, 2, 1, 100));
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
    private static LoadResult drive(ScaleSite site, ScaleWay way) throws Exception {
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

    private static ScaleNeeds needs(int seconds, Integer... counts) {
        BenchOptions options = new BenchOptions(seconds, 3, true, null);
        return ScaleNeeds.of(List.of(counts), options, 300_000_000, 4_000_000_000L);
    }

    @Test
    void machineThatIsTooSmallIsToldWhatIsMissing() {
        ScaleNeeds needs = needs(2, 10_000, 1_000_000, 10_000_000);
        assertNull(needs.missing(21 * GIB, 60 * GIB));
        assertEquals(
                "needs 19.1 GiB of memory, 15.0 are available; --accounts asks for fewer",
                needs.missing(15 * GIB, 60 * GIB));
        assertEquals(
                "needs 48.0 GiB on the disk, 20.0 are free; --accounts asks for fewer, --out for another disk",
                needs.missing(21 * GIB, 20 * GIB));
        assertNull(needs(2, 10_000, 1_000_000).missing(10 * GIB, 34 * GIB));
    }

    @Test
    void longerMeasurementsNeedMoreForTheirTransfersUpToWhatIsRemembered() {
        assertTrue(needs(4, 10_000).heapBytes(0) > needs(2, 10_000).heapBytes(0));
        assertEquals(needs(200, 10_000).heapBytes(0), needs(100, 10_000).heapBytes(0));
        assertNotNull(needs(100, 10_000).missing(21 * GIB, 60 * GIB));
    }

    /** Over the binary door a connection has one payer, who pays for everything that it does, and gets nearly nothing. */
    @Test
    void fundsLastForThePayerWhoPaysMostAndAreNoMoreThanATokenHas() {
        long mostPaid = 999;
        long payersOfBatches = 4;
        long secondsUnderLoad = 360;
        long transfers = secondsUnderLoad * ScaleWay.BY_ACCOUNTS.get(0).mostPerSecond() / payersOfBatches;
        assertTrue(ScaleLedger.FUNDS / mostPaid > transfers);
        assertTrue(Long.MAX_VALUE / ScaleLedger.FUNDS > 20_000_000);
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
