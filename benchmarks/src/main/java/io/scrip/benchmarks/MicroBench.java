package io.scrip.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
 * All JMH benchmarks of this module, short, each in a JVM of its own with the allocation profiler. Beside a method stands
 * its baseline with the same parameters: the method of its class that is called naive and like it ({@code request},
 * {@code naiveRequest}), or like it and more ({@code append}, {@code appendBare}), or else naive whatever follows.
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
    public boolean isInAll() {
        return false;
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException {
        // Another run on the machine would be refused by a lock in the folder for temporary files.
        System.setProperty("jmh.ignoreLock", "true");
        List<RunResult> results = new ArrayList<>();
        Thread atExit = new Thread(MicroBench::endForks, "forks-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            for (String benchmark : benchmarks()) {
                progress.step(shortName(benchmark));
                results.addAll(measure(benchmark, options));
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : results) {
            RunResult beside = baseline(result, results);
            if (beside != null || results.stream().noneMatch(other -> baseline(other, results) == result)) {
                figures.add(figure(result, beside));
            }
        }
        return figures;
    }

    /** JMH leaves the Java that measures alone when it is told to end itself. */
    private static void endForks() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }

    /** Null when there is none; a baseline has none itself. */
    private static RunResult baseline(RunResult of, List<RunResult> among) {
        if (method(of).startsWith(NAIVE)) {
            return null;
        }
        List<RunResult> others = new ArrayList<>();
        for (RunResult other : among) {
            if (other != of && place(other).equals(place(of))) {
                others.add(other);
            }
        }
        String name =
                baseline(method(of), others.stream().map(MicroBench::method).toList());
        return others.stream()
                .filter(other -> method(other).equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Which of the others of its class a method stands beside, null for none. */
    static String baseline(String method, List<String> others) {
        String own = NAIVE + method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
        for (Predicate<String> is : List.<Predicate<String>>of(
                own::equals, other -> other.startsWith(method), NAIVE::equals, other -> other.startsWith(NAIVE))) {
            for (String other : others) {
                if (is.test(other)) {
                    return other;
                }
            }
        }
        return null;
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
                            .jvmArgsPrepend(ScratchServer.opened().toArray(new String[0]))
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IOException(benchmark + ": " + e.getMessage(), e);
        }
    }

    private static Figure figure(RunResult result, RunResult beside) {
        BenchmarkParams params = result.getParams();
        Figure figure = Figure.of(
                "",
                shortName(params.getBenchmark()) + parameters(params),
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreUnit());
        String bytes = String.format(Locale.ROOT, "%.1f bytes each", allocated(result));
        if (beside == null) {
            return figure.note(bytes);
        }
        return figure.beside(method(beside), beside.getPrimaryResult().getScore())
                .note(String.format(Locale.ROOT, "%s, beside it %.1f", bytes, allocated(beside)));
    }

    private static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith(ALLOCATED)) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }

    /** Class and parameters. */
    private static String place(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(0, benchmark.lastIndexOf('.')) + parameters(result.getParams());
    }

    private static String parameters(BenchmarkParams params) {
        StringBuilder text = new StringBuilder();
        for (String name : params.getParamsKeys()) {
            text.append(' ').append(name).append('=').append(params.getParam(name));
        }
        return text.toString();
    }

    private static String method(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** Class and method, without the package. */
    private static String shortName(String benchmark) {
        int space = benchmark.indexOf(' ');
        String name = space < 0 ? benchmark : benchmark.substring(0, space);
        int method = name.lastIndexOf('.');
        return benchmark.substring(name.lastIndexOf('.', method - 1) + 1);
    }
}
