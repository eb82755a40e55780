package io.scrip.benchmarks;

import java.util.Locale;
import java.util.Objects;

/**
 * One measured number with what it is compared to. Immutable; made by {@link #of} and the methods that add to it.
 *
 * <pre>
 *   Figure.of("P3", "HTTP, 64 connections", 61_000, "requests/s")
 *         .beside("bare Netty, same driver", 98_000)
 *         .ratioAtLeast(0.7);
 * </pre>
 *
 * @param id          of the target it belongs to, such as "P3"; empty when it belongs to none
 * @param name        what was measured, short enough for a table
 * @param value       the median of the runs; NaN when it was not measured
 * @param unit        of the value
 * @param ceilingName what was measured beside it in the same run; null for nothing
 * @param ceiling     in the same unit; NaN for nothing
 * @param ratio       value / ceiling; NaN without a ceiling
 * @param target      in words; empty for none
 * @param met         whether the target is met; null when there is none or nothing was measured
 * @param missedBy    by how much of the target it is missed, 0.25 for a quarter; 0 when it is not, or the target is 0
 * @param note        what else must be known to read it, for example why it was skipped; empty for nothing
 * @param table       which table of its subject it belongs to, in words; empty for the first
 */
public record Figure(
        String id,
        String name,
        double value,
        String unit,
        String ceilingName,
        double ceiling,
        double ratio,
        String target,
        Boolean met,
        double missedBy,
        String note,
        String table) {

    public Figure {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(table, "table");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a figure needs a name");
        }
        if (Double.isNaN(value) && met != null) {
            throw new IllegalArgumentException("what was not measured cannot be judged: " + name);
        }
    }

    /** A number for information. */
    public static Figure of(String id, String name, double value, String unit) {
        return new Figure(id, name, value, unit, null, Double.NaN, Double.NaN, "", null, 0, "", "");
    }

    /** What could not be measured here, and why. */
    public static Figure skipped(String id, String name, String why) {
        return of(id, name, Double.NaN, "").note("skipped: " + why);
    }

    /** What was measured beside it in the same run, in the same unit. */
    public Figure beside(String name, double ceiling) {
        return new Figure(
                id, this.name, value, unit, name, ceiling, value / ceiling, target, met, missedBy, this.note, table);
    }

    /** Target: at least this value. */
    public Figure atLeast(double bound) {
        return judged("≥ " + text(bound) + " " + unit, bound, value, true);
    }

    /** Target: at most this value. */
    public Figure atMost(double bound) {
        return judged("≤ " + text(bound) + " " + unit, bound, value, false);
    }

    /** Target: at least this part of the ceiling. */
    public Figure ratioAtLeast(double bound) {
        return judged("≥ " + text(bound) + " × " + requireCeiling(), bound, ratio, true);
    }

    /** Target: at most this multiple of the ceiling. */
    public Figure ratioAtMost(double bound) {
        return judged("≤ " + text(bound) + " × " + requireCeiling(), bound, ratio, false);
    }

    /** Adds a remark. */
    public Figure note(String text) {
        return new Figure(
                id,
                name,
                value,
                unit,
                ceilingName,
                ceiling,
                ratio,
                target,
                met,
                missedBy,
                note.isEmpty() ? text : note + "; " + text,
                table);
    }

    /** Puts it into a table of its subject. */
    public Figure in(String words) {
        return new Figure(id, name, value, unit, ceilingName, ceiling, ratio, target, met, missedBy, note, words);
    }

    public boolean isMeasured() {
        return !Double.isNaN(value);
    }

    /** What was measured beside it and its number; empty for nothing. */
    String besideText() {
        return ceilingName == null ? "" : ceilingName + " " + text(ceiling);
    }

    /** The ratio with two digits; empty without a ceiling. */
    String ratioText() {
        return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** "met", "missed by 12 %", "skipped", or nothing when there is no target. */
    public String verdict() {
        if (!isMeasured()) {
            return "skipped";
        }
        if (met == null) {
            return "";
        }
        if (met) {
            return "met";
        }
        if (missedBy == 0) {
            return "missed";
        }
        double percent = missedBy * 100;
        return "missed by " + String.format(Locale.ROOT, percent < 10 ? "%.1f" : "%.0f", percent) + " %";
    }

    /** A number with as many digits as can mean something. */
    public static String text(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        double size = Math.abs(number);
        if (size >= 1_000 || number == Math.rint(number)) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.0f", number);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", number);
    }

    private String requireCeiling() {
        if (ceilingName == null) {
            throw new IllegalStateException("a ratio needs something beside it: " + name);
        }
        return ceilingName;
    }

    private Figure judged(String words, double bound, double measured, boolean least) {
        if (Double.isNaN(measured)) {
            return new Figure(id, name, value, unit, ceilingName, ceiling, ratio, words, null, 0, note, table);
        }
        boolean reached = least ? measured >= bound : measured <= bound;
        double missing = reached || bound == 0 ? 0 : Math.abs(measured - bound) / Math.abs(bound);
        return new Figure(id, name, value, unit, ceilingName, ceiling, ratio, words, reached, missing, note, table);
    }
}
