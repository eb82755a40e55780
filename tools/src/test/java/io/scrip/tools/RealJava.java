package io.scrip.tools;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A subcommand in a virtual machine of its own, with flags of its own. */
public final class RealJava {
    private static final int TIMEOUT_S = 120;
    /** The process is gone by then. */
    private static final int LAST_WORDS_S = 30;

    private RealJava() {}

    /** How it ended, and what it said on stdout and stderr. */
    public record Ended(int exitCode, String output) {}

    /**
     * Runs it to its end.
     *
     * @param flags for Java; they come last and win
     */
    public static Ended scrip(List<String> flags, String... arguments) throws IOException, InterruptedException {
        return ended(start(flags, arguments));
    }

    /** Runs another program of the tests to its end. */
    static Ended main(Class<?> program, String... arguments) throws IOException, InterruptedException {
        return ended(launch(List.of(), program.getName(), arguments));
    }

    private static Ended ended(Process process) throws IOException, InterruptedException {
        try {
            return end(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it; {@link #end} waits for it. */
    static Process start(List<String> flags, String... arguments) throws IOException {
        return launch(flags, "io.scrip.tools.Scrip", arguments);
    }

    private static Process launch(List<String> flags, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Waits for its end, and takes what it said and nobody has read. One that does not end is killed, which fails. */
    static Ended end(Process process) throws IOException, InterruptedException {
        return end(process, TIMEOUT_S, TimeUnit.SECONDS);
    }

    /** As {@link #end(Process)}, within another time. */
    static Ended end(Process process, long timeout, TimeUnit unit) throws IOException, InterruptedException {
        // On a thread of its own: nothing interrupts one that reads from a process, and no limit would hold.
        FutureTask<String> output =
                new FutureTask<>(() -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        Thread reader = new Thread(output, "process-output");
        reader.setDaemon(true);
        reader.start();
        boolean ended = process.waitFor(timeout, unit);
        if (!ended) {
            // By its handle: destroying the process would close what the other thread reads from.
            process.toHandle().destroyForcibly();
        }
        try {
            String said = output.get(LAST_WORDS_S, TimeUnit.SECONDS);
            if (!ended) {
                throw new AssertionError("still running after " + timeout + " " + unit + ": " + said);
            }
            return new Ended(process.exitValue(), said);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("its output does not end; did it leave processes of its own?", e);
        }
    }
}
