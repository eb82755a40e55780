package io.scrip.ledger;

/** The numbers of a page: amounts like {@code 60}, {@code max-5} or {@code 2^62}, times like {@code 5s-1ns}. */
final class PageNumbers {
    private static final String NEXT_TERM = "(?=[+-])";

    private PageNumbers() {}

    /** A sum of terms, each a number, {@code max}, {@code min} or a power of two. */
    static long amount(String text) {
        long sum = 0;
        for (String term : text.replace(" ", "").split(NEXT_TERM)) {
            boolean minus = term.startsWith("-");
            String digits = minus || term.startsWith("+") ? term.substring(1) : term;
            long value = unsigned(digits);
            sum += minus ? -value : value;
        }
        return sum;
    }

    private static long unsigned(String digits) {
        if (digits.equals("max")) {
            return Long.MAX_VALUE;
        }
        if (digits.equals("min")) {
            return Long.MIN_VALUE;
        }
        if (digits.startsWith("2^")) {
            return 1L << Integer.parseInt(digits.substring(2));
        }
        return Long.parseLong(digits.replace("_", ""));
    }

    /** A sum of terms, each a number and a unit (ns, us, ms, s, m, h, d), in nanoseconds; 0 needs no unit. */
    static long ns(String text) {
        long sum = 0;
        for (String term : text.replace(" ", "").split(NEXT_TERM)) {
            int unitAt = 0;
            while (unitAt < term.length() && !Character.isLetter(term.charAt(unitAt))) {
                unitAt++;
            }
            sum += Long.parseLong(term.substring(0, unitAt).replace("+", "")) * unitNs(term.substring(unitAt));
        }
        return sum;
    }

    private static long unitNs(String unit) {
        return switch (unit) {
            case "", "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalArgumentException("no unit of time: " + unit);
        };
    }
}
