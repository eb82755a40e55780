package io.scrip.tools;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A subcommand in a virtual machine of its own, with flags of its own. */
public final class RealJava {
    private static final int TIMEOUT_S = 120;

    private RealJava() {}

    /** How it ended, and what it said on stdout and stderr. */
    public record Ended(int exitCode, String output) {}

    /**
     * Runs it to its end.
     *
     * @param flags for Java; they come last and win
     */
    public static Ended scrip(List<String> flags, String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), flags, "io.scrip.tools.Scrip", arguments);
    }

    /** The same with more in its environment. */
    public static Ended scrip(Map<String, String> environment, List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        return run(environment, flags, "io.scrip.tools.Scrip", arguments);
    }

    /** Runs another program of the tests to its end. */
    static Ended main(Class<?> program, String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), List.of(), program.getName(), arguments);
    }

    private static Ended run(Map<String, String> environment, List<String> flags, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running: " + output);
            }
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
