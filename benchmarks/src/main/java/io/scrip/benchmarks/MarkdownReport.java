package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as Markdown, to be pasted into a page: conditions, the targets, and every subject's figures. */
record MarkdownReport(BenchReport report) {
    private static final List<String> HEAD = List.of("figure", "measured", "beside it", "ratio", "target", "note");
    /** Columns that are there whatever is in them. */
    private static final int ALWAYS = 2;

    String text() {
        StringBuilder text = new StringBuilder();
        report.conditions().rows().forEach((name, value) -> add(text, "* %s: %s", name, value));
        // A subject alone says in its own table what is met; all others would be "not measured".
        if (report.runs().size() > 1) {
            targets(text);
        }
        report.runs().forEach((subject, run) -> subject(text, subject, run));
        return text.toString();
    }

    private void targets(StringBuilder text) {
        add(text, "");
        row(text, List.of("", "figure", "measured", "beside it", "ratio", "target", "verdict"));
        row(text, List.of("---", "---", "---", "---", "---", "---", "---"));
        for (TargetRow target : report.targets()) {
            Figure figure = target.figure();
            row(
                    text,
                    List.of(
                            target.id(),
                            target.name(),
                            target.measured(),
                            figure == null ? "" : figure.besideText(),
                            figure == null ? "" : figure.ratioText(),
                            figure == null ? "" : figure.target(),
                            target.verdict()));
        }
    }

    private static void subject(StringBuilder text, String subject, SubjectRun run) {
        add(text, "");
        add(text, "`%s` (%s)", subject, run.circumstances());
        run.tables().forEach((table, figures) -> {
            if (!table.isEmpty()) {
                add(text, "");
                add(text, "**%s**", table);
            }
            add(text, "");
            table(text, figures.stream().map(MarkdownReport::cells).toList());
        });
    }

    private static List<String> cells(Figure figure) {
        return List.of(
                figure.name(),
                figure.isMeasured() ? Figure.text(figure.value()) + " " + figure.unit() : "–",
                figure.besideText(),
                figure.ratioText(),
                figure.target() + (figure.met() == null ? "" : ": " + figure.verdict()),
                figure.note());
    }

    /** Without the columns that nobody has anything in. */
    private static void table(StringBuilder text, List<List<String>> rows) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int at = column;
            if (column < ALWAYS || rows.stream().anyMatch(row -> !row.get(at).isEmpty())) {
                shown.add(column);
            }
        }
        row(text, shown.stream().map(HEAD::get).toList());
        row(text, shown.stream().map(column -> "---").toList());
        rows.forEach(row -> row(text, shown.stream().map(row::get).toList()));
    }

    private static void row(StringBuilder text, List<String> cells) {
        List<String> safe =
                cells.stream().map(cell -> cell.replace("|", "\\|").strip()).toList();
        add(text, "%s", ("| " + String.join(" | ", safe) + " |").replaceAll(" {2,}", " "));
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
