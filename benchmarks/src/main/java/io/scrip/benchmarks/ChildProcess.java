package io.scrip.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that does one part of a measurement: run to its end, and told to end when this process is. Stateless. */
final class ChildProcess {
    /** As long as a part takes to stop its own servers and to remove what they wrote. */
    private static final int END_TIMEOUT_S = 20;

    private ChildProcess() {}

    /** Its exit code; what it prints is handed over by lines, what it complains about goes where ours does. */
    static int run(List<String> command, Consumer<String> onLine) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread atExit = new Thread(() -> end(process), "part-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                onLine.accept(line);
            }
            return process.waitFor();
        } finally {
            end(process);
            removeHook(atExit);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook finds nothing left to do.
            return;
        }
    }
}
