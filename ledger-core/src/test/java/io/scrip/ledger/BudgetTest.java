package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.ledger.RuleLedger.Said;
import io.scrip.ledger.RuleLedger.Spent;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final long UNLIMITED = ControlCommands.UNLIMITED;
    private static final long OPERATOR = ControlCommands.OPERATOR;
    private static final int PAYEE = 7;

    private static long nanosOf(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** A human (2) over an agent (3) over its children 4 and 5; 6 stands alone and 7 is who gets paid. */
    private static RuleLedger family() {
        RuleLedger ledger = RuleLedger.withWallets(6);
        ledger.at(nanosOf("2026-11-21T12:00:00Z"));
        assertEquals(Outcome.APPLIED, ledger.parent(3, 2));
        assertEquals(Outcome.APPLIED, ledger.parent(4, 3));
        assertEquals(Outcome.APPLIED, ledger.parent(5, 3));
        return ledger;
    }

    /** Plays payments of wallet 3: time, amount, outcome, what was still available. */
    private static void play(RuleLedger ledger, String page) {
        for (String line : page.lines().skip(1).toList()) {
            String[] cells = line.split("\\|");
            ledger.at(nanosOf(cells[0].trim()));
            Said said = ledger.pay(3, PAYEE, Long.parseLong(cells[1].trim()));
            assertEquals(Outcome.valueOf(cells[2].trim()), said.outcome(), line);
            if (cells.length > 3) {
                assertEquals(Long.parseLong(cells[3].trim()), said.available(), line);
            }
        }
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void aDayBudgetIsWholeAgainAtMidnightUtc() {
        RuleLedger ledger = family();
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, 100, UNLIMITED);
        play(ledger, """
                time                           | amount | outcome             | available
                2026-11-22T00:00:00Z           | 100    | APPLIED
                2026-11-22T23:59:59.999999999Z | 1      | DAY_BUDGET_EXCEEDED | 0
                2026-11-23T00:00:00Z           | 101    | DAY_BUDGET_EXCEEDED | 100
                2026-11-23T00:00:00.000000001Z | 99     | APPLIED
                2026-11-23T23:59:59.999999999Z | 1      | APPLIED
                2026-11-24T00:00:00Z           | 100    | APPLIED
                2026-12-31T23:59:59.999999999Z | 100    | APPLIED
                2027-01-01T00:00:00Z           | 100    | APPLIED
                2027-01-01T00:00:01Z           | 1      | DAY_BUDGET_EXCEEDED | 0
                """);
    }

    @Test
    void aMonthBudgetIsWholeAgainOnTheFirst() {
        RuleLedger ledger = family();
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, UNLIMITED, 100);
        play(ledger, """
                time                           | amount | outcome               | available
                2026-11-30T23:59:59.999999999Z | 100    | APPLIED
                2026-12-01T00:00:00Z           | 60     | APPLIED
                2026-12-31T23:59:59.999999999Z | 41     | MONTH_BUDGET_EXCEEDED | 40
                2027-01-01T00:00:00Z           | 100    | APPLIED
                2027-01-31T23:59:59.999999999Z | 1      | MONTH_BUDGET_EXCEEDED | 0
                2027-02-01T00:00:00Z           | 100    | APPLIED
                2027-02-28T23:59:59.999999999Z | 1      | MONTH_BUDGET_EXCEEDED | 0
                2027-03-01T00:00:00Z           | 100    | APPLIED
                2027-04-30T23:59:59.999999999Z | 100    | APPLIED
                2027-05-01T00:00:00Z           | 100    | APPLIED
                2028-02-28T23:59:59.999999999Z | 100    | APPLIED
                2028-02-29T00:00:00Z           | 1      | MONTH_BUDGET_EXCEEDED | 0
                2028-02-29T23:59:59.999999999Z | 1      | MONTH_BUDGET_EXCEEDED | 0
                2028-03-01T00:00:00Z           | 100    | APPLIED
                2029-03-01T00:00:00Z           | 100    | APPLIED
                2100-02-28T23:59:59.999999999Z | 100    | APPLIED
                2100-03-01T00:00:00Z           | 100    | APPLIED
                """);
    }

    @Test
    void aBudgetPerCallBoundsEachDebitAlone() {
        RuleLedger ledger = family();
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, 50, UNLIMITED, UNLIMITED);
        assertEquals(new Said(Outcome.PER_CALL_EXCEEDED, 51, 50, 50, SpendingWindow.CALL, 3), ledger.pay(3, PAYEE, 51));
        for (int i = 0; i < 5; i++) {
            assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 50).outcome());
        }
        assertEquals(
                Outcome.PER_CALL_EXCEEDED,
                ledger.spend(Spend.of(3, PAYEE, RuleLedger.CRD, 51).held(1000)).outcome());
        assertEquals(Outcome.APPLIED, ledger.pay(2, PAYEE, 51).outcome(), "not the human's own");
        assertEquals(Outcome.APPLIED, ledger.pay(4, PAYEE, 51).outcome(), "nor the children's");
    }

    @Test
    void aCapHoldsOverTheSumOfAllBelowAtAnyDistance() {
        RuleLedger ledger = family();
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, 100, UNLIMITED);
        assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 30).outcome());
        assertEquals(Outcome.APPLIED, ledger.pay(4, PAYEE, 30).outcome());
        assertEquals(
                new Said(Outcome.DAY_BUDGET_EXCEEDED, 41, 40, 100, SpendingWindow.CALENDAR_DAY, 2),
                ledger.pay(5, PAYEE, 41));
        assertEquals(Outcome.APPLIED, ledger.pay(2, PAYEE, 500).outcome(), "its own spending is not below it");
        assertEquals(Outcome.APPLIED, ledger.pay(6, PAYEE, 500).outcome(), "another family");
        assertEquals(Outcome.APPLIED, ledger.pay(5, PAYEE, 40).outcome());
        assertEquals(0, ledger.pay(3, PAYEE, 1).available());
        assertEquals(
                List.of(new Spent(BudgetScope.BELOW, UNLIMITED, 100, UNLIMITED, 100, 100)),
                ledger.controls(2).budgets());
    }

    @Test
    void theSumsOfSiblingsMeetInTheirParentsCapBeforeTheGrandparents() {
        RuleLedger ledger = family();
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, UNLIMITED, 100);
        ledger.budget(3, 3, BudgetScope.BELOW, UNLIMITED, UNLIMITED, 60);
        ledger.budget(3, 4, BudgetScope.OWN, UNLIMITED, UNLIMITED, 50);
        assertEquals(
                new Said(Outcome.MONTH_BUDGET_EXCEEDED, 51, 50, 50, SpendingWindow.CALENDAR_MONTH, 4),
                ledger.pay(4, PAYEE, 51));
        assertEquals(Outcome.APPLIED, ledger.pay(4, PAYEE, 50).outcome());
        assertEquals(
                new Said(Outcome.MONTH_BUDGET_EXCEEDED, 11, 10, 60, SpendingWindow.CALENDAR_MONTH, 3),
                ledger.pay(5, PAYEE, 11));
        assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 45).outcome(), "bounded by the human alone");
        assertEquals(
                new Said(Outcome.MONTH_BUDGET_EXCEEDED, 10, 5, 100, SpendingWindow.CALENDAR_MONTH, 2),
                ledger.pay(5, PAYEE, 10));
        assertEquals(Outcome.APPLIED, ledger.pay(5, PAYEE, 5).outcome());
        assertEquals(
                new Said(Outcome.MONTH_BUDGET_EXCEEDED, 6, 0, 50, SpendingWindow.CALENDAR_MONTH, 4),
                ledger.pay(4, PAYEE, 6),
                "all three refuse: the nearest is said");
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void budgetsAreOfOneToken() {
        RuleLedger ledger = family();
        long usd = Commands.token("USD");
        ledger.say(Commands.registerToken(ledger.nextId(), "USD", 2, true));
        ledger.say(Commands.issue(ledger.nextId(), Role.OPERATOR, 3, usd, 1000));
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, 10, UNLIMITED);
        assertEquals(Outcome.DAY_BUDGET_EXCEEDED, ledger.pay(3, PAYEE, 11).outcome());
        assertEquals(
                Outcome.APPLIED, ledger.spend(Spend.of(3, PAYEE, usd, 1000)).outcome());
        assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 10).outcome());
    }

    @Test
    void aBudgetIsOfTheWholeWalletAndHoldsForAccountsOpenedLater() {
        RuleLedger ledger = family();
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, 100, UNLIMITED);
        assertEquals(
                Outcome.APPLIED,
                ledger.spend(Spend.of(3, 3, RuleLedger.CRD, 500).between(0, 300))
                        .outcome());
        Spend fromSub = Spend.of(3, PAYEE, RuleLedger.CRD, 60).between(300, 0);
        assertEquals(Outcome.APPLIED, ledger.spend(fromSub).outcome());
        assertEquals(40, ledger.pay(3, PAYEE, 41).available());
        assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 40).outcome());
        assertEquals(0, ledger.spend(fromSub).available());
    }

    @Test
    void aHoldIsSpentWhenItIsPlacedAndNotGivenBack() {
        RuleLedger ledger = family();
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, 100, UNLIMITED);
        assertEquals(
                Outcome.APPLIED,
                ledger.spend(Spend.of(4, PAYEE, RuleLedger.CRD, 70).held(1_000_000))
                        .outcome());
        long hold = ledger.lastId();
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.voidHold(ledger.nextId(), PAYEE, hold))
                        .outcome());
        assertEquals(30, ledger.pay(5, PAYEE, 31).available());
    }

    @Test
    void aBudgetThatIsChangedKeepsWhatWasSpentAndOneThatIsRemovedForgetsIt() {
        RuleLedger ledger = family();
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, 100, 200);
        ledger.pay(3, PAYEE, 80);
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, 50, 200);
        assertEquals(
                new Said(Outcome.DAY_BUDGET_EXCEEDED, 1, 0, 50, SpendingWindow.CALENDAR_DAY, 3),
                ledger.pay(3, PAYEE, 1));
        assertEquals(
                Outcome.APPLIED,
                ledger.spend(Spend.of(3, 3, RuleLedger.CRD, 5).between(0, 300)).outcome(),
                "within the wallet even then");
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED);
        assertEquals(List.of(), ledger.controls(3).budgets());
        assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 500).outcome());
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, UNLIMITED, 50, UNLIMITED);
        assertEquals(Outcome.APPLIED, ledger.pay(3, PAYEE, 50).outcome());
    }

    @Test
    void aWalletThatMovesIsBoundByItsNewFamilyFromThenOn() {
        RuleLedger ledger = family();
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, 100, UNLIMITED);
        ledger.budget(6, 6, BudgetScope.BELOW, UNLIMITED, 20, UNLIMITED);
        ledger.pay(4, PAYEE, 90);
        assertEquals(Outcome.APPLIED, ledger.parent(4, 6));
        assertEquals(20, ledger.pay(4, PAYEE, 21).available());
        assertEquals(Outcome.APPLIED, ledger.pay(4, PAYEE, 20).outcome());
        assertEquals(10, ledger.pay(5, PAYEE, 11).available(), "what it spent stays where it was spent");
        assertEquals(Outcome.APPLIED, ledger.parent(4, 0));
        assertEquals(Outcome.APPLIED, ledger.pay(4, PAYEE, 1000).outcome());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void ofSeveralRefusalsTheLowestNumberIsTheAnswer() {
        RuleLedger ledger = family();
        ledger.budget(2, 2, BudgetScope.BELOW, 0, 0, 0);
        ledger.budget(3, 4, BudgetScope.OWN, UNLIMITED, 0, UNLIMITED);
        ledger.limit(OPERATOR, 4, SpendingWindow.MINUTE, 0, 0);
        ledger.allow(3, 4, 5);
        ledger.kill(2, 3, true);
        assertEquals(new Said(Outcome.KILLED, 9, 0, 0, SpendingWindow.NONE, 3), ledger.pay(4, PAYEE, 9));
        ledger.kill(2, 3, false);
        assertEquals(
                new Said(Outcome.COUNTERPARTY_NOT_ALLOWED, 9, 0, 0, SpendingWindow.NONE, 4), ledger.pay(4, PAYEE, 9));
        ledger.allow(3, 4, PAYEE);
        assertEquals(new Said(Outcome.PER_CALL_EXCEEDED, 9, 0, 0, SpendingWindow.CALL, 2), ledger.pay(4, PAYEE, 9));
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, 0, 0);
        assertEquals(Outcome.COUNT_LIMIT_EXCEEDED, ledger.pay(4, PAYEE, 9).outcome());
        ledger.limit(OPERATOR, 4, SpendingWindow.MINUTE, 1, 0);
        assertEquals(Outcome.SUM_LIMIT_EXCEEDED, ledger.pay(4, PAYEE, 9).outcome());
        ledger.limit(OPERATOR, 4, SpendingWindow.MINUTE, UNLIMITED, UNLIMITED);
        assertEquals(4, ledger.pay(4, PAYEE, 9).wallet());
        ledger.budget(3, 4, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED);
        assertEquals(
                new Said(Outcome.DAY_BUDGET_EXCEEDED, 9, 0, 0, SpendingWindow.CALENDAR_DAY, 2),
                ledger.pay(4, PAYEE, 9));
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, UNLIMITED, 0);
        assertEquals(
                new Said(Outcome.MONTH_BUDGET_EXCEEDED, 9, 0, 0, SpendingWindow.CALENDAR_MONTH, 2),
                ledger.pay(4, PAYEE, 9));
    }

    @Test
    void aSumThatWouldOverflowIsRefusedEvenWithoutACap() {
        long half = 1L << 62;
        RuleLedger ledger = new RuleLedger(0, half, 0);
        ledger.parent(3, 2);
        ledger.budget(2, 2, BudgetScope.BELOW, half, UNLIMITED, UNLIMITED);
        Spend hold = Spend.of(3, 4, RuleLedger.CRD, half).held(1);
        assertEquals(Outcome.APPLIED, ledger.spend(hold).outcome());
        assertEquals(
                new Said(Outcome.DAY_BUDGET_EXCEEDED, half, half - 1, UNLIMITED, SpendingWindow.CALENDAR_DAY, 2),
                ledger.spend(hold));
    }
}
