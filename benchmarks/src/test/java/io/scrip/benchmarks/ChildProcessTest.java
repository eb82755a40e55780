package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a measurement starts and writes is gone when the measurement is told to end. */
@Timeout(120)
class ChildProcessTest {
    @TempDir
    Path folder;

    /** Makes a folder, starts a program that would run for long, and waits for it. */
    static final class Measurement {
        private Measurement() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            ScratchFolder scratch = ScratchFolder.in(Path.of(args[0]), "measurement-");
            Files.writeString(scratch.path().resolve("data"), "much");
            int code = ChildProcess.run(List.of("sh", "-c", "echo $$; exec sleep 600"), System.out::println);
            System.out.println("ended with " + code);
        }
    }

    private static List<String> java(Class<?> main, Path argument) {
        List<String> command = new ArrayList<>(ScratchServer.java());
        command.addAll(List.of(main.getName(), argument.toString()));
        return command;
    }

    @Test
    void linesAndTheExitCodeComeBack() throws Exception {
        List<String> lines = new ArrayList<>();
        assertEquals(3, ChildProcess.run(List.of("sh", "-c", "echo one; echo two; exit 3"), lines::add));
        assertEquals(List.of("one", "two"), lines);
    }

    @Test
    void sigtermEndsTheProgramAndRemovesTheFolder() throws Exception {
        Process measurement = new ProcessBuilder(java(Measurement.class, folder))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = measurement.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            assertTrue(child.isAlive());
            measurement.destroy();
            assertTrue(measurement.waitFor(60, TimeUnit.SECONDS));
            assertFalse(child.onExit().get(60, TimeUnit.SECONDS).isAlive());
        } finally {
            measurement.destroyForcibly();
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void closingAFolderRemovesItWithAllInIt() throws Exception {
        try (ScratchFolder scratch = ScratchFolder.at(folder.resolve("a/b"))) {
            Files.createDirectories(scratch.path().resolve("c"));
            Files.writeString(scratch.path().resolve("c/d"), "e");
            scratch.clear();
            assertTrue(Files.isDirectory(scratch.path()));
            assertFalse(Files.exists(scratch.path().resolve("c")));
        }
        assertFalse(Files.exists(folder.resolve("a/b")));
    }
}
