package io.scrip.benchmarks;

import io.scrip.tools.torture.ProcessorTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * What one subject came to.
 *
 * @param figures       what it measured, or one that says why nothing
 * @param broken        whether it could not be measured
 * @param seconds       it took
 * @param loadAverage   of the machine when it ended, itself included
 * @param stolenPercent of the processors' time meanwhile, by the machine's host
 */
record SubjectRun(List<Figure> figures, boolean broken, double seconds, double loadAverage, double stolenPercent) {

    SubjectRun {
        figures = List.copyOf(figures);
    }

    /** Measures; whatever goes wrong is in the result, so that other subjects still have their turn. */
    static SubjectRun of(Bench bench, BenchOptions options, Progress progress) throws InterruptedException {
        long beganNs = System.nanoTime();
        ProcessorTime before = ProcessorTime.now();
        List<Figure> figures;
        boolean broken = false;
        try {
            figures = bench.run(options, progress);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            broken = true;
            figures = List.of(Figure.skipped("", bench.name(), reason(e)));
        }
        return new SubjectRun(
                figures,
                broken,
                (System.nanoTime() - beganNs) / 1e9,
                Conditions.loadAverage(),
                ProcessorTime.now().stolenPercentSince(before));
    }

    /** By the tables they belong to, in the order of their first figures. */
    Map<String, List<Figure>> tables() {
        Map<String, List<Figure>> tables = new LinkedHashMap<>();
        figures.forEach(figure -> tables.computeIfAbsent(figure.table(), table -> new ArrayList<>())
                .add(figure));
        return tables;
    }

    /** How long it took, and what may have disturbed it. */
    String circumstances() {
        return String.format(
                Locale.ROOT,
                "%.0f s, load average %.1f at its end, %.0f %% of the processors' time stolen by the host",
                seconds,
                loadAverage,
                stolenPercent);
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause instanceof CompletionException) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
