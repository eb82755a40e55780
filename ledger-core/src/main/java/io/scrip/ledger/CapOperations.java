package io.scrip.ledger;

import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetLimitDecoder;

/**
 * Sets the numbers that spending may not exceed: velocity limits of an account, budgets of a wallet or of all below
 * it. Caps that are changed go on counting from where they were; caps that are removed are forgotten.
 */
final class CapOperations {
    private static final long UNLIMITED = VelocityLimits.UNLIMITED;

    private final LedgerState state;
    private final Authority authority;
    private final SetLimitDecoder setLimit = new SetLimitDecoder();
    private final SetBudgetDecoder setBudget = new SetBudgetDecoder();

    CapOperations(LedgerState state) {
        this.state = state;
        authority = new Authority(state);
    }

    Outcome setLimit(Decision decision) {
        setLimit.wrap(decision.command, decision.block(), SetLimitDecoder.BLOCK_LENGTH, SetLimitDecoder.SCHEMA_VERSION);
        long maxCount = setLimit.maxCount();
        long maxSum = setLimit.maxSum();
        if (maxCount < 0 || maxSum < 0) {
            return decision.refuse(Outcome.BAD_LIMIT, Math.min(maxCount, maxSum), 0, UNLIMITED);
        }
        int token = state.tokens.find(setLimit.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int wallet = state.wallets.rowOf(setLimit.wallet());
        if (wallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        authority.reveal(decision, setLimit.caller(), wallet);
        if (!Accounts.isUsable(setLimit.account())) {
            return decision.refuse(Outcome.UNKNOWN_ACCOUNT);
        }
        decision.from.find(wallet, token, setLimit.account());
        boolean limits = maxCount != UNLIMITED || maxSum != UNLIMITED;
        if (limits && !decision.from.mayBeOpen()) {
            return decision.refuse(Outcome.TOO_MANY_ACCOUNTS, 1, 0, Accounts.MAX_OWN_ACCOUNTS);
        }
        if (decision.from.isClosed()) {
            return decision.refuse(Outcome.CLOSED);
        }
        int index = SpendingRules.indexOf(setLimit.window());
        int limit = state.limits.find(decision.from.row, index);
        if (!authority.controls(setLimit.caller(), wallet)
                || (limit >= 0 && !authority.mayChange(setLimit.caller(), state.limits.setter(limit)))) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        if (limits) {
            decision.from.touch();
            int account = decision.from.row;
            int row = limit >= 0 ? limit : state.limits.add(account, index, decision.timestampNs);
            state.limits.change(row, maxCount, maxSum, Authority.setter(setLimit.caller()));
            state.accounts.flags(account, state.accounts.flags(account) | Accounts.LIMITED << index);
        } else if (limit >= 0) {
            int account = decision.from.row;
            state.limits.remove(limit);
            state.accounts.flags(account, state.accounts.flags(account) & ~(Accounts.LIMITED << index));
        }
        return Outcome.APPLIED;
    }

    Outcome setBudget(Decision decision) {
        setBudget.wrap(
                decision.command, decision.block(), SetBudgetDecoder.BLOCK_LENGTH, SetBudgetDecoder.SCHEMA_VERSION);
        long lowest = Math.min(setBudget.perCall(), Math.min(setBudget.perDay(), setBudget.perMonth()));
        if (lowest < 0) {
            return decision.refuse(Outcome.BAD_LIMIT, lowest, 0, UNLIMITED);
        }
        int token = state.tokens.find(setBudget.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int wallet = state.wallets.rowOf(setBudget.wallet());
        if (wallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        authority.reveal(decision, setBudget.caller(), wallet);
        if (state.wallets.isClosed(wallet)) {
            return decision.refuse(Outcome.CLOSED);
        }
        CallerDecoder caller = setBudget.caller();
        boolean below = setBudget.scope() == BudgetScope.BELOW;
        boolean controls = authority.controls(caller, wallet) || (below && Authority.isWallet(caller, wallet));
        int budget = state.budgets.find(wallet, token, below);
        if (!controls || (budget >= 0 && !authority.mayChange(caller, state.budgets.setter(budget)))) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        if (lowest != UNLIMITED) {
            change(wallet, token, below, budget, Authority.setter(caller));
        } else if (budget >= 0) {
            int row = state.controls.find(wallet);
            state.controls.firstBudget(row, state.budgets.remove(budget, state.controls.firstBudget(row)));
            state.controls.release(row);
        }
        state.wallets.touch(wallet);
        return Outcome.APPLIED;
    }

    private void change(int wallet, int token, boolean below, int found, long setter) {
        int budget = found;
        if (budget < 0) {
            int row = state.controls.touch(wallet);
            budget = state.budgets.add(wallet, token, below, state.controls.firstBudget(row));
            state.controls.firstBudget(row, budget);
        }
        state.budgets.change(budget, setBudget.perCall(), setBudget.perDay(), setBudget.perMonth(), setter);
    }
}
