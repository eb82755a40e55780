package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Who is not limited pays nothing: no row, no bucket, no flag; and nobody pays with garbage. */
class SpendingMemoryTest {
    private static final long UNLIMITED = ControlCommands.UNLIMITED;
    private static final long CRD = RuleLedger.CRD;

    private final LedgerState state = new LedgerState(Retention.STANDARD);
    private final Decider decider =
            new Decider(state, new EventWriter(state, (sequence, buffer, offset, length) -> {}));
    private final Decision decision = new Decision(state);
    private long lastId;

    private long nextId() {
        return ++lastId;
    }

    private void apply(DirectBuffer command) {
        state.lastSequence++;
        state.lastTimestampNs = Math.max(state.lastTimestampNs, 1_800_000_000_000_000_000L) + 1;
        decision.begin(state.lastSequence, state.lastTimestampNs);
        assertEquals(Outcome.APPLIED, decider.decide(command, 0, command.capacity(), decision));
    }

    private void openWallets(int wallets) {
        apply(Commands.registerToken(nextId(), "CRD", 6, true));
        for (int i = 0; i < wallets; i++) {
            apply(Commands.openWallet(nextId(), Role.OPERATOR, "agent:" + i, 1, i + 1));
            apply(Commands.issue(nextId(), Role.OPERATOR, i + 2, CRD, 1_000_000));
        }
    }

    private void limit(long wallet, SpendingWindow window, long max) {
        apply(ControlCommands.setLimit(nextId(), 0, wallet, CRD, 0, window, max, max));
    }

    private long flags(int wallet, int code) {
        return state.accounts.flags(state.account(state.wallets.rowOf(wallet), 0, code));
    }

    @Test
    void whoIsNotLimitedHasNoRows() {
        openWallets(100);
        for (int i = 0; i < 1000; i++) {
            apply(ControlCommands.spend(nextId(), Spend.of(2 + i % 100, 2 + (i + 1) % 100, CRD, 1)));
        }
        assertEquals(0, state.controls.rows());
        assertEquals(0, state.budgets.rows());
        assertEquals(0, state.counterparties.rows());
        assertEquals(0, state.limits.bucketRows());
        limit(2, SpendingWindow.MINUTE, 1000);
        assertEquals(60, state.limits.bucketRows());
        limit(2, SpendingWindow.THIRTY_DAYS, 1000);
        assertEquals(180, state.limits.bucketRows());
        assertEquals(0, flags(3, Accounts.MAIN) & Accounts.HAS_RULES);
    }

    @Test
    void whatIsRemovedIsUsedAgain() {
        openWallets(3);
        for (int i = 0; i < 50; i++) {
            limit(2, SpendingWindow.HOUR, 10 + i);
            limit(3, SpendingWindow.DAY, 10 + i);
            apply(ControlCommands.spend(nextId(), Spend.of(2, 3, CRD, 1)));
            limit(2, SpendingWindow.HOUR, UNLIMITED);
            limit(3, SpendingWindow.DAY, UNLIMITED);
            apply(ControlCommands.setParent(nextId(), 0, 3, 2));
            apply(ControlCommands.setBudget(nextId(), 0, 3, CRD, BudgetScope.OWN, 1, 1, 1));
            apply(ControlCommands.setBudget(nextId(), 0, 3, CRD, BudgetScope.OWN, UNLIMITED, UNLIMITED, UNLIMITED));
            apply(ControlCommands.allow(nextId(), 0, 3, 4));
            apply(ControlCommands.remove(nextId(), 0, 3, 4));
            apply(ControlCommands.setParent(nextId(), 0, 3, 0));
        }
        assertEquals(60 + 96, state.limits.bucketRows());
        assertEquals(2, state.controls.rows());
        assertEquals(1, state.budgets.rows());
        assertEquals(1, state.counterparties.rows());
        assertEquals(0, flags(2, Accounts.MAIN) & Accounts.HAS_RULES);
        assertEquals(0, flags(3, Accounts.MAIN) & Accounts.HAS_RULES);
        assertEquals(0, state.wallets.flags(state.wallets.rowOf(3)));
    }

