package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the last table: a figure that bears on a target.
 *
 * @param id      of the target, such as "P3"
 * @param subject that measured it
 * @param figure  null when no subject that measures it was chosen
 */
record TargetRow(String id, String subject, Figure figure) {
    /** Every target, and which subject would measure it. */
    private static final Map<String, String> TARGETS = new TreeMap<>(Map.of(
            "P1", "binary",
            "P2", "binary",
            "P3", "http, peers",
            "P4", "http, binary",
            "P5", "core",
            "P6", "journal",
            "P7", "recovery, memory",
            "P8", "http",
            "P9", "ws"));

    /** All targets in their order: the figures that were judged or could not be measured, or an empty line. */
    static List<TargetRow> of(Map<String, SubjectRun> runs) {
        List<TargetRow> rows = new ArrayList<>();
        runs.forEach((subject, run) -> run.figures().stream()
                .filter(figure -> !figure.id().isEmpty() && (figure.met() != null || !figure.isMeasured()))
                .forEach(figure -> rows.add(new TargetRow(figure.id(), subject, figure))));
        TARGETS.forEach((id, subjects) -> {
            if (rows.stream().noneMatch(row -> row.id().equals(id))) {
                rows.add(new TargetRow(id, subjects, null));
            }
        });
        rows.sort(Comparator.comparing(TargetRow::id));
        return rows;
    }

    String name() {
        return figure == null ? "not measured: scrip bench " + subject.replace(", ", " ") : figure.name();
    }

    /** The number that the target is about, with its unit. */
    String measured() {
        return figure == null || !figure.isMeasured() ? "–" : Figure.text(figure.value()) + " " + figure.unit();
    }

    String verdict() {
        return figure == null ? "" : figure.verdict();
    }
}
