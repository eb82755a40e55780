package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last column of a page: {@code [replayed] OUTCOME [number=value …]}. */
record PageExpectation(Outcome outcome, boolean replayed, Map<String, String> numbers) {
    private static final List<String> TIMES = List.of("expires");

    static PageExpectation of(String cell) {
        Map<String, String> numbers = new LinkedHashMap<>();
        Outcome outcome = null;
        boolean replayed = false;
        for (String word : cell.split("\\s+")) {
            int equals = word.indexOf('=');
            if (word.equals("replayed")) {
                replayed = true;
            } else if (equals > 0) {
                numbers.put(word.substring(0, equals), word.substring(equals + 1));
            } else {
                outcome = Outcome.valueOf(word);
            }
        }
        if (outcome == null) {
            throw new IllegalArgumentException("'" + cell + "' names no outcome");
        }
        return new PageExpectation(outcome, replayed, numbers);
    }

    /** What differs, in words; empty when all is as expected. */
    List<String> differences(PageReply reply, Map<String, Long> wallets) {
        List<String> differences = new ArrayList<>();
        if (reply.outcome() != outcome) {
            differences.add("expected " + outcome + " but was " + reply.outcome());
        }
        if (reply.replayed() != replayed) {
            differences.add(replayed ? "expected a replay, but it was decided anew" : "it was a replay");
        }
        for (Map.Entry<String, String> number : numbers.entrySet()) {
            Long actual = reply.numbers().get(number.getKey());
            if (actual == null) {
                differences.add("the reply has no number '" + number.getKey() + "'");
                continue;
            }
            long expected = value(number.getKey(), number.getValue(), wallets);
            if (actual != expected) {
                differences.add("expected " + number.getKey() + "=" + number.getValue() + " but was " + actual);
            }
        }
        return differences;
    }

    /** A number of an account; {@code none} is a bound that is not there. */
    static long bound(String column, String text) {
        if (text.equals("none")) {
            return column.equals("floor") ? Accounts.NO_FLOOR : Accounts.NO_CEILING;
        }
        return PageNumbers.amount(text);
    }

    private static long value(String name, String text, Map<String, Long> wallets) {
        if (name.equals("wallet")) {
            return wallets.getOrDefault(text, -1L);
        }
        if (name.equals("window")) {
            return SpendingWindow.valueOf(text).value();
        }
        return TIMES.contains(name) ? PageNumbers.ns(text) : PageNumbers.amount(text);
    }
}