    @Test
    void theFlagIsOnEveryAccountOfAControlledWalletAlsoOnThoseOpenedLater() {
        openWallets(2);
        apply(ControlCommands.spend(nextId(), Spend.of(2, 2, CRD, 10).between(0, 300)));
        apply(ControlCommands.setParent(nextId(), 0, 2, 3));
        apply(ControlCommands.spend(nextId(), Spend.of(2, 2, CRD, 10).between(0, 301)));
        for (int code : new int[] {Accounts.MAIN, 300, 301}) {
            assertEquals(Accounts.CONTROLLED, flags(2, code) & Accounts.HAS_RULES);
        }
        apply(ControlCommands.setParent(nextId(), 0, 2, 0));
        for (int code : new int[] {Accounts.MAIN, 300, 301}) {
            assertEquals(0, flags(2, code) & Accounts.HAS_RULES);
        }
    }

    @Test
    void theStateHashIsOverEveryRuleAndAllThatWasCounted() {
        openWallets(3);
        apply(ControlCommands.setParent(nextId(), 0, 3, 2));
        apply(ControlCommands.setBudget(nextId(), 0, 3, CRD, BudgetScope.OWN, 9, 9, 9));
        limit(3, SpendingWindow.DAY, 9);
        int wallet = state.wallets.rowOf(3);
        int account = state.account(wallet, 0, Accounts.MAIN);
        int row = state.controls.find(wallet);
        int budget = state.budgets.find(wallet, 0, false);
        int limit = state.limits.find(account, SpendingRules.indexOf(SpendingWindow.DAY));
        assertChangesTheHash(() -> state.controls.kill(row, true));
        assertChangesTheHash(() -> state.controls.detach(row));
        assertChangesTheHash(() -> state.budgets.record(budget, 1, 1, 1));
        assertChangesTheHash(() -> state.budgets.change(budget, 9, 9, 8, 0));
        assertChangesTheHash(() -> state.limits.record(limit, state.lastTimestampNs, 1));
        assertChangesTheHash(() -> state.limits.change(limit, 9, 9, 2));
        assertChangesTheHash(() -> state.limits.add(account, 0, state.lastTimestampNs));
        assertChangesTheHash(() -> state.counterparties.add(wallet, 0, Controls.NONE));
    }

    private void assertChangesTheHash(Runnable change) {
        long before = state.hash();
        change.run();
        assertNotEquals(before, state.hash());
    }

    @Test
    void checkingAndCountingMakeNoGarbage() {
        openWallets(10);
        for (int wallet = 3; wallet <= 9; wallet++) {
            apply(ControlCommands.setParent(nextId(), 0, wallet, wallet - 1));
            apply(ControlCommands.setBudget(
                    nextId(), 0, wallet - 1, CRD, BudgetScope.BELOW, 1000, UNLIMITED - 1, UNLIMITED));
        }
        apply(ControlCommands.allow(nextId(), 0, 9, 10));
        for (int window = 0; window < VelocityLimits.WINDOWS; window++) {
            limit(9, SpendingRules.windowOf(window), UNLIMITED - 1);
        }
        SpendingRules rules = new SpendingRules(state);
        int token = state.tokens.find(CRD);
        decision.from.find(state.wallets.rowOf(9), token, Accounts.MAIN);
        decision.to.find(state.wallets.rowOf(10), token, Accounts.MAIN);
        spendOften(rules, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        spendOften(rules, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 20_000, allocated + " bytes for 20,000 debits: a byte each would be too many");
    }

    private void spendOften(SpendingRules rules, int times) {
        for (int i = 0; i < times; i++) {
            decision.timestampNs += 100_000_000;
            decision.amount = 1L + i % 7;
            if (rules.check(decision) != Outcome.APPLIED) {
                throw new IllegalStateException("refused: " + decision.outcome);
            }
            rules.record(decision);
        }
    }
}
