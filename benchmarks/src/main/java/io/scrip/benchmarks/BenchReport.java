package io.scrip.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Figures of some subjects as a table for people and as JSON for programs. */
record BenchReport(Conditions conditions, Map<String, List<Figure>> figures) {
    private static final String ROW = "%-4s %-52s %20s  %-36s %7s  %-38s %s%n";

    String text() {
        StringBuilder text = new StringBuilder();
        conditions.rows().forEach((name, value) -> text.append(String.format("%-28s %s%n", name, value)));
        figures.forEach((subject, rows) -> {
            text.append(System.lineSeparator()).append(subject).append(System.lineSeparator());
            text.append(String.format(ROW, "id", "figure", "measured", "beside it", "ratio", "target", "verdict"));
            rows.forEach(figure -> text.append(row(figure)));
        });
        List<Figure> all = figures.values().stream().flatMap(List::stream).toList();
        text.append(String.format(
                Locale.ROOT,
                "%n%d targets met, %d missed, %d skipped%n",
                all.stream().filter(figure -> Boolean.TRUE.equals(figure.met())).count(),
                all.stream()
                        .filter(figure -> Boolean.FALSE.equals(figure.met()))
                        .count(),
                all.stream().filter(figure -> !figure.isMeasured()).count()));
        return text.toString();
    }

    private static String row(Figure figure) {
        String beside = figure.ceilingName() == null ? "" : figure.ceilingName() + " " + Figure.text(figure.ceiling());
        String ratio = Double.isNaN(figure.ratio()) ? "" : String.format(Locale.ROOT, "%.2f", figure.ratio());
        String line = String.format(
                ROW,
                figure.id(),
                figure.name(),
                figure.isMeasured() ? Figure.text(figure.value()) + " " + figure.unit() : "–",
                beside,
                ratio,
                figure.target(),
                figure.verdict());
        String shown = line.stripTrailing() + System.lineSeparator();
        return figure.note().isEmpty() ? shown : shown + "       " + figure.note() + System.lineSeparator();
    }

    /** Names and numbers of one subject's figures that are not within their targets. */
    List<String> exceeded(String subject) {
        return figures.getOrDefault(subject, List.of()).stream()
                .filter(figure -> Boolean.FALSE.equals(figure.met()))
                .map(figure -> figure.name() + " " + Figure.text(figure.value()) + " " + figure.unit() + ", target "
                        + figure.target())
                .toList();
    }

    ObjectNode json() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        ObjectNode under = object.putObject("conditions");
        conditions.rows().forEach(under::put);
        ArrayNode rows = object.putArray("figures");
        figures.forEach((subject, list) -> list.forEach(figure -> add(rows.addObject(), subject, figure)));
        return object;
    }

    private static void add(ObjectNode row, String subject, Figure figure) {
        row.put("subject", subject);
        row.put("id", figure.id());
        row.put("name", figure.name());
        putNumber(row, "value", figure.value());
        row.put("unit", figure.unit());
        row.put("ceiling_name", figure.ceilingName());
        putNumber(row, "ceiling", figure.ceiling());
        putNumber(row, "ratio", figure.ratio());
        row.put("target", figure.target());
        row.put("met", figure.met());
        row.put("verdict", figure.verdict());
        row.put("note", figure.note());
    }

    private static void putNumber(ObjectNode row, String name, double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            row.putNull(name);
        } else {
            row.put(name, number);
        }
    }
}
