package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A test that reads like a page of a ledger. A line that begins with {@code do} names the columns of the lines below;
 * every other line is one command with its expected outcome in the last column, or a look at what has become of it.
 *
 * <pre>
 *   wallets A=100 B
 *
 *   do       | id   | from | to | amount | with       | outcome
 *   transfer | rent | A    | B  |     60 |            | APPLIED
 *   hold     | desk | A    | B  |     40 | timeout 5s | APPLIED expires=5s
 *   transfer | more | A    | B  |      1 |            | INSUFFICIENT_FUNDS needed=1 available=0 limit=0
 *   next at expiry of desk
 *   post     | late | …
 *
 *   do       | wallet | posted | out | in | available
 *   balance  | A      |     40 |   0 |  0 |        40
 * </pre>
 *
 * <p>Letters are wallets, {@code A/stake} is an account of one; ids are short words, and the same word is the same id.
 * Amounts are smallest units of CRD unless a column {@code token} says otherwise. A batch is followed by its items:
 * {@code - transfer} stands alone, {@code & transfer} is linked to the next. A multi is followed by its legs. The rest
 * of the language is in {@link PageVerbs}.
 */
final class LedgerPage {

    /** How a page is run; it must make no difference to any row. */
    enum Mode {
        AS_WRITTEN,
        EVERY_COMMAND_TWICE,
        EVERY_COMMAND_FIRST_IN_A_FAILED_CHAIN,
        RESTARTED_BEFORE_EVERY_COMMAND
    }

    private final String title;
    private final String text;
    private final List<PageRow> rows;

    private LedgerPage(String title, String text) {
        this.title = title;
        this.text = text;
        rows = PageRow.read(title, text);
        expectedOutcomes();
    }

    static LedgerPage of(String title, String text) {
        return new LedgerPage(title, text);
    }

    String title() {
        return title;
    }

    List<PageRow> rows() {
        return rows;
    }

    /** Every outcome that some row expects. */
    Set<Outcome> expectedOutcomes() {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (PageRow row : rows) {
            addOutcome(row, outcomes);
            row.parts().forEach(part -> addOutcome(part, outcomes));
        }
        return outcomes;
    }

    private void addOutcome(PageRow row, Set<Outcome> outcomes) {
        if (row.has("outcome")) {
            try {
                outcomes.add(PageExpectation.of(row.cell("outcome")).outcome());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "page '" + title + "', line " + row.line() + ": " + e.getMessage() + "\n    " + row.text(), e);
            }
        }
    }

    /** Runs every row; the replies to the page's commands. */
    List<PageRun.Judged> run(Mode mode) {
        return runToEnd(mode).judged();
    }

    /** The core after every row. */
    LedgerProcessor core() {
        return runToEnd(Mode.AS_WRITTEN).core();
    }

    private PageRun runToEnd(Mode mode) {
        PageRun run = new PageRun(rows, mode);
        int line = 0;
        try {
            for (PageRow row : rows) {
                line = row.line();
                run.row(row);
            }
            line = 0;
            run.finish();
            return run;
        } catch (PageFailure | IllegalArgumentException | LedgerFault e) {
            throw new AssertionError(marked(line, mode, e), e);
        }
    }

    /** The whole page with the row marked, and what was wrong with it below it. */
    private String marked(int failedLine, Mode mode, Throwable why) {
        StringBuilder page = new StringBuilder("\n" + title + " (" + mode + ")\n\n");
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean failed = i + 1 == failedLine;
            page.append(failed ? ">>> " : "    ").append(lines[i]).append('\n');
            if (failed) {
                page.append("    ^^^ ").append(why.getMessage()).append('\n');
            }
        }
        return failedLine == 0 ? page + "at the end: " + why.getMessage() : page.toString();
    }
}
