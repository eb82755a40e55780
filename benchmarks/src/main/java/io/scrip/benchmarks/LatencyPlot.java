package io.scrip.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies by percentile as files: {@code .hgrm} for HdrHistogram's tools, and one drawing of several runs, {@code .svg}.
 * Percentiles run along the bottom by the number of their nines, latencies up the side by powers of ten.
 */
public final class LatencyPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int LEFT = 80;
    private static final int TOP = 50;
    private static final int PLOT_WIDTH = 600;
    private static final int PLOT_HEIGHT = 400;
    private static final int LEGEND_LEFT = LEFT + PLOT_WIDTH + 20;
    private static final double NS_PER_MS = 1e6;
    private static final double MOST_NINES = 5;
    private static final int STEPS = 200;
    private static final String[] COLOURS = {"#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#d68910", "#555555", "#17a2b8"
    };

    private LatencyPlot() {}

    /** Writes {@code <name>.svg} and a {@code <name>-<series>.hgrm} for each series, latencies in nanoseconds. */
    public static void write(Path folder, String name, String title, Map<String, Histogram> series) throws IOException {
        for (Map.Entry<String, Histogram> one : series.entrySet()) {
            String file = (name + "-" + one.getKey()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".hgrm";
            try (PrintStream out =
                    new PrintStream(Files.newOutputStream(folder.resolve(file)), false, StandardCharsets.UTF_8)) {
                one.getValue().outputPercentileDistribution(out, NS_PER_MS);
            }
        }
        Files.writeString(folder.resolve(name + ".svg"), svg(title, series));
    }

    /** The drawing. */
    static String svg(String title, Map<String, Histogram> series) {
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        for (Histogram histogram : series.values()) {
            lowest = Math.min(lowest, Math.max(1, histogram.getValueAtPercentile(1)) / NS_PER_MS);
            highest = Math.max(highest, Math.max(1, histogram.getMaxValue()) / NS_PER_MS);
        }
        int from = series.isEmpty() ? 0 : (int) Math.floor(Math.log10(lowest));
        int to = series.isEmpty() ? 1 : Math.max(from + 1, (int) Math.ceil(Math.log10(highest)));
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"", WIDTH, HEIGHT);
        add(svg, " font-family=\"sans-serif\" font-size=\"12\">%n");
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT);
        add(svg, "<text x=\"%d\" y=\"28\" font-size=\"16\">%s</text>%n", LEFT, escaped(title));
        axes(svg, from, to);
        int index = 0;
        for (Map.Entry<String, Histogram> one : series.entrySet()) {
            line(svg, one.getKey(), one.getValue(), index, from, to);
            index++;
        }
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private static void axes(StringBuilder svg, int from, int to) {
        for (int power = from; power <= to; power++) {
            double y = y(Math.pow(10, power), from, to);
            rule(svg, LEFT, y, LEFT + PLOT_WIDTH, y);
            String label = power >= 0
                    ? String.format(Locale.ROOT, "%,.0f ms", Math.pow(10, power))
                    : String.format(Locale.ROOT, "%." + -power + "f ms", Math.pow(10, power));
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 6, y + 4, label);
        }
        String[] labels = {"0", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %"};
        for (int nines = 0; nines < labels.length; nines++) {
            double x = LEFT + PLOT_WIDTH * nines / MOST_NINES;
            rule(svg, x, TOP, x, TOP + PLOT_HEIGHT);
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x,
                    TOP + PLOT_HEIGHT + 18,
                    labels[nines]);
        }
    }

    private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
        String line = "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n";
        add(svg, line, x1, y1, x2, y2);
    }

    private static void line(StringBuilder svg, String name, Histogram histogram, int index, int from, int to) {
        String colour = COLOURS[index % COLOURS.length];
        add(svg, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
        for (int step = 0; step <= STEPS; step++) {
            double nines = MOST_NINES * step / STEPS;
            double percentile = 100 * (1 - Math.pow(10, -nines));
            double ms = Math.max(1, histogram.getValueAtPercentile(percentile)) / NS_PER_MS;
            add(svg, "%.1f,%.1f ", LEFT + PLOT_WIDTH * nines / MOST_NINES, y(ms, from, to));
        }
        add(svg, "\"/>%n");
        int y = TOP + 10 + 36 * index;
        add(svg, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n", LEGEND_LEFT, y, colour);
        add(svg, "<text x=\"%d\" y=\"%d\">%s</text>%n", LEGEND_LEFT + 18, y + 11, escaped(name));
    }

    private static double y(double ms, int from, int to) {
        double part = (Math.log10(ms) - from) / (to - from);
        return TOP + PLOT_HEIGHT * (1 - Math.max(0, Math.min(1, part)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
