package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.ControlCommands.Leg;
import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.ledger.RuleLedger.Controls;
import io.scrip.ledger.RuleLedger.Said;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** What a chain, a command of several legs or a dry run has counted is taken back with it. */
class SpendingRollbackTest {
    private static final long UNLIMITED = ControlCommands.UNLIMITED;
    private static final long OPERATOR = ControlCommands.OPERATOR;
    private static final long CRD = RuleLedger.CRD;
    private static final long HOUR_NS = 3600 * 1_000_000_000L;
    private static final long MIDNIGHT_NS = 1_800_000_000L / 86_400 * 24 * HOUR_NS;

    /** A human (2) over an agent (3) with a cap of every kind; 4 and 5 are paid. */
    private static RuleLedger family() {
        RuleLedger ledger = RuleLedger.withWallets(4);
        ledger.at(MIDNIGHT_NS);
        ledger.parent(3, 2);
        ledger.budget(OPERATOR, 2, BudgetScope.BELOW, UNLIMITED, 100, 500);
        ledger.budget(OPERATOR, 3, BudgetScope.OWN, 80, 100, 500);
        for (int window = 0; window < 4; window++) {
            ledger.limit(OPERATOR, 3, SpendingRules.windowOf(window), 50, 400);
        }
        return ledger;
    }

    private static DirectBuffer chain(RuleLedger ledger, Spend... spends) {
        Item[] items = new Item[spends.length];
        for (int i = 0; i < spends.length; i++) {
            items[i] = new Item(i < spends.length - 1, ControlCommands.spend(ledger.nextId(), spends[i]));
        }
        return Commands.batch(Role.WALLET, 3, List.of(items));
    }

    private static List<Outcome> outcomes(RuleLedger ledger, DirectBuffer batch) {
        return ledger.ledger.batch(batch).stream()
                .map(TestLedger.Answer::outcome)
                .toList();
    }

    private static Spend spend(long amount) {
        return Spend.of(3, 4, CRD, amount);
    }

