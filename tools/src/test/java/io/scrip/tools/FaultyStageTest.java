package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.ChronicleJournal;
import io.scrip.tools.FaultyServer.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** T12: whatever stage throws, the process ends with its exit code, and nobody is answered any more. */
@Timeout(300)
class FaultyStageTest {
    private static final int LAST = 3_000;

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource
    void aStageThatThrowsEndsTheProcessAndNothingIsAnsweredAfterIt(Stage stage) throws Exception {
        long at = 100L + new Random().nextInt(LAST);
        for (int cores : List.of(1, 8)) {
            Path folder = scratch.resolve("journal-" + cores);
            RealJava.Ended ended = RealJava.main(
                    FaultyServer.class, stage.name(), Long.toString(at), folder.toString(), Integer.toString(cores));
            String said = stage + " at " + at + ", " + cores + " cores: " + tail(ended.output());
            assertNotEquals(FaultyServer.FAULT_WITHOUT_END, ended.exitCode(), said);
            ExitCode expected = stage == Stage.APPEND || stage == Stage.FORCE ? ExitCode.DISK : ExitCode.INTERNAL;
            assertEquals(expected.number(), ended.exitCode(), said);
            List<String> lines = ended.output().lines().toList();
            int fault = lines.indexOf("fault");
            assertTrue(fault >= 0, said);
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("scrip: halted")), said);
            if (stage == Stage.REPLY || stage == Stage.CORE || cores == 1) {
                assertFalse(
                        lines.subList(fault, lines.size()).stream().anyMatch(line -> line.startsWith("acked")), said);
            }
            long acked = lines.stream().filter(line -> line.startsWith("acked")).count();
            try (ChronicleJournal journal = ChronicleJournal.open(FaultyServer.config(folder))) {
                assertTrue(journal.lastSequence() >= acked, said);
                boolean journalFailed = stage == Stage.APPEND || stage == Stage.FORCE;
                assertTrue(!journalFailed || acked < at, said);
            }
        }
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 500));
    }
}
