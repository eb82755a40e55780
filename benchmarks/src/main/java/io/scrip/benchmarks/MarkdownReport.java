package io.scrip.benchmarks;

import java.util.List;
import java.util.Locale;

/** A report as Markdown, to be pasted into a page: conditions, the targets, and every subject's figures. */
record MarkdownReport(BenchReport report) {

    String text() {
        StringBuilder text = new StringBuilder();
        report.conditions().rows().forEach((name, value) -> add(text, "* %s: %s", name, value));
        add(text, "");
        row(text, "", "figure", "measured", "beside it", "ratio", "target", "verdict");
        row(text, "---", "---", "---", "---", "---", "---", "---");
        for (TargetRow target : report.targets()) {
            Figure figure = target.figure();
            row(
                    text,
                    target.id(),
                    target.name(),
                    target.measured(),
                    figure == null ? "" : figure.besideText(),
                    figure == null ? "" : figure.ratioText(),
                    figure == null ? "" : figure.target(),
                    target.verdict());
        }
        report.runs().forEach((subject, run) -> subject(text, subject, run));
        return text.toString();
    }

    private static void subject(StringBuilder text, String subject, SubjectRun run) {
        add(text, "");
        add(text, "`%s` (%.0f s, load average %.1f at its end)", subject, run.seconds(), run.loadAverage());
        add(text, "");
        row(text, "figure", "measured", "beside it", "ratio", "target", "note");
        row(text, "---", "---", "---", "---", "---", "---");
        for (Figure figure : run.figures()) {
            row(
                    text,
                    figure.name(),
                    figure.isMeasured() ? Figure.text(figure.value()) + " " + figure.unit() : "–",
                    figure.besideText(),
                    figure.ratioText(),
                    figure.target() + (figure.met() == null ? "" : ": " + figure.verdict()),
                    figure.note());
        }
    }

    private static void row(StringBuilder text, String... cells) {
        List<String> safe = List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|").strip())
                .toList();
        add(text, "%s", ("| " + String.join(" | ", safe) + " |").replaceAll(" {2,}", " "));
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
