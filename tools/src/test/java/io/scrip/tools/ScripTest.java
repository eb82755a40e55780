package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class ScripTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionNamesTheProductAndItsJava() {
        assertEquals(ExitCode.OK.number(), run("version"));
        assertTrue(out.toString().matches("scrip .* \\(commit .*, Java \\d+.*\\)\\R"), out.toString());
    }

    @Test
    void versionMayBeAskedForAsAnOption() {
        assertEquals(ExitCode.OK.number(), run("version"));
        String said = out.toString();
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK.number(), run("--version"));
        assertEquals(said, out.toString());
    }

    static Set<String> commands() {
        return Scrip.COMMANDS.keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsKnownByTheNameThatItGivesItself(String command) {
        assertEquals(
                command,
                Scrip.COMMANDS.get(command).getAnnotation(Command.class).name());
    }

    @Test
    void theHelpListsEveryCommand() {
        assertEquals(ExitCode.OK.number(), run("--help"));
        Scrip.COMMANDS.forEach((name, type) -> assertEquals(
                !type.getAnnotation(Command.class).hidden(),
                out.toString().lines().anyMatch(line -> line.startsWith("  " + name + " ")),
                name));
    }

    @ParameterizedTest
    @MethodSource("commands")
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
            strings = {
                "--port=70000",
                "--port=-1",
                "--port=x",
                "--durability=maybe",
                "--rate-limit=-1",
                "--connections=0",
                "--bind="
            })
    void badValuesAreRefusedInOneLine(String option) {
        assertEquals(ExitCode.USAGE.number(), run("serve", option));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
    }

    @Test
    void whatTheSystemRefusedIsSaidWithoutTheNamesOfClasses() {
        assertEquals(
                "cannot read a: no permission for /b",
                Scrip.plain("cannot read a: java.nio.file.AccessDeniedException: /b"));
        assertEquals("x: there is no /b", Scrip.plain("x: java.nio.file.NoSuchFileException: /b"));
        assertEquals(
                "x: /b: No space left on device",
                Scrip.plain("x: java.nio.file.FileSystemException: /b: No space left on device"));
        assertEquals("x: Input/output error", Scrip.plain("x: java.io.IOException: Input/output error"));
    }

    @Test
    void aSimulationSaysWhatItWentThroughAndCanBeRepeated() {
        assertEquals(ExitCode.OK.number(), run("simulate", "--seeds=2", "--seed=5", "--ops=400", "--json"));
        String first = out.toString();
        assertTrue(first.contains("\"seeds\":2") && first.contains("\"broken\":[]"), first);
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK.number(), run("simulate", "--seeds=2", "--seed=5", "--ops=400", "--threads=1"));
        String trace = first.replaceAll("(?s).*\"trace\":\"([0-9a-f]{16})\".*", "$1");
        assertTrue(out.toString().contains("trace " + trace), out + " against " + first);
        err.getBuffer().setLength(0);
        assertEquals(ExitCode.USAGE.number(), run("simulate", "--threads=0"));
        assertEquals(
                "scrip: --threads must be from 1 to 1024; see `scrip simulate --help`",
                err.toString().strip());
    }

    private int run(String... args) {
        return Scrip.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
