package io.scrip.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * All JMH benchmarks of this module, short, each in a JVM of its own with the allocation profiler. Figures are times, so
 * a ratio below 1 is the part of the baseline's time. Beside a method stands its baseline with the same parameters, which
 * was measured just before or after it: the method of its class that is called naive and like it ({@code request},
 * {@code naiveRequest}), or like it and more ({@code append}, {@code appendBare}), or else naive whatever follows.
 */
final class MicroBench implements Bench {
    private static final String NAIVE = "naive";
    private static final String CLASS_SUFFIX = "Benchmark";
    private static final int WARM_UPS = 3;
    private static final long ITERATION_MS = 500;
    /** What a Java takes to start and to make what its benchmark works on, on an idle machine. */
    private static final double SETTING_UP_S = 3;

    private static final double MS_FROM_NS = 100_000;
    private static final double NS_PER_MS = 1e6;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** One method with one value of each of its parameters: what one Java measures. */
    record Part(String benchmark, Map<String, String> parameters) {
        /** Class, without what all are called, and method. */
        String name() {
            return typeName() + "." + method();
        }

        String typeName() {
            String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
            return type.substring(type.lastIndexOf('.') + 1).replaceFirst(CLASS_SUFFIX + "$", "");
        }

        String method() {
            return benchmark.substring(benchmark.lastIndexOf('.') + 1);
        }

        /** What it has in common with its baseline. */
        String place() {
            return typeName() + parametersText();
        }

        long size() {
            return parameters.values().stream().mapToLong(Long::parseLong).reduce(1, (all, one) -> all * one);
        }

        String parametersText() {
            StringBuilder text = new StringBuilder();
            parameters.forEach((name, value) -> text.append(", ")
                    .append(String.format(Locale.ROOT, "%,d", Long.parseLong(value)))
                    .append(' ')
                    .append(name));
            return text.toString();
        }
    }

    /** What a part came to: nanoseconds and bytes for one operation. */
    record Measured(Part part, double ns, double bytes) {}

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public String about() {
        return "JMH: codec, JSON, core, maps, journal, replay, snapshots, each beside a naive way";
    }

    @Override
    public boolean isInAll() {
        return false;
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException {
        // Another run on the machine would be refused by a lock in the folder for temporary files.
        System.setProperty("jmh.ignoreLock", "true");
        List<Part> parts = parts();
        double eachS = (WARM_UPS + options.runs()) * ITERATION_MS / 1e3 + SETTING_UP_S;
        progress.step(String.format(
                Locale.ROOT, "%d measurements, about %s on an idle machine", parts.size(), time(parts.size() * eachS)));
        List<Measured> measured = new ArrayList<>();
        Thread atExit = new Thread(MicroBench::endForks, "forks-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        long beganNs = System.nanoTime();
        try {
            for (Part part : parts) {
                int done = measured.size();
                double leftS = (parts.size() - done) * (done == 0 ? eachS : (System.nanoTime() - beganNs) / 1e9 / done);
                progress.step(String.format(
                        Locale.ROOT,
                        "%d of %d, about %s left: %s%s",
                        done + 1,
                        parts.size(),
                        time(leftS),
                        part.name(),
                        part.parametersText()));
                measured.add(measure(part, options));
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
        return figures(measured);
    }

    private static String time(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }

    /** JMH leaves the Java that measures alone when it is told to end itself. */
    private static void endForks() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }

    /** Everything that this build can measure; what is compared stands together. */
    static List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            List<Map<String, String>> values = List.of(Map.of());
            for (Map.Entry<String, String[]> parameter :
                    entry.getParams().orElse(Map.of()).entrySet()) {
                values = withEach(values, parameter.getKey(), parameter.getValue());
            }
            values.forEach(some -> parts.add(new Part(entry.getUsername(), some)));
        }
        parts.sort(Comparator.comparing(Part::typeName)
                .thenComparing(Part::size)
                .thenComparing(MicroBench::withoutNaive)
                .thenComparing(Part::method));
        return parts;
    }

    private static List<Map<String, String>> withEach(List<Map<String, String>> before, String name, String[] values) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Map<String, String> some : before) {
            for (String value : values) {
                Map<String, String> more = new TreeMap<>(some);
                more.put(name, value);
                all.add(more);
            }
        }
        return all;
    }

    private static String withoutNaive(Part part) {
        String name = part.method().replaceFirst("^" + NAIVE, "");
        return name.isEmpty() ? "" : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A row for each that is not beside another, in the order they were measured. */
    static List<Figure> figures(List<Measured> measured) {
        List<Figure> figures = new ArrayList<>();
        for (Measured one : measured) {
            Measured beside = baseline(one, measured);
            if (beside != null || measured.stream().noneMatch(other -> one.equals(baseline(other, measured)))) {
                figures.add(figure(one, beside));
            }
        }
        return figures;
    }

    /** Null when there is none; a baseline has none itself. */
    private static Measured baseline(Measured of, List<Measured> among) {
        String method = of.part().method();
        if (method.startsWith(NAIVE)) {
            return null;
        }
        List<Measured> others = among.stream()
                .filter(other -> !other.equals(of)
                        && other.part().place().equals(of.part().place()))
                .toList();
        String name = baseline(
                method, others.stream().map(other -> other.part().method()).toList());
        return others.stream()
                .filter(other -> other.part().method().equals(name))
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

    private static Measured measure(Part part, BenchOptions options) throws IOException {
        List<String> flags = new ArrayList<>(ScratchServer.opened());
        flags.add("-Dchronicle.analytics.disable=true");
        ChainedOptionsBuilder asked = new OptionsBuilder()
                .include("^" + Pattern.quote(part.benchmark()) + "$")
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.milliseconds(ITERATION_MS))
                .measurementIterations(options.runs())
                .measurementTime(TimeValue.milliseconds(ITERATION_MS))
                .addProfiler(GCProfiler.class)
                .jvmArgsPrepend(flags.toArray(new String[0]))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        part.parameters().forEach(asked::param);
        try {
            RunResult result = new Runner(asked.build()).runSingle();
            return new Measured(part, ns(result), allocated(result));
        } catch (RunnerException e) {
            throw new IOException(part.name() + part.parametersText() + ": " + e.getMessage(), e);
        }
    }

    private static double ns(RunResult result) {
        BenchmarkParams params = result.getParams();
        double score = result.getPrimaryResult().getScore();
        double unitNs = TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
        return params.getMode() == Mode.Throughput ? unitNs / score : unitNs * score;
    }

    private static Figure figure(Measured one, Measured beside) {
        boolean ms = one.ns() >= MS_FROM_NS;
        double unitNs = ms ? NS_PER_MS : 1;
        String name = one.part().name() + one.part().parametersText();
        Figure figure = Figure.of("", name, one.ns() / unitNs, ms ? "ms" : "ns");
        if (beside == null) {
            return figure.note(bytes(one) + " each");
        }
        return figure.beside(beside.part().method(), beside.ns() / unitNs)
                .note(bytes(one) + " each, " + beside.part().method() + " " + bytes(beside));
    }

    /** The profiler's own garbage shows as a fraction of a byte. */
    private static String bytes(Measured measured) {
        double bytes = measured.bytes();
        return String.format(Locale.ROOT, bytes < 10 ? "%.1f bytes" : "%,.0f bytes", bytes);
    }

    private static double allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith(ALLOCATED)) {
                return result.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
    }
}