    @Test
    void aChainThatFailsCountsNothing() {
        RuleLedger ledger = family();
        ledger.pay(3, 4, 10);
        Controls human = ledger.controls(2);
        Controls agent = ledger.controls(3);
        List<Outcome> outcomes =
                outcomes(ledger, chain(ledger, spend(40), spend(30).held(HOUR_NS), spend(21)));
        assertEquals(List.of(Outcome.LINKED_FAILED, Outcome.LINKED_FAILED, Outcome.DAY_BUDGET_EXCEEDED), outcomes);
        assertEquals(human, ledger.controls(2));
        assertEquals(agent, ledger.controls(3));
        assertEquals(
                List.of(Outcome.APPLIED, Outcome.APPLIED, Outcome.APPLIED),
                outcomes(ledger, chain(ledger, spend(40), spend(30).held(HOUR_NS), spend(20))));
        assertEquals(100, ledger.controls(2).budgets().get(0).today());
        assertEquals(4, ledger.controls(3).limits().get(0).count());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void aChainThatFailsAfterALongSilenceLeavesTheOldBucketsWhereTheyWere() {
        RuleLedger ledger = family();
        ledger.pay(3, 4, 80);
        ledger.at(MIDNIGHT_NS + 2 * HOUR_NS);
        Controls before = ledger.controls(3);
        assertEquals(
                List.of(Outcome.LINKED_FAILED, Outcome.PER_CALL_EXCEEDED),
                outcomes(ledger, chain(ledger, spend(10), spend(81))));
        Controls after = ledger.controls(3);
        assertEquals(80, before.budgets().get(0).today());
        assertEquals(before.budgets(), after.budgets());
        assertEquals(0, sumOver(after, SpendingWindow.MINUTE));
        assertEquals(0, sumOver(after, SpendingWindow.HOUR));
        assertEquals(80, sumOver(after, SpendingWindow.DAY));
        assertEquals(80, sumOver(after, SpendingWindow.THIRTY_DAYS));
        assertEquals(Outcome.APPLIED, ledger.pay(3, 4, 20).outcome());
        assertEquals(20, sumOver(ledger.controls(3), SpendingWindow.HOUR));
        assertEquals(100, sumOver(ledger.controls(3), SpendingWindow.DAY));
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    private static long sumOver(Controls controls, SpendingWindow window) {
        return controls.limits().stream()
                .filter(used -> used.window() == window)
                .mapToLong(RuleLedger.Used::sum)
                .sum();
    }

    @Test
    void aChainThatFailsAcrossMidnightKeepsYesterdayAsTheNewestDay() {
        RuleLedger ledger = family();
        ledger.pay(3, 4, 80);
        ledger.at(MIDNIGHT_NS + 24 * HOUR_NS);
        assertEquals(
                List.of(Outcome.LINKED_FAILED, Outcome.PER_CALL_EXCEEDED),
                outcomes(ledger, chain(ledger, spend(10), spend(81))));
        assertEquals(0, ledger.controls(3).budgets().get(0).today());
        assertEquals(80, ledger.controls(3).budgets().get(0).thisMonth());
        ledger.pay(3, 4, 70);
        assertEquals(30, ledger.pay(3, 4, 31).available());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void aDryRunCountsNothingAtAnyTime() {
        RuleLedger ledger = family();
        ledger.pay(3, 4, 60);
        for (long hours : new long[] {0, 2, 24, 31 * 24}) {
            ledger.at(MIDNIGHT_NS + 1_000 + hours * HOUR_NS);
            ledger.parent(5, 0);
            Controls human = ledger.controls(2);
            Controls agent = ledger.controls(3);
            long hash = ledger.stateHash();
            for (Spend spend :
                    List.of(spend(40), spend(30).held(HOUR_NS), spend(20).between(0, 2))) {
                var reply = ledger.ledger.query(ControlCommands.spend(ledger.nextId(), spend.dry()));
                Outcome expected = spend.toAccount() == 0 ? Outcome.APPLIED : Outcome.NOT_AUTHORIZED;
                assertEquals(expected, RuleLedger.decode(reply).outcome());
                assertEquals(human, ledger.controls(2));
                assertEquals(agent, ledger.controls(3));
                assertEquals(hash, ledger.stateHash());
            }
        }
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void aDryRunIntoAnAccountThatItOpensLeavesNeitherItNorItsFlags() {
        RuleLedger ledger = new RuleLedger(1_000, 0);
        ledger.budget(OPERATOR, 2, BudgetScope.OWN, 100, 100, 100);
        ledger.parent(3, 2);
        long hash = ledger.stateHash();
        var within = ControlCommands.spend(
                ledger.nextId(), spendFrom2(2, 500).between(0, 2).dry());
        var across = ControlCommands.spend(ledger.nextId(), spendFrom2(3, 100).dry());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    Outcome.APPLIED,
                    RuleLedger.decode(ledger.ledger.query(within)).outcome());
            assertEquals(
                    Outcome.APPLIED,
                    RuleLedger.decode(ledger.ledger.query(across)).outcome());
            assertEquals(hash, ledger.stateHash());
        }
        assertEquals(Outcome.APPLIED, ledger.pay(2, 3, 100).outcome());
        assertEquals(Outcome.PER_CALL_EXCEEDED, ledger.pay(2, 3, 101).outcome());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    private static Spend spendFrom2(long to, long amount) {
        return Spend.of(2, to, CRD, amount);
    }

    @Test
    void legsCountOnTopOfEachOtherAndAreTakenBackTogether() {
        RuleLedger ledger = family();
        Leg leg = new Leg(3, 4, CRD, 40);
        Leg other = new Leg(3, 5, CRD, 40);
        Controls before = ledger.controls(3);
        assertEquals(
                new Said(Outcome.DAY_BUDGET_EXCEEDED, 40, 20, 100, SpendingWindow.CALENDAR_DAY, 3),
                ledger.say(ControlCommands.multi(ledger.nextId(), 3, leg, other, leg)));
        assertEquals(before, ledger.controls(3));
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.multi(ledger.nextId(), 3, leg, other))
                        .outcome());
        assertEquals(80, ledger.controls(2).budgets().get(0).today());
        assertEquals(2, ledger.controls(3).limits().get(0).count(), "each leg is a debit");
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void aCommandOfSeveralLegsThatFailsInsideAChainTakesTheChainWithIt() {
        RuleLedger ledger = family();
        Controls before = ledger.controls(2);
        Leg leg = new Leg(3, 4, CRD, 40);
        List<Item> items = List.of(
                new Item(true, ControlCommands.multi(ledger.nextId(), 3, leg, leg)),
                new Item(
                        false,
                        ControlCommands.multi(ledger.nextId(), 3, new Leg(3, 5, CRD, 20), new Leg(3, 5, CRD, 1))));
        assertEquals(
                List.of(Outcome.LINKED_FAILED, Outcome.DAY_BUDGET_EXCEEDED),
                outcomes(ledger, Commands.batch(Role.WALLET, 3, items)));
        assertEquals(before, ledger.controls(2));
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void itemsOfABatchRaceForWhatIsLeftInTheirOrder() {
        RuleLedger ledger = family();
        List<Item> items = List.of(
                new Item(false, ControlCommands.spend(ledger.nextId(), spend(60))),
                new Item(false, ControlCommands.spend(ledger.nextId(), spend(60))),
                new Item(false, ControlCommands.spend(ledger.nextId(), spend(40))),
                new Item(false, ControlCommands.spend(ledger.nextId(), spend(1))));
        DirectBuffer batch = Commands.batch(Role.WALLET, 3, items);
        List<Outcome> outcomes = outcomes(ledger, batch);
        assertEquals(
                List.of(Outcome.APPLIED, Outcome.DAY_BUDGET_EXCEEDED, Outcome.APPLIED, Outcome.DAY_BUDGET_EXCEEDED),
                outcomes);
        Controls before = ledger.controls(2);
        assertEquals(outcomes, outcomes(ledger, batch), "sent again it counts nothing again");
        assertEquals(before, ledger.controls(2));
    }

    @Test
    void theReplyOfABatchSaysWhichRuleRefused() {
        RuleLedger ledger = family();
        var reply = ledger.ledger.apply(Commands.batch(
                Role.WALLET, 3, List.of(new Item(false, ControlCommands.spend(ledger.nextId(), spend(81))))));
        var result = new BatchReplyDecoder()
                .wrapAndApplyHeader(reply, 0, new MessageHeaderDecoder())
                .results()
                .next();
        assertEquals(Outcome.PER_CALL_EXCEEDED, result.outcome());
        assertEquals(SpendingWindow.CALL, result.window());
        assertEquals(3, result.wallet());
        assertEquals(80, result.limitValue());
    }
}
