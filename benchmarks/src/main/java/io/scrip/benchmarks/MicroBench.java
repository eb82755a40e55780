package io.scrip.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * All JMH benchmarks of this module, short, each in a JVM of its own with the allocation profiler. A method whose name
 * begins with {@code naive} is the baseline of the others of its class with the same parameters.
 */
final class MicroBench implements Bench {
    private static final String NAIVE = "naive";
    private static final int WARM_UPS = 3;
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException {
        // Another run on the machine would be refused by a lock in the folder for temporary files.
        System.setProperty("jmh.ignoreLock", "true");
        Map<String, Double> naive = new LinkedHashMap<>();
        List<RunResult> results = new ArrayList<>();
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (String benchmark : benchmarks()) {
            progress.step(shortName(benchmark));
            for (RunResult result : measure(benchmark, options)) {
                BenchmarkParams params = result.getParams();
                bytes.put(key(params), allocated(result));
                if (method(params.getBenchmark()).startsWith(NAIVE)) {
                    naive.put(baselineKey(params), result.getPrimaryResult().getScore());
                    bytes.put(baselineKey(params), allocated(result));
                } else {
                    results.add(result);
                }
            }
        }
        return results.stream().map(result -> figure(result, naive, bytes)).toList();
    }

    private static Set<String> benchmarks() {
        Set<String> names = new TreeSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            names.add(entry.getUsername());
        }
        return names;
    }

    private static Collection<RunResult> measure(String benchmark, BenchOptions options) throws IOException {
        try {
            return new Runner(new OptionsBuilder()
                            .include("^" + Pattern.quote(benchmark) + "$")
                            .forks(1)
                            .warmupIterations(WARM_UPS)
                            .warmupTime(ITERATION)
                            .measurementIterations(options.runs())
                            .measurementTime(ITERATION)
                            .addProfiler(GCProfiler.class)
                            .jvmArgsPrepend(ScratchServer.jvmFlags().toArray(new String[0]))
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IOException(benchmark + ": " + e.getMessage(), e);
        }
    }

    private static Figure figure(RunResult result, Map<String, Double> naive, Map<String, Double> bytes) {
        BenchmarkParams params = result.getParams();
        Figure figure = Figure.of(
                "",
                shortName(key(params)),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit());
        String note = String.format(Locale.ROOT, "%.1f bytes each", bytes.get(key(params)));
        Double baseline = naive.get(baselineKey(params));
        if (baseline == null) {
            return figure.note(note);
        }
        return figure.beside("naive", baseline)
                .note(String.format(Locale.ROOT, "%s, naive %.1f", note, bytes.get(baselineKey(params))));
    }

    private static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith(ALLOCATED)) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }

    private static String key(BenchmarkParams params) {
        return params.getBenchmark() + parameters(params);
    }

    private static String baselineKey(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        return benchmark.substring(0, benchmark.lastIndexOf('.')) + ":" + NAIVE + parameters(params);
    }

    private static String parameters(BenchmarkParams params) {
        StringBuilder text = new StringBuilder();
        for (String name : params.getParamsKeys()) {
            text.append(' ').append(name).append('=').append(params.getParam(name));
        }
        return text.toString();
    }

    private static String method(String benchmark) {
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    private static String shortName(String benchmark) {
        return benchmark.replace(MicroBench.class.getPackageName() + ".", "");
    }
}
