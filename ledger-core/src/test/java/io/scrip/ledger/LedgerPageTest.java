package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The pages' own language: what it refuses to read, and that a wrong row is seen. */
class LedgerPageTest {
    private static String refused(String text) {
        return assertThrows(IllegalArgumentException.class, () -> LedgerPage.of("page", text))
                .getMessage();
    }

    private static String failed(String text) {
        LedgerPage page = LedgerPage.of("page", text);
        return assertThrows(AssertionError.class, () -> page.run(LedgerPage.Mode.AS_WRITTEN))
                .getMessage();
    }

    private static void assertHas(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), text + "\nshould have had: " + part);
        }
    }

    @Test
    void whatCannotBeReadNamesItsLine() {
        assertHas(refused("wallets A\nfoo A"), "line 2", "foo A", "no sentence begins with 'foo'");
        assertHas(refused("wallets A\n\ndo | id\ntransfer | t | x"), "line 4", "3 cells under 2 columns");
        assertHas(refused("transfer | t"), "line 1", "names columns");
        assertHas(refused("do | amout\ntransfer | 5"), "line 2", "'transfer' knows no 'amout'");
        assertHas(refused("do | id\npay | t"), "line 2", "no row does 'pay'");
        assertHas(refused("do | id | outcome\ntransfer | t | FINE"), "line 2", "FINE");
        assertHas(refused("do | id | with\ntransfer | t | maybe"), "line 2", "'maybe' is no flag");
        assertHas(refused("do | amount | with\ntransfer | 5 | amount 6"), "line 2", "'amount' is given twice");
        assertHas(refused("do | amount\nleg | 5"), "line 2", "a leg without a 'multi'");
        assertHas(refused("do | amount\n- transfer | 5"), "line 2", "an item without a 'batch'");
    }

    @Test
    void aRowThatIsWrongIsMarkedWithWhatItShouldHaveBeen() {
        String message = failed("""
                wallets A=100 B
                do       | id | from | to | amount | outcome
                transfer | t1 | A    | B  |     60 | APPLIED
                transfer | t2 | A    | B  |     60 | INSUFFICIENT_FUNDS needed=60 available=41
                transfer | t3 | A    | B  |     60 | APPLIED
                """);
        assertHas(
                message,
                "    transfer | t1",
                ">>> transfer | t2",
                "expected available=41 but was 40",
                "actually INSUFFICIENT_FUNDS needed=60 available=40",
                "    transfer | t3");
    }

    @Test
    void everyKindOfLookSeesWhatIsWrong() {
        String start = """
                wallets A=100 B
                do   | id | from | to | amount | timeout | outcome
                hold | h  | A    | B  | 60     | 5s      | APPLIED
                """;
        assertHas(failed(start + "do | wallet | out\nbalance | A | 61"), "out expected 61 but was 60");
        assertHas(failed(start + "do | wallet | opened\nbalance | A/stake | yes"), "the account is not open");
        assertHas(failed(start + "do | hold | status\nstatus | h | POSTED"), "expected POSTED but was PENDING");
        assertHas(failed(start + "do | of | amount\nreversed | h | 1"), "expected 1 but was 0");
        assertHas(failed(start + "do | wallet | standing\nstanding | A | frozen"), "expected frozen but was open");
        assertHas(failed(start + "advance 1s\nexpired h"), "expected [h] but was []");
        assertHas(failed(start + "advance 5s\nexpired"), "expected [] but was [h]");
        assertHas(
                failed(start + "do | id | by | hold | outcome\npost | p | B | h | replayed APPLIED"),
                "expected a replay");
        assertHas(
                failed(start + "do | id | by | hold | outcome\npost | p | B | h | APPLIED events=2"),
                "expected events=2 but was 1");
        assertHas(
                failed(start + "do | id | by | hold | outcome\npost | p | B | h | APPLIED expires=5s"),
                "expected expires=5s but was 4999999999");
    }

    @Test
    void numbersAndTimesAreSums() {
        assertEquals(Long.MAX_VALUE - 5, PageNumbers.amount("max-5"));
        assertEquals(Long.MIN_VALUE + 1, PageNumbers.amount("min + 1"));
        assertEquals(-(1L << 62), PageNumbers.amount("-2^62"));
        assertEquals(1_000_000, PageNumbers.amount("1_000_000"));
        assertEquals(4_999_999_999L, PageNumbers.ns("5s - 1ns"));
        assertEquals(90_061_000_000_000L, PageNumbers.ns("1d+1h+1m+1s"));
        assertThrows(IllegalArgumentException.class, () -> PageNumbers.ns("5 weeks"));
    }
}
