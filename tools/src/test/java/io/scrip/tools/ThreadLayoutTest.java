package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.Transport;
import io.scrip.tools.ThreadLayout.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.openhft.affinity.Affinity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadLayoutTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| ([0-9]+) \\| ([0-9]+) \\| ([0-9]+) \\| (block|spin) \\|.*$", Pattern.MULTILINE);

    private static String row(ThreadLayout layout) {
        return layout.cores() + " " + layout.eventLoops() + " " + layout.pipelineThreads() + " "
                + layout.waiting().name().toLowerCase(Locale.ROOT);
    }

    @Test
    void theTableInTheDocumentationIsWhatIsChosen() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(Path.of("../docs/operations.md")));
        int count = 0;
        while (rows.find()) {
            String documented = rows.group(1) + " " + rows.group(2) + " " + rows.group(3) + " " + rows.group(4);
            assertEquals(documented, row(ThreadLayout.forCores(Integer.parseInt(rows.group(1)))));
            count++;
        }
        assertEquals(4, count);
    }

    @ParameterizedTest
    @CsvSource({"1,1 1 1 block", "3,3 2 2 block", "6,6 3 2 block", "64,64 6 2 spin"})
    void everyOtherNumberOfCoresHasALayoutToo(int cores, String expected) {
        assertEquals(expected, row(ThreadLayout.forCores(cores)));
    }

    @Test
    void everyValueCanBeSet() {
        ThreadLayout layout = ThreadLayout.forCores(2).with(3, 2, Wait.SPIN, 70, Transport.EPOLL, "1,0,4");
        assertEquals("2 3 2 spin", row(layout));
        assertEquals(Transport.EPOLL, layout.transport());
        assertEquals(70, layout.lingerUs());
        assertEquals(List.of(1, 0, 4), layout.pins());
        assertEquals(1, layout.cpuOfPipeline(0));
        assertEquals(0, layout.cpuOfPipeline(1));
        assertEquals(4, layout.cpuOfLoop(0));
        assertEquals(-1, layout.cpuOfLoop(1));
        assertEquals(
                "scrip: threads for 2 cores: 3 event loops (epoll, awake for 70 us after work), 2 pipeline threads"
                        + " (spin), pinned to [1, 0, 4]",
                layout.describe());
    }

    @Test
    void whatIsNotSetStaysAsItIs() {
        ThreadLayout layout = ThreadLayout.forCores(16);
        assertEquals(layout, layout.with(null, null, null, null, null, null));
    }

    @Test
    void refusesWhatMakesNoSense() {
        ThreadLayout layout = ThreadLayout.forCores(4);
        assertThrows(Refusal.class, () -> layout.with(0, null, null, null, null, null));
        assertThrows(Refusal.class, () -> layout.with(257, null, null, null, null, null));
        assertThrows(Refusal.class, () -> layout.with(null, 3, null, null, null, null));
        assertThrows(Refusal.class, () -> layout.with(null, null, null, -1, null, null));
        assertThrows(Refusal.class, () -> layout.with(null, null, null, 10_001, null, null));
        assertThrows(Refusal.class, () -> layout.with(null, null, null, null, null, "1"));
        assertThrows(Refusal.class, () -> layout.with(null, null, null, null, null, "1,1"));
        assertThrows(Refusal.class, () -> layout.with(null, null, null, null, null, "0-3"));
        assertThrows(Refusal.class, () -> layout.with(null, null, null, null, null, ""));
    }

    @Test
    void refusesACpuThatIsNotThereInOneLine() {
        ThreadLayout layout = ThreadLayout.forCores(2).with(null, null, null, null, null, "9999");
        Refusal refusal = assertThrows(Refusal.class, layout::requirePossible);
        assertTrue(refusal.getMessage().startsWith("--pin names CPU 9999, but"), refusal.getMessage());
        assertTrue(refusal.getMessage().lines().count() == 1, refusal.getMessage());
    }

    @Test
    void aPinnedThreadRunsOnItsCpuAndTheOthersWhereTheyMay() throws InterruptedException {
        BitSet allowed = Affinity.getAffinity();
        int cpu = allowed.nextSetBit(0);
        PinnedThreads threads = new PinnedThreads(number -> number == 0 ? cpu : -1);
        BitSet[] seen = new BitSet[2];
        for (int i = 0; i < seen.length; i++) {
            int number = i;
            Thread thread = threads.newThread(() -> seen[number] = Affinity.getAffinity());
            thread.start();
            thread.join();
        }
        BitSet one = new BitSet();
        one.set(cpu);
        assertEquals(one, seen[0]);
        assertEquals(allowed, seen[1]);
    }

    @Test
    void aTransportThatIsNotThereIsSaidInOneLine() {
        for (Transport transport : Transport.values()) {
            String why = transport.whyNot();
            ThreadLayout layout = ThreadLayout.forCores(2).with(null, null, null, null, transport, null);
            if (why == null) {
                layout.requirePossible();
            } else {
                Refusal refusal = assertThrows(Refusal.class, layout::requirePossible);
                assertEquals(1, refusal.getMessage().lines().count());
                assertTrue(refusal.getMessage().contains(transport.option() + " is not to be had here"), why);
            }
        }
    }
}
