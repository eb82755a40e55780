package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Figures of some subjects, in their order, as a table for people and as JSON for programs. */
record BenchReport(Conditions conditions, Map<String, SubjectRun> runs) {
    private static final String ROW = "%-4s %-52s %20s  %-36s %7s  %-38s %s%n";

    String text() {
        StringBuilder text = new StringBuilder();
        conditions.rows().forEach((name, value) -> text.append(String.format("%-28s %s%n", name, value)));
        runs.forEach((subject, run) -> {
            text.append(String.format("%n%s (%s)%n", subject, run.circumstances()));
            run.tables().forEach((table, figures) -> {
                text.append(table.isEmpty() ? "" : String.format("%n%s%n", table));
                text.append(String.format(ROW, "id", "figure", "measured", "beside it", "ratio", "target", "verdict"));
                figures.forEach(figure -> text.append(row(figure)));
            });
        });
        text.append(targetTable());
        List<Figure> all = all();
        text.append(String.format(
                Locale.ROOT,
                "%n%d targets met, %d missed, %d skipped; %.0f s in all%n",
                all.stream().filter(figure -> Boolean.TRUE.equals(figure.met())).count(),
                all.stream()
                        .filter(figure -> Boolean.FALSE.equals(figure.met()))
                        .count(),
                all.stream().filter(figure -> !figure.isMeasured()).count(),
                runs.values().stream().mapToDouble(SubjectRun::seconds).sum()));
        return text.toString();
    }

    /** P1 to P9, once more and alone; only when more than one subject was asked for. */
    private String targetTable() {
        if (runs.size() < 2) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format("%ntargets%n"));
        for (TargetRow row : targets()) {
            text.append(String.format(
                                    "%-4s %-64s %20s %7s  %-38s %s",
                                    row.id(),
                                    row.name(),
                                    row.measured(),
                                    row.figure() == null ? "" : row.figure().ratioText(),
                                    row.figure() == null ? "" : row.figure().target(),
                                    row.verdict())
                            .stripTrailing())
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String row(Figure figure) {
        String line = String.format(
                ROW,
                figure.id(),
                figure.name(),
                figure.isMeasured() ? Figure.text(figure.value()) + " " + figure.unit() : "–",
                figure.besideText(),
                figure.ratioText(),
                figure.target(),
                figure.verdict());
        String shown = line.stripTrailing() + System.lineSeparator();
        return figure.note().isEmpty() ? shown : shown + "       " + figure.note() + System.lineSeparator();
    }

    List<TargetRow> targets() {
        return TargetRow.of(runs);
    }

    /** Names of subjects that could not be measured. */
    List<String> broken() {
        return runs.entrySet().stream()
                .filter(entry -> entry.getValue().broken())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Names and numbers of one subject's figures that are not within their targets. */
    List<String> exceeded(String subject) {
        SubjectRun run = runs.get(subject);
        return (run == null ? List.<Figure>of() : run.figures())
                .stream()
                        .filter(figure -> Boolean.FALSE.equals(figure.met()))
                        .map(figure -> figure.name() + " " + Figure.text(figure.value()) + " " + figure.unit()
                                + ", target " + figure.target())
                        .toList();
    }

    private List<Figure> all() {
        return runs.values().stream().flatMap(run -> run.figures().stream()).toList();
    }

    ObjectNode json() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        ObjectNode under = object.putObject("conditions");
        conditions.rows().forEach(under::put);
        ArrayNode subjects = object.putArray("subjects");
        runs.forEach((subject, run) -> subjects.addObject()
                .put("name", subject)
                .put("seconds", run.seconds())
                .put("load_average", run.loadAverage())
                .put("stolen_percent", run.stolenPercent())
                .put("broken", run.broken()));
        ArrayNode rows = object.putArray("figures");
        runs.forEach((subject, run) -> run.figures().forEach(figure -> add(rows.addObject(), subject, figure)));
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
        row.put("missed_by", figure.missedBy());
        row.put("note", figure.note());
        row.put("table", figure.table());
    }

    private static void putNumber(ObjectNode row, String name, double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            row.putNull(name);
        } else {
            row.put(name, number);
        }
    }

    /** The figures of a report that another process has written. */
    static List<Figure> figures(JsonNode json) {
        List<Figure> figures = new ArrayList<>();
        for (JsonNode row : json.get("figures")) {
            figures.add(new Figure(
                    row.get("id").asString(),
                    row.get("name").asString(),
                    number(row.get("value")),
                    row.get("unit").asString(),
                    row.get("ceiling_name").isNull()
                            ? null
                            : row.get("ceiling_name").asString(),
                    number(row.get("ceiling")),
                    number(row.get("ratio")),
                    row.get("target").asString(),
                    row.get("met").isNull() ? null : row.get("met").asBoolean(),
                    row.get("missed_by").asDouble(),
                    row.get("note").asString(),
                    row.get("table").asString()));
        }
        return figures;
    }

    private static double number(JsonNode node) {
        return node.isNull() ? Double.NaN : node.asDouble();
    }
}
