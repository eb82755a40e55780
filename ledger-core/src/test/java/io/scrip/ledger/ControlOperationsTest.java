package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.ControlCommands.Leg;
import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.ledger.RuleLedger.Said;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** Who may set what, the allow-list and the kill switch. */
class ControlOperationsTest {
    private static final long UNLIMITED = ControlCommands.UNLIMITED;
    private static final long OPERATOR = ControlCommands.OPERATOR;
    private static final long CRD = RuleLedger.CRD;
    private static final long NOWHERE = 99;

    /** A human (2) over an agent (3) over its child 4; 5 and 6 stand alone. */
    private static RuleLedger family() {
        RuleLedger ledger = RuleLedger.withWallets(5);
        assertEquals(Outcome.APPLIED, ledger.parent(3, 2));
        assertEquals(Outcome.APPLIED, ledger.parent(4, 3));
        return ledger;
    }

    private static Outcome limit(RuleLedger ledger, long caller, long wallet, String token, int account, long max) {
        return ledger.say(ControlCommands.setLimit(
                        ledger.nextId(),
                        caller,
                        wallet,
                        Commands.token(token),
                        account,
                        SpendingWindow.HOUR,
                        UNLIMITED,
                        max))
                .outcome();
    }

    @Test
    void aWalletOfWhichNothingIsLeftToSayCostsNothingAgain() {
        RuleLedger ledger = RuleLedger.withWallets(3);
        ledger.parent(3, 2);
        ledger.budget(2, 3, BudgetScope.OWN, 1, UNLIMITED, UNLIMITED);
        ledger.kill(2, 3, true);
        ledger.allow(2, 3, 4);
        ledger.remove(2, 3, 4);
        ledger.kill(2, 3, false);
        ledger.budget(2, 3, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED);
        ledger.parent(3, 0);
        assertEquals(new RuleLedger.Controls(0, 0, false, 0, List.of(), List.of(), List.of()), ledger.controls(2));
        assertEquals(new RuleLedger.Controls(0, 0, false, 0, List.of(), List.of(), List.of()), ledger.controls(3));
        assertEquals(Outcome.APPLIED, ledger.pay(3, 4, RuleLedger.RICH).outcome());
    }

