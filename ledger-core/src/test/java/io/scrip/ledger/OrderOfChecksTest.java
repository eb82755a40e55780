package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.PageRun.Judged;
import io.scrip.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds docs/order-of-checks.md against the ladders of {@link OrderPages}. */
class OrderOfChecksTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "order-of-checks.md");
    private static final List<String> NUMBERS = List.of("needed", "available", "limit");

    /** A line of a table: what a check answers, which numbers with it, and whether it can fail with the one above. */
    private record Check(Outcome outcome, Set<String> numbers, boolean neverWithAbove) {}

    @Test
    void everyOperationIsDocumentedAndEveryDocumentedOneHasItsLadder() throws IOException {
        assertEquals(OrderPages.ladders().keySet(), documented().keySet());
    }

    @TestFactory
    List<DynamicTest> everyNeighbouringPairOfChecksIsDecidedByOneRow() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        documented()
                .forEach((operation, checks) -> tests.add(DynamicTest.dynamicTest(operation, () -> {
                    Set<String> wanted = new LinkedHashSet<>();
                    for (int i = 1; i < checks.size(); i++) {
                        if (!checks.get(i).neverWithAbove()) {
                            wanted.add(checks.get(i - 1).outcome() + " before "
                                    + checks.get(i).outcome());
                        }
                    }
                    Set<String> missing = new LinkedHashSet<>(wanted);
                    missing.removeAll(decidedPairs(refusals(operation)));
                    assertTrue(missing.isEmpty(), "no row decides " + missing);
                })));
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyDocumentedOutcomeIsGivenInTheDocumentedOrder() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        documented()
                .forEach((operation, checks) -> tests.add(DynamicTest.dynamicTest(operation, () -> {
                    List<Outcome> order = checks.stream().map(Check::outcome).toList();
                    List<Outcome> given = new ArrayList<>(new LinkedHashSet<>(refusals(operation).stream()
                            .map(judged -> judged.reply().outcome())
                            .filter(order::contains)
                            .toList()));
                    assertEquals(order, given);
                })));
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyRefusalCarriesTheDocumentedNumbersAndNoOthers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        documented()
                .forEach((operation, checks) -> tests.add(DynamicTest.dynamicTest(operation, () -> {
                    for (Judged judged : refusals(operation)) {
                        for (Check check : checks) {
                            if (check.outcome() == judged.reply().outcome()) {
                                checkNumbers(check, judged);
                            }
                        }
                    }
                })));
        return tests;
    }

    /** A number that is not documented is zero. That one that is has its value is for the other pages to say. */
    private static void checkNumbers(Check check, Judged judged) {
        for (String number : NUMBERS) {
            boolean zero = judged.reply().numbers().get(number) == 0;
            assertTrue(
                    zero || check.numbers().contains(number),
                    judged.row().text() + "\ncarries a number '" + number + "' that is not documented: "
                            + judged.reply().inWords());
        }
        assertTrue(
                check.numbers().isEmpty()
                        || check.numbers().stream()
                                .anyMatch(number -> judged.reply().numbers().get(number) != 0),
                judged.row().text() + "\nshould carry " + check.numbers());
    }

    /** Each row that claims to beat a check must be followed by the row where that check is the answer. */
    private static Set<String> decidedPairs(List<Judged> refusals) {
        Set<String> pairs = new LinkedHashSet<>();
        for (int i = 0; i < refusals.size(); i++) {
            PageRow row = refusals.get(i).row();
            if (row.has("beats")) {
                Outcome beaten = Outcome.valueOf(row.cell("beats"));
                assertTrue(
                        i + 1 < refusals.size() && refusals.get(i + 1).reply().outcome() == beaten,
                        row.text() + "\nclaims to beat " + beaten + ", and the next refusal is another");
                pairs.add(refusals.get(i).reply().outcome() + " before " + beaten);
            }
        }
        return pairs;
    }

    private static List<Judged> refusals(String operation) {
        List<Judged> refusals = new ArrayList<>();
        for (LedgerPage page : OrderPages.ladders().get(operation)) {
            for (Judged judged : page.run(LedgerPage.Mode.AS_WRITTEN)) {
                if (judged.reply().outcome() != Outcome.APPLIED) {
                    refusals.add(judged);
                }
            }
        }
        return refusals;
    }

    /** The tables of the document by the titles above them. */
    private static Map<String, List<Check>> documented() throws IOException {
        Map<String, List<Check>> operations = new LinkedHashMap<>();
        List<Check> current = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("## ")) {
                current = new ArrayList<>();
                operations.put(line.substring(3).toLowerCase(Locale.ROOT), current);
            } else if (line.startsWith("| `")) {
                String[] cells = line.split("\\|");
                Set<String> numbers = new LinkedHashSet<>();
                for (String number : NUMBERS) {
                    if (cells[3].contains("`" + number + "`")) {
                        numbers.add(number);
                    }
                }
                Outcome outcome = Outcome.valueOf(cells[1].strip().replace("`", ""));
                current.add(new Check(outcome, numbers, !cells[4].isBlank()));
            }
        }
        return operations;
    }
}
