package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScripTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionNamesTheProductAndItsJava() {
        assertEquals(ExitCode.OK.number(), run("version"));
        assertTrue(out.toString().matches("scrip .* \\(commit .*, Java \\d+.*\\)\\R"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "watch",
                "verify",
                "replay",
                "dump",
                "backup",
                "restore",
                "version",
                "kill-test",
                "verify-receipt"
            })
    void everyCommandExplainsItselfAndItsExitCodes(String command) {
        assertEquals(ExitCode.OK.number(), run(command, "--help"));
        assertTrue(out.toString().contains("Usage: scrip " + command), out.toString());
        for (ExitCode code : ExitCode.values()) {
            assertTrue(out.toString().contains(code.meaning()), code + " is missing in " + out);
        }
    }

    @Test
    void withoutACommandTheUsageIsShownAsAnError() {
        assertEquals(ExitCode.USAGE.number(), run());
        assertTrue(err.toString().contains("serve"), err.toString());
    }

    @Test
    void aWrongOptionIsOneLineThatSaysWhereToLook() {
        assertEquals(ExitCode.USAGE.number(), run("serve", "--prot", "80"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("scrip: Unknown option"), err.toString());
        assertTrue(err.toString().contains("`scrip serve --help`"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--port=70000", "--port=-1", "--port=x", "--durability=maybe", "--rate-limit=-1", "--bind="})
    void badValuesAreRefusedInOneLine(String option) {
        assertEquals(ExitCode.USAGE.number(), run("serve", option));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
    }

    private int run(String... args) {
        return Scrip.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
