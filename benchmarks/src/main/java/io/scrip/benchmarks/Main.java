package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks whose names match the given patterns, always with the allocation profiler:
 *
 * <pre>
 *   mvn -q -B -Pfast,bench -pl benchmarks -am -DskipTests package -Dbench.args='Transfer --json out.json'
 * </pre>
 *
 * <p>{@code --json FILE} writes the results as JSON; every other argument is JMH's own ({@code -h} lists them).
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        List<String> forJmh = new ArrayList<>();
        String json = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--json") && i + 1 < args.length) {
                json = args[++i];
            } else {
                forJmh.add(args[i].equals("--help") ? "-h" : args[i]);
            }
        }
        CommandLineOptions given = new CommandLineOptions(forJmh.toArray(new String[0]));
        if (given.shouldHelp()) {
            new Runner(given).list();
            System.out.println("Arguments: [pattern…] [--json FILE] and JMH's own, for example -p accounts=10000 -f 1");
            return;
        }
        ChainedOptionsBuilder options = new OptionsBuilder().parent(given).addProfiler(GCProfiler.class);
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json);
        }
        new Runner(options.build()).run();
    }
}
