package io.scrip.tools.torture;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip kill-test}: see {@link KillTest}. */
@Command(
        name = "kill-test",
        description = {
            "Start a real server on a scratch folder, load it over HTTP, kill it with -9 at random instants, start it"
                    + " again, and compare everything it shows with everything it answered.",
            ""
        },
        sortOptions = false,
        subcommands = {PrepareCommand.class, CheckCommand.class})
public final class KillTestCommand implements Callable<Integer> {

    @Option(names = "--wallets", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int wallets;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Longest load before a kill (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of who pays whom, how much, and when it is killed (default: from the clock).")
    private Long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Empty or missing folder for data and log; kept. Default: a temporary one, kept only after a"
                    + " violation.")
    private Path folder;

    @Option(names = "--durability", paramLabel = "sync|async", defaultValue = "sync", description = "Of the server.")
    private String durability;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path scratch = folder == null ? Files.createTempDirectory("scrip-kill-test") : folder.toAbsolutePath();
        Interruption interruption = Interruption.install(scratch, folder == null);
        KillTestReport report;
        try {
            report = new KillTest(config(scratch), line -> {
                        err.println(line);
                        err.flush();
                    })
                    .run();
        } finally {
            interruption.workIsOver();
        }
        if (json) {
            out.println(report.json());
        } else {
            out.print(report.text());
        }
        out.flush();
        if (folder == null && report.passed()) {
            deleteRecursively(scratch);
        } else {
            err.println("data and log are kept in " + scratch);
            err.flush();
        }
        return report.passed() ? 0 : 1;
    }

    private KillTestConfig config(Path scratch) {
        long chosenSeed = seed == null ? System.nanoTime() : seed;
        List<String> server = new ArrayList<>(serverProgram());
        server.addAll(List.of("serve", "--durability", durability));
        try {
            return new KillTestConfig(server, scratch, wallets, connections, seconds, kills, chosenSeed);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The same Java, flags and classes that run this test, as a command of its own. */
    static List<String> thisProgram() {
        return program(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** As {@link #thisProgram()}, with the flags that the launcher gives a server, and more. */
    static List<String> serverProgram(String... moreFlags) {
        String given = System.getProperty("scrip.server.flags");
        List<String> flags = new ArrayList<>(
                given == null
                        ? ManagementFactory.getRuntimeMXBean().getInputArguments()
                        : List.of(given.strip().split(" +")));
        flags.addAll(List.of(moreFlags));
        return program(flags);
    }

    private static List<String> program(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            // Only so does Java read what the jar's manifest opens.
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, "io.scrip.tools.Scrip"));
        }
        return command;
    }

    static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
