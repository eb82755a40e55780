package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.RuleLedger.Said;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import org.junit.jupiter.api.Test;

/** Who stands above whom. */
class HierarchyTest {
    private static final long OPERATOR = ControlCommands.OPERATOR;
    private static final long NOWHERE = 99;

    /** A human (2) over an agent (3) over its child 4; 5 and 6 stand alone. */
    private static RuleLedger family() {
        RuleLedger ledger = RuleLedger.withWallets(5);
        assertEquals(Outcome.APPLIED, ledger.parent(3, 2));
        assertEquals(Outcome.APPLIED, ledger.parent(4, 3));
        return ledger;
    }

    @Test
    void aParentIsSetByTheOperatorAlone() {
        RuleLedger ledger = family();
        for (long caller : new long[] {2, 3, 4}) {
            assertEquals(
                    Outcome.NOT_AUTHORIZED,
                    ledger.say(ControlCommands.setParent(ledger.nextId(), caller, 4, 2))
                            .outcome());
        }
        assertEquals(Outcome.SAME_WALLET, ledger.parent(4, 4));
        assertEquals(Outcome.UNKNOWN_WALLET, ledger.parent(NOWHERE, NOWHERE + 1));
        assertEquals(Outcome.UNKNOWN_PARENT, ledger.parent(4, NOWHERE));
        assertEquals(3, ledger.controls(4).parent());
        assertEquals(2, ledger.controls(3).parent());
        assertEquals(2, ledger.controls(2).below());
        assertEquals(Outcome.APPLIED, ledger.parent(4, 0));
        assertEquals(Outcome.APPLIED, ledger.parent(4, 0), "it is so already");
        assertEquals(0, ledger.controls(4).parent());
        assertEquals(1, ledger.controls(2).below());
    }

    @Test
    void nobodyStandsAboveItself() {
        RuleLedger ledger = family();
        assertEquals(
                Outcome.NOT_AUTHORIZED,
                ledger.say(ControlCommands.setParent(ledger.nextId(), 2, 2, 4)).outcome());
        assertEquals(Outcome.PARENT_CYCLE, ledger.parent(2, 3));
        assertEquals(Outcome.PARENT_CYCLE, ledger.parent(2, 4));
        assertEquals(Outcome.PARENT_CYCLE, ledger.parent(3, 4));
        assertEquals(Outcome.APPLIED, ledger.parent(4, 2));
        assertEquals(Outcome.APPLIED, ledger.parent(3, 4), "now 2 over 4 over 3");
        assertEquals(2, ledger.controls(2).below());
        assertEquals(1, ledger.controls(4).below());
    }

    @Test
    void aHierarchyHasEightLevelsAtMost() {
        RuleLedger ledger = RuleLedger.withWallets(17);
        for (int wallet = 3; wallet <= 9; wallet++) {
            assertEquals(Outcome.APPLIED, ledger.parent(wallet, wallet - 1));
        }
        assertEquals(
                new Said(Outcome.HIERARCHY_TOO_DEEP, 1, 0, 8, SpendingWindow.NONE, 10),
                ledger.say(ControlCommands.setParent(ledger.nextId(), OPERATOR, 10, 9)));
        for (int wallet = 11; wallet <= 13; wallet++) {
            assertEquals(Outcome.APPLIED, ledger.parent(wallet, wallet - 1));
        }
        assertEquals(
                new Said(Outcome.HIERARCHY_TOO_DEEP, 4, 3, 8, SpendingWindow.NONE, 10),
                ledger.say(ControlCommands.setParent(ledger.nextId(), OPERATOR, 10, 6)));
        assertEquals(Outcome.APPLIED, ledger.parent(10, 5));
        assertEquals(11, ledger.controls(2).below());
        assertEquals(Outcome.HIERARCHY_TOO_DEEP, ledger.parent(2, 14));
        assertEquals(Outcome.APPLIED, ledger.parent(10, 0));
        assertEquals(Outcome.APPLIED, ledger.parent(9, 0));
        assertEquals(6, ledger.controls(2).below());
        assertEquals(Outcome.APPLIED, ledger.parent(2, 14), "one level less since the lowest has left");
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }
}
