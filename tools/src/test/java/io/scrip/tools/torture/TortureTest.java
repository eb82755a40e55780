package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** One kill on a real server; {@code .ci/run} does more through the launcher. */
@Timeout(300)
class TortureTest {
    @TempDir
    private Path scratch;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aKilledServerHasEverythingItAnswered() {
        int exit = torture(
                "--only",
                "T1",
                "--injuries",
                "1",
                "--folder",
                scratch.resolve("run").toString());
        assertEquals(0, exit, out + " " + err);
        assertTrue(out.toString().contains("passed"), out.toString());
    }

    @Test
    void theCatalogueIsShownWithoutHurtingAnything() {
        assertEquals(0, torture("--list"));
        assertTrue(out.toString().contains("T3 control A"), out.toString());
    }

    @Test
    void aLineThatIsNotThereIsRefused() {
        assertEquals(2, torture("--only", "T99"));
        assertTrue(err.toString().contains("there is no T99"), err.toString());
    }

    private int torture(String... arguments) {
        return new CommandLine(new TortureCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
