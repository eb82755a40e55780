package io.scrip.ledger;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;

/**
 * Whether a debit that its account could pay may be spent: kill switch, allow-list, budgets of the wallet and of all
 * above it, velocity limits of the account; and the counting of what was spent. Checks write nothing.
 *
 * <p>Spending is what leaves a wallet on its own key: a transfer or a hold when it is placed, with the fee if the
 * sender pays it. A move between accounts of one wallet is none.
 */
final class SpendingRules {
    private final LedgerState state;
    private final Accounts accounts;
    private final Controls controls;
    private final Budgets budgets;
    private final VelocityLimits limits;

    // The refusal found so far: the first of those with the lowest number.
    private Outcome refusal;
    private long needed;
    private long used;
    private long cap;
    private SpendingWindow window;
    private int refusing;

    SpendingRules(LedgerState state) {
        this.state = state;
        accounts = state.accounts;
        controls = state.controls;
        budgets = state.budgets;
        limits = state.limits;
    }

    /** Of several rules that refuse, the lowest outcome is the answer; of the same, the wallet nearest to the payer. */
    Outcome check(Decision decision) {
        long flags = accounts.flags(decision.from.row);
        if ((flags & Accounts.HAS_RULES) == 0) {
            return Outcome.APPLIED;
        }
        refusal = Outcome.APPLIED;
        long spent = spent(decision);
        if ((flags & Accounts.CONTROLLED) != 0) {
            checkControls(decision, spent);
        }
        if ((flags & (Accounts.HAS_RULES ^ Accounts.CONTROLLED)) != 0 && spent > 0) {
            checkLimits(decision, flags, spent);
        }
        return answer(decision);
    }

    /** Whether the payer's key may still move anything at all. */
    Outcome checkKilled(Decision decision, long amount) {
        if ((accounts.flags(decision.from.row) & Accounts.CONTROLLED) == 0) {
            return Outcome.APPLIED;
        }
        refusal = Outcome.APPLIED;
        for (int row = controls.find(decision.from.wallet); row != Controls.NONE; row = controls.parent(row)) {
            checkSwitch(row, amount);
        }
        return answer(decision);
    }

    /** Counts what was checked and is now written. */
    void record(Decision decision) {
        int account = decision.from.row;
        long flags = accounts.flags(account);
        if ((flags & Accounts.HAS_RULES) == 0) {
            return;
        }
        long spent = spent(decision);
        if (spent == 0) {
            return;
        }
        if ((flags & Accounts.CONTROLLED) != 0) {
            long day = UtcCalendar.day(decision.timestampNs);
            long month = UtcCalendar.month(day);
            boolean below = false;
            for (int row = controls.find(decision.from.wallet); row != Controls.NONE; row = controls.parent(row)) {
                int budget = budget(row, decision.from.token, below);
                if (budget >= 0) {
                    budgets.record(budget, day, month, spent);
                }
                below = true;
            }
        }
        for (int index = 0; index < VelocityLimits.WINDOWS; index++) {
            if ((flags & Accounts.LIMITED << index) != 0) {
                limits.record(limits.find(account, index), decision.timestampNs, spent);
            }
        }
    }

    /** What a movement takes out of the payer's wallet; 0 when it stays within. */
    private static long spent(Decision decision) {
        return debit(decision) - (decision.from.wallet == decision.to.wallet ? decision.amount : 0);
    }

    private static long debit(Decision decision) {
        return decision.amount + (decision.feePayer == FeePayer.SENDER ? decision.fee : 0);
    }

    private void checkControls(Decision decision, long spent) {
        long day = UtcCalendar.day(decision.timestampNs);
        long month = UtcCalendar.month(day);
        boolean below = false;
        for (int row = controls.find(decision.from.wallet); row != Controls.NONE; row = controls.parent(row)) {
            checkSwitch(row, debit(decision));
            if (!below) {
                checkCounterparty(decision, row, spent);
            }
            int budget = budget(row, decision.from.token, below);
            if (budget >= 0 && spent > 0) {
                int wallet = controls.wallet(row);
                compare(Outcome.PER_CALL_EXCEEDED, spent, 0, budgets.perCall(budget), SpendingWindow.CALL, wallet);
                compare(
                        Outcome.DAY_BUDGET_EXCEEDED,
                        spent,
                        budgets.daySpent(budget, day),
                        budgets.perDay(budget),
                        SpendingWindow.CALENDAR_DAY,
                        wallet);
                compare(
                        Outcome.MONTH_BUDGET_EXCEEDED,
                        spent,
                        budgets.monthSpent(budget, month),
                        budgets.perMonth(budget),
                        SpendingWindow.CALENDAR_MONTH,
                        wallet);
            }
            below = true;
        }
    }

    private void checkSwitch(int row, long debit) {
        if (controls.isKilled(row)) {
            refuse(Outcome.KILLED, debit, 0, 0, SpendingWindow.NONE, controls.wallet(row));
        }
    }

    private void checkCounterparty(Decision decision, int row, long spent) {
        int payer = decision.from.wallet;
        int payee = decision.to.wallet;
        boolean free = payer == payee || controls.firstCounterparty(row) == Controls.NONE;
        if (!free && state.counterparties.find(payer, payee) < 0) {
            refuse(Outcome.COUNTERPARTY_NOT_ALLOWED, spent, 0, 0, SpendingWindow.NONE, payer);
        }
    }

    private void checkLimits(Decision decision, long flags, long spent) {
        int wallet = decision.from.wallet;
        for (int index = 0; index < VelocityLimits.WINDOWS; index++) {
            if ((flags & Accounts.LIMITED << index) != 0) {
                int limit = limits.find(decision.from.row, index);
                SpendingWindow over = windowOf(index);
                long count = limits.count(limit, decision.timestampNs);
                long sum = limits.sum(limit, decision.timestampNs);
                compare(Outcome.COUNT_LIMIT_EXCEEDED, 1, count, limits.maxCount(limit), over, wallet);
                compare(Outcome.SUM_LIMIT_EXCEEDED, spent, sum, limits.maxSum(limit), over, wallet);
            }
        }
    }

    private int budget(int controlRow, int token, boolean below) {
        return controls.firstBudget(controlRow) == Controls.NONE
                ? Controls.NONE
                : budgets.find(controls.wallet(controlRow), token, below);
    }

    /** No sum of what was spent passes the largest long, for that is the largest cap: an unlimited one. */
    private void compare(Outcome why, long more, long already, long most, SpendingWindow over, int wallet) {
        if (more > most - already) {
            refuse(why, more, already, most, over, wallet);
        }
    }

    private void refuse(Outcome why, long more, long already, long most, SpendingWindow over, int wallet) {
        if (refusal == Outcome.APPLIED || why.value() < refusal.value()) {
            refusal = why;
            needed = more;
            used = already;
            cap = most;
            window = over;
            refusing = wallet;
        }
    }

    private Outcome answer(Decision decision) {
        if (refusal == Outcome.APPLIED) {
            return Outcome.APPLIED;
        }
        decision.wallet = Wallets.numberOf(refusing);
        decision.window = window;
        return decision.refuse(refusal, needed, Math.max(0, cap - used), cap);
    }

    /** The flags and rows count windows from 0, the schema from MINUTE. */
    static SpendingWindow windowOf(int index) {
        return SpendingWindow.get((short) (SpendingWindow.MINUTE.value() + index));
    }

    static int indexOf(SpendingWindow window) {
        return window.value() - SpendingWindow.MINUTE.value();
    }
}
