package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A suite that is told to end in the middle takes everything with it. */
@Timeout(300)
class InterruptionTest {
    private static final int WAIT_S = 120;

    @TempDir
    private Path scratch;

    private Path output;

    @Test
    void aSuiteThatIsToldToEndLeavesNoServerAndNoFolder() throws Exception {
        Process suite = suite("T1");
        try {
            await(suite, () -> servers(suite) == 1);
            terminate(suite);
        } finally {
            suite.destroy();
            suite.waitFor(WAIT_S, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSuiteThatIsToldToEndLeavesNoMountAndNoDevice() throws Exception {
        assumeTrue(LoopDisk.missing() == null && TornDisk.missing() == null, "needs root, loop devices and nbdkit");
        Process suite = suite("T3,T4");
        try {
            // Each disk is mounted, and T4's is a file below FUSE besides.
            await(suite, () -> servers(suite) >= 2 && mounts().size() >= 3 && mountsOf("T4") == 2);
            terminate(suite);
        } finally {
            suite.destroy();
            suite.waitFor(WAIT_S, TimeUnit.SECONDS);
        }
    }

    private Process suite(String lines) throws IOException {
        output = scratch.resolve("said.txt");
        Path temporary = Files.createDirectory(scratch.resolve("tmp"));
        List<String> command = new java.util.ArrayList<>(KillTestCommand.thisProgram());
        command.add(1, "-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("torture", "--only", lines, "--injuries", "1000", "--lanes", "4"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** SIGTERM, and afterwards nothing of it may be there. */
    private void terminate(Process suite) throws Exception {
        List<ProcessHandle> all = suite.descendants().toList();
        suite.destroy();
        assertTrue(suite.waitFor(WAIT_S, TimeUnit.SECONDS), () -> "it does not end: " + said());
        assertEquals(143, suite.exitValue(), () -> said());
        for (ProcessHandle handle : all) {
            assertFalse(handle.isAlive(), () -> handle.info() + " is left");
        }
        assertEquals(List.of(), mounts());
        if (LoopDisk.missing() == null) {
            assertFalse(Tools.run("losetup", "--list").contains(scratch.toString()), "a loop device is left");
        }
        try (Stream<Path> left = Files.list(scratch.resolve("tmp"))) {
            assertEquals(
                    List.of(),
                    left.filter(path -> !path.getFileName().toString().startsWith("hsperf"))
                            .toList());
        }
    }

    private static long servers(Process suite) {
        // A long class path hides the rest of a command line.
        return suite.descendants()
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .count();
    }

    private List<String> mounts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains(scratch.toString()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long mountsOf(String line) {
        return mounts().stream().filter(mount -> mount.contains("/" + line)).count();
    }

    private void await(Process suite, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.getAsBoolean()) {
            assertTrue(suite.isAlive() && System.nanoTime() < deadlineNs, () -> "it did not come so far: " + said());
            Thread.sleep(20);
        }
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