    @Test
    void limitsAreSetByTheOperatorAndThoseAbove() {
        RuleLedger ledger = family();
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.limit(4, 4, SpendingWindow.HOUR, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.limit(5, 4, SpendingWindow.HOUR, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.limit(4, 3, SpendingWindow.HOUR, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.limit(2, 2, SpendingWindow.HOUR, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.limit(3, 4, SpendingWindow.HOUR, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.limit(2, 4, SpendingWindow.DAY, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.limit(OPERATOR, 2, SpendingWindow.HOUR, 1, 1));
    }

    @Test
    void whatIsWrongWithALimitIsSaidInTheOrderOfTheChecks() {
        RuleLedger ledger = family();
        assertEquals(Outcome.BAD_LIMIT, limit(ledger, 5, NOWHERE, "NONE", 1, -1));
        assertEquals(Outcome.UNKNOWN_TOKEN, limit(ledger, 5, NOWHERE, "NONE", 1, 1));
        assertEquals(Outcome.UNKNOWN_WALLET, limit(ledger, 5, NOWHERE, "CRD", 1, 1));
        assertEquals(Outcome.UNKNOWN_ACCOUNT, limit(ledger, 5, 4, "CRD", 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, limit(ledger, 5, 4, "CRD", 300, 1));
        assertEquals(Outcome.APPLIED, limit(ledger, 3, 4, "CRD", 300, 1));
        assertEquals(1, ledger.controls(4).limits().size());
        assertEquals(Outcome.APPLIED, limit(ledger, 3, 4, "CRD", 301, UNLIMITED), "nothing to remove");
        assertEquals(1, ledger.controls(4).limits().size());
    }

    @Test
    void budgetsAreSetByTheOperatorAndThoseAboveAndOverThoseBelowByTheWalletItself() {
        RuleLedger ledger = family();
        assertEquals(Outcome.BAD_LIMIT, ledger.budget(5, NOWHERE, BudgetScope.OWN, 1, 1, -1));
        assertEquals(Outcome.UNKNOWN_WALLET, ledger.budget(5, NOWHERE, BudgetScope.OWN, 1, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(4, 4, BudgetScope.OWN, 1, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(4, 3, BudgetScope.BELOW, 1, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(5, 4, BudgetScope.OWN, 1, 1, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(5, 4, BudgetScope.BELOW, 1, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.budget(4, 4, BudgetScope.BELOW, 1, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.budget(3, 4, BudgetScope.OWN, 1, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.budget(2, 3, BudgetScope.OWN, 1, 1, 1));
        assertEquals(Outcome.APPLIED, ledger.budget(2, 2, BudgetScope.BELOW, 1, 1, 1));
    }

    @Test
    void whatAHigherOneHasSetALowerOneDoesNotChange() {
        RuleLedger ledger = family();
        assertEquals(Outcome.APPLIED, ledger.budget(3, 4, BudgetScope.OWN, 9, 9, 9));
        assertEquals(Outcome.APPLIED, ledger.budget(2, 4, BudgetScope.OWN, 5, 5, 5));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(3, 4, BudgetScope.OWN, 9, 9, 9));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(3, 4, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED));
        assertEquals(Outcome.APPLIED, ledger.budget(OPERATOR, 4, BudgetScope.OWN, 3, 3, 3));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(2, 4, BudgetScope.OWN, 5, 5, 5));
        assertEquals(Outcome.APPLIED, ledger.budget(OPERATOR, 4, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED));
        assertEquals(Outcome.APPLIED, ledger.budget(3, 4, BudgetScope.OWN, 9, 9, 9), "set anew by the first to come");

        assertEquals(Outcome.APPLIED, ledger.budget(2, 3, BudgetScope.BELOW, 5, 5, 5));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.budget(3, 3, BudgetScope.BELOW, 9, 9, 9));
        assertEquals(Outcome.APPLIED, ledger.limit(2, 4, SpendingWindow.HOUR, 5, 5));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.limit(3, 4, SpendingWindow.HOUR, UNLIMITED, UNLIMITED));
        assertEquals(Outcome.APPLIED, ledger.parent(3, 5), "another family");
        assertEquals(Outcome.APPLIED, ledger.limit(3, 4, SpendingWindow.HOUR, UNLIMITED, UNLIMITED));
    }

    @Test
    void onlyThoseOnTheListArePaidOnceThereIsOne() {
        RuleLedger ledger = family();
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.allow(4, 4, 5));
        assertEquals(Outcome.SAME_WALLET, ledger.allow(5, NOWHERE, NOWHERE));
        assertEquals(Outcome.UNKNOWN_WALLET, ledger.allow(5, NOWHERE, NOWHERE + 1));
        assertEquals(Outcome.UNKNOWN_COUNTERPARTY, ledger.allow(5, 4, NOWHERE));
        assertEquals(Outcome.APPLIED, ledger.allow(3, 4, 5));
        assertEquals(Outcome.APPLIED, ledger.allow(2, 4, 5), "it is so already");
        assertEquals(List.of(5L), ledger.controls(4).counterparties());
        assertEquals(Outcome.APPLIED, ledger.pay(4, 5, 1).outcome());
        assertEquals(Outcome.COUNTERPARTY_NOT_ALLOWED, ledger.pay(4, 6, 1).outcome());
        assertEquals(
                Outcome.COUNTERPARTY_NOT_ALLOWED,
                ledger.pay(4, 3, 1).outcome(),
                "not even those above are allowed unasked");
        assertEquals(
                Outcome.COUNTERPARTY_NOT_ALLOWED,
                ledger.spend(Spend.of(4, 6, CRD, 1).held(1000)).outcome());
        assertEquals(
                Outcome.APPLIED,
                ledger.spend(Spend.of(4, 4, CRD, 1).between(0, 300)).outcome());
        assertEquals(Outcome.APPLIED, ledger.pay(3, 6, 1).outcome(), "the list is of one wallet");
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.remove(4, 4, 5));
        assertEquals(Outcome.APPLIED, ledger.remove(3, 4, 6), "nothing to remove");
        assertEquals(Outcome.APPLIED, ledger.remove(3, 4, 5));
        assertEquals(Outcome.APPLIED, ledger.pay(4, 6, 1).outcome());
    }

    @Test
    void aListHoldsSixtyFour() {
        RuleLedger ledger = RuleLedger.withWallets(70);
        for (int counterparty = 3; counterparty < 3 + 64; counterparty++) {
            assertEquals(Outcome.APPLIED, ledger.allow(OPERATOR, 2, counterparty));
        }
        assertEquals(
                new Said(Outcome.TOO_MANY_COUNTERPARTIES, 1, 0, 64, SpendingWindow.NONE, 2),
                ledger.say(ControlCommands.allow(ledger.nextId(), OPERATOR, 2, 67)));
        assertEquals(Outcome.APPLIED, ledger.allow(OPERATOR, 2, 66), "it is on it");
        assertEquals(Outcome.APPLIED, ledger.remove(OPERATOR, 2, 30));
        assertEquals(Outcome.APPLIED, ledger.allow(OPERATOR, 2, 67));
        assertEquals(64, ledger.controls(2).counterparties().size());
        assertTrue(ledger.controls(2).counterparties().contains(67L));
        assertFalse(ledger.controls(2).counterparties().contains(30L));
        assertEquals(Outcome.COUNTERPARTY_NOT_ALLOWED, ledger.pay(2, 30, 1).outcome());
        assertEquals(Outcome.APPLIED, ledger.pay(2, 67, 1).outcome());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void theKillSwitchStopsAWalletAndAllBelowIt() {
        RuleLedger ledger = family();
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.kill(5, 3, true));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.kill(4, 3, true));
        assertEquals(Outcome.APPLIED, ledger.kill(3, 3, true));
        assertEquals(new Said(Outcome.KILLED, 1, 0, 0, SpendingWindow.NONE, 3), ledger.pay(3, 5, 1));
        assertEquals(new Said(Outcome.KILLED, 1, 0, 0, SpendingWindow.NONE, 3), ledger.pay(4, 5, 1));
        assertEquals(3, ledger.controls(4).killedBy());
        assertEquals(
                Outcome.KILLED,
                ledger.spend(Spend.of(4, 4, CRD, 1).between(0, 300)).outcome(),
                "not even within the wallet");
        assertEquals(1, ledger.spend(Spend.of(3, 3, CRD, 1).between(0, 300)).needed());
        assertEquals(Outcome.APPLIED, ledger.pay(2, 5, 1).outcome());
        assertEquals(Outcome.APPLIED, ledger.pay(5, 3, 1).outcome(), "it may be paid");
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.kill(3, 3, false));
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.kill(4, 3, false));
        assertEquals(Outcome.APPLIED, ledger.kill(2, 3, false));
        assertEquals(Outcome.APPLIED, ledger.pay(4, 5, 1).outcome());
        assertEquals(Outcome.APPLIED, ledger.kill(OPERATOR, 2, true));
        assertEquals(2, ledger.pay(4, 5, 1).wallet());
        assertEquals(Outcome.NOT_AUTHORIZED, ledger.kill(2, 2, false));
        assertEquals(Outcome.APPLIED, ledger.kill(OPERATOR, 2, false));
        assertEquals(Outcome.APPLIED, ledger.pay(4, 5, 1).outcome());
        assertEquals(Outcome.UNKNOWN_WALLET, ledger.kill(OPERATOR, NOWHERE, true));
    }

    @Test
    void whatAKilledWalletOwesOthersGoesOnWithoutItsKey() {
        RuleLedger ledger = family();
        ledger.spend(Spend.of(4, 5, CRD, 10).held(1_000_000));
        long hold = ledger.lastId();
        ledger.pay(5, 4, 7);
        long payment = ledger.lastId();
        ledger.kill(3, 4, true);
        assertEquals(
                new Said(Outcome.KILLED, 4, 0, 0, SpendingWindow.NONE, 4),
                ledger.say(ControlCommands.post(ledger.nextId(), 4, hold, 4)),
                "its own key pays no hold early");
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.post(ledger.nextId(), 5, hold, 4)).outcome(),
                "whoever was promised it collects");
        Leg original = new Leg(5, 4, CRD, 7);
        long before = ledger.ledger.balance(4);
        assertEquals(
                Outcome.KILLED,
                ledger.say(ControlCommands.reverse(ledger.nextId(), 4, payment, original))
                        .outcome());
        assertEquals(before, ledger.ledger.balance(4));
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.reverse(ledger.nextId(), OPERATOR, payment, original))
                        .outcome());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void rulesAreReadByTheWalletThoseAboveAndAuditors() {
        RuleLedger ledger = family();
        assertTrue(reads(ledger, Role.WALLET, 4));
        assertTrue(reads(ledger, Role.WALLET, 3));
        assertTrue(reads(ledger, Role.WALLET, 2));
        assertTrue(reads(ledger, Role.AUDITOR, 0));
        assertTrue(reads(ledger, Role.OPERATOR, 0));
        assertFalse(reads(ledger, Role.WALLET, 5));
        assertFalse(reads(ledger, Role.WALLET, NOWHERE));
    }

