package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Whoever may not set a wallet's rules does not learn that there is such a wallet. */
class ControlSecrecyTest {
    private static final long UNLIMITED = ControlCommands.UNLIMITED;
    private static final long OPERATOR = ControlCommands.OPERATOR;
    private static final long CRD = RuleLedger.CRD;
    private static final long NOWHERE = 99;

    /** A human (2) over an agent (3) over its child 4; 5 stands alone, 6 is closed. */
    private static RuleLedger family() {
        RuleLedger ledger = new RuleLedger(0, 0, 0, 0, 0);
        assertEquals(Outcome.APPLIED, ledger.parent(3, 2));
        assertEquals(Outcome.APPLIED, ledger.parent(4, 3));
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.close(ledger.nextId(), 6, 0, 0)).outcome());
        return ledger;
    }

    @Test
    void aRefusalNamesTheWalletOnlyToThoseWhoMayKnowOfIt() {
        RuleLedger ledger = family();
        for (long stranger : new long[] {3, 5}) {
            assertEquals(0, walletNamed(ledger, stranger, 2));
            assertEquals(0, walletNamed(ledger, stranger, 6));
            assertEquals(0, walletNamed(ledger, stranger, NOWHERE));
        }
        for (long insider : new long[] {4, 3, 2, OPERATOR}) {
            assertEquals(4, walletNamed(ledger, insider, 4));
        }
        assertEquals(6, walletNamed(ledger, 6, 6));
    }

    /** The wallet in the answers to every command about a wallet's rules, which must all name the same. */
    private static long walletNamed(RuleLedger ledger, long caller, long wallet) {
        List<DirectBuffer> commands = List.of(
                ControlCommands.setParent(ledger.nextId(), caller, wallet, NOWHERE + 1),
                ControlCommands.setLimit(
                        ledger.nextId(), caller, wallet, CRD, 1, SpendingWindow.HOUR, UNLIMITED, UNLIMITED),
                ControlCommands.setBudget(
                        ledger.nextId(), caller, wallet, CRD, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED),
                ControlCommands.allow(ledger.nextId(), caller, wallet, NOWHERE + 1),
                ControlCommands.remove(ledger.nextId(), caller, wallet, NOWHERE + 1),
                ControlCommands.kill(ledger.nextId(), caller, wallet, false));
        long[] named = commands.stream()
                .mapToLong(command -> ledger.say(command).wallet())
                .distinct()
                .toArray();
        assertEquals(1, named.length);
        return named[0];
    }
}