    private static boolean reads(RuleLedger ledger, Role role, long caller) {
        var bytes = ledger.ledger.query(ControlCommands.getControls(role, caller, 4));
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(bytes, 0);
        if (header.templateId() != CommandReplyDecoder.TEMPLATE_ID) {
            return true;
        }
        assertEquals(Outcome.UNKNOWN_WALLET, RuleLedger.decode(bytes).outcome());
        return false;
    }

    @Test
    void aRefusalIsRepeatedWithItsRecord() {
        RuleLedger ledger = family();
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, 10, UNLIMITED);
        var command = ControlCommands.spend(ledger.nextId(), Spend.of(4, 5, CRD, 11));
        assertEquals(Outcome.DAY_BUDGET_EXCEEDED, ledger.say(command).outcome());
        var event = ledger.ledger.events.get(ledger.ledger.events.size() - 1);
        var decoder = new DecisionEventDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
        assertEquals(SpendingWindow.CALENDAR_DAY, decoder.window());
        assertEquals(2, decoder.wallet());
        assertEquals(10, decoder.limitValue());
        ledger.budget(2, 2, BudgetScope.BELOW, UNLIMITED, 100, UNLIMITED);
        assertEquals(Outcome.DAY_BUDGET_EXCEEDED, ledger.say(command).outcome(), "the first outcome stands");
    }

    @Test
    void aClosedWalletGetsNoRules() {
        RuleLedger ledger = new RuleLedger(0, 0, 100);
        ledger.parent(3, 2);
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.close(ledger.nextId(), 3, 0, 0)).outcome());
        for (long caller : new long[] {OPERATOR, 2, 4}) {
            assertEquals(Outcome.CLOSED, ledger.limit(caller, 3, SpendingWindow.HOUR, 1, 1));
            assertEquals(Outcome.CLOSED, ledger.budget(caller, 3, BudgetScope.OWN, 1, 1, 1));
            assertEquals(Outcome.CLOSED, ledger.allow(caller, 3, 4));
            assertEquals(Outcome.CLOSED, ledger.remove(caller, 3, 4));
            assertEquals(Outcome.CLOSED, ledger.kill(caller, 3, true));
            assertEquals(
                    Outcome.CLOSED,
                    ledger.say(ControlCommands.setParent(ledger.nextId(), caller, 3, 0))
                            .outcome());
        }
        assertEquals(Outcome.CLOSED, ledger.parent(4, 3));
        ledger.limit(OPERATOR, 4, SpendingWindow.HOUR, 1, 1);
        ledger.pay(4, 2, 1);
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.close(ledger.nextId(), 2, CRD, 300)).outcome());
        assertEquals(Outcome.CLOSED, limit(ledger, OPERATOR, 2, "CRD", 300, 1));
        assertEquals(Outcome.APPLIED, limit(ledger, OPERATOR, 2, "CRD", 0, 1));
    }

    @Test
    void whatIsNoWindowScopeOrSwitchIsMalformed() {
        RuleLedger ledger = family();
        for (SpendingWindow window : SpendingWindow.values()) {
            boolean velocity = window.value() >= 1 && window.value() <= 4;
            if (window != SpendingWindow.SBE_UNKNOWN && window != SpendingWindow.NULL_VAL) {
                assertEquals(
                        velocity ? Outcome.APPLIED : Outcome.MALFORMED,
                        ledger.limit(OPERATOR, 4, window, 1, 1),
                        window.name());
            }
        }
        var budget = ControlCommands.setBudget(ledger.nextId(), 0, 4, CRD, BudgetScope.BELOW, 1, 1, 1);
        assertEquals(
                Outcome.MALFORMED,
                ledger.say(withByte(budget, SetBudgetDecoder.scopeEncodingOffset(), 2))
                        .outcome());
        var kill = ControlCommands.kill(ledger.nextId(), 0, 4, true);
        assertEquals(
                Outcome.MALFORMED,
                ledger.say(withByte(kill, KillSwitchDecoder.onEncodingOffset(), 2))
                        .outcome());
        var limit = ControlCommands.setLimit(ledger.nextId(), 0, 4, CRD, 0, SpendingWindow.HOUR, 1, 1);
        assertEquals(
                Outcome.MALFORMED,
                ledger.say(withByte(limit, SetLimitDecoder.windowEncodingOffset(), 5))
                        .outcome());
        assertEquals(
                Outcome.MALFORMED,
                ledger.say(TestLedger.copy(limit, 0, limit.capacity() - 1)).outcome());
        var longer = new ExpandableArrayBuffer(limit.capacity() + 1);
        longer.putBytes(0, limit, 0, limit.capacity());
        assertEquals(
                Outcome.MALFORMED,
                ledger.say(TestLedger.copy(longer, 0, limit.capacity() + 1)).outcome());
    }

    private static DirectBuffer withByte(DirectBuffer command, int fieldOffset, int value) {
        ExpandableArrayBuffer changed = new ExpandableArrayBuffer(command.capacity());
        changed.putBytes(0, command, 0, command.capacity());
        changed.putByte(MessageShape.HEADER_BYTES + fieldOffset, (byte) value);
        return TestLedger.copy(changed, 0, command.capacity());
    }

    @Test
    void eachControlIsAChangeOfItsWallet() {
        RuleLedger ledger = family();
        long version = version(ledger);
        ledger.budget(OPERATOR, 4, BudgetScope.OWN, 1, 1, 1);
        assertEquals(++version, version(ledger));
        ledger.kill(OPERATOR, 4, true);
        assertEquals(++version, version(ledger));
        ledger.allow(OPERATOR, 4, 5);
        assertEquals(++version, version(ledger));
        ledger.remove(OPERATOR, 4, 5);
        assertEquals(++version, version(ledger));
        ledger.limit(OPERATOR, 4, SpendingWindow.DAY, 1, 1);
        assertEquals(++version, version(ledger));
        ledger.parent(4, 0);
        assertEquals(++version, version(ledger));
        ledger.pay(4, 5, 1);
        assertEquals(version, version(ledger), "a refusal is none");
    }

    private static long version(RuleLedger ledger) {
        var bytes = ledger.ledger.query(Commands.getWallet(Role.OPERATOR, 0, 4));
        return new WalletReplyDecoder()
                .wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder())
                .version();
    }
}
