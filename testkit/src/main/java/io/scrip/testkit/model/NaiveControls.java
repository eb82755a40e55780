package io.scrip.testkit.model;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Commands that set the rules of spending. None of them is ever part of a chain, so nothing takes them back. */
final class NaiveControls {
    private static final long MAX_LEVELS = 8;
    private static final int MAX_COUNTERPARTIES = 64;

    private final NaiveBooks books;
    private final NaiveRules rules;

    NaiveControls(NaiveBooks books, NaiveRules rules) {
        this.books = books;
        this.rules = rules;
    }

    void setParent(SetParentDecoder command, Movement movement) {
        long wallet = command.wallet();
        long parent = command.parent();
        Refusal.when(wallet == parent, Outcome.SAME_WALLET);
        Refusal.when(!books.wallets.containsKey(wallet), Outcome.UNKNOWN_WALLET);
        reveal(wallet, command.caller(), movement);
        Refusal.when(parent != 0 && !books.wallets.containsKey(parent), Outcome.UNKNOWN_PARENT);
        Refusal.when(isClosed(wallet) || (parent != 0 && isClosed(parent)), Outcome.CLOSED);
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
        Refusal.when(parent != 0 && rules.isAbove(wallet, parent), Outcome.PARENT_CYCLE);
        long levels = parent == 0 ? 0 : rules.lineOf(parent).size();
        long height = rules.height(wallet);
        Refusal.when(levels + height > MAX_LEVELS, Outcome.HIERARCHY_TOO_DEEP, height, MAX_LEVELS - levels, MAX_LEVELS);
        Long before = rules.parents.remove(wallet);
        if (before != null) {
            rules.children.get(before).remove(wallet);
        }
        if (parent != 0) {
            rules.parents.put(wallet, parent);
            rules.children.computeIfAbsent(parent, none -> new TreeSet<>()).add(wallet);
        }
        touch(wallet);
    }

    void setLimit(SetLimitDecoder command, Movement movement) {
        long lowest = Math.min(command.maxCount(), command.maxSum());
        Refusal.when(lowest < 0, Outcome.BAD_LIMIT, lowest, 0L, Long.MAX_VALUE);
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        Refusal.when(!books.wallets.containsKey(command.wallet()), Outcome.UNKNOWN_WALLET);
        reveal(command.wallet(), command.caller(), movement);
        Refusal.when(!AccountKey.isUsable(command.account()), Outcome.UNKNOWN_ACCOUNT);
        AccountKey key = new AccountKey(command.wallet(), command.token(), command.account());
        if (lowest != Long.MAX_VALUE) {
            books.checkRoom(key);
        }
        Refusal.when(books.isClosed(key), Outcome.CLOSED);
        int window = command.window().value();
        NaiveLimit limit = rules.limit(key, window);
        CallerDecoder caller = command.caller();
        Refusal.when(
                !controls(caller, key.wallet()) || (limit != null && !mayChange(caller, limit.setter)),
                Outcome.NOT_AUTHORIZED);
        boolean unlimited = lowest == Long.MAX_VALUE;
        if (unlimited && limit == null) {
            return;
        }
        if (unlimited) {
            rules.limits.get(key).remove(window);
        } else {
            books.open(key);
            NaiveLimit changed = limit == null ? new NaiveLimit(window) : limit;
            changed.maxCount = command.maxCount();
            changed.maxSum = command.maxSum();
            changed.setter = setter(caller);
            rules.limits.computeIfAbsent(key, none -> new TreeMap<>()).put(window, changed);
        }
        NaiveAccount account = books.account(key);
        books.accounts.put(key, account.standing(account.frozen(), account.closed()));
    }

    void setBudget(SetBudgetDecoder command, Movement movement) {
        long wallet = command.wallet();
        long lowest = Math.min(command.perCall(), Math.min(command.perDay(), command.perMonth()));
        Refusal.when(lowest < 0, Outcome.BAD_LIMIT, lowest, 0L, Long.MAX_VALUE);
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        Refusal.when(!books.wallets.containsKey(wallet), Outcome.UNKNOWN_WALLET);
        reveal(wallet, command.caller(), movement);
        Refusal.when(isClosed(wallet), Outcome.CLOSED);
        boolean below = command.scope() == BudgetScope.BELOW;
        CallerDecoder caller = command.caller();
        NaiveBudget.Key key = new NaiveBudget.Key(command.token(), below);
        NaiveBudget budget = rules.budget(wallet, key);
        boolean itself = caller.role() == Role.WALLET && caller.wallet() == wallet;
        boolean may = controls(caller, wallet) || (below && itself);
        Refusal.when(!may || (budget != null && !mayChange(caller, budget.setter)), Outcome.NOT_AUTHORIZED);
        if (lowest != Long.MAX_VALUE) {
            NaiveBudget changed = budget == null ? new NaiveBudget() : budget;
            changed.perCall = BigInteger.valueOf(command.perCall());
            changed.perDay = BigInteger.valueOf(command.perDay());
            changed.perMonth = BigInteger.valueOf(command.perMonth());
            changed.setter = setter(caller);
            rules.budgets.computeIfAbsent(wallet, none -> new LinkedHashMap<>()).put(key, changed);
        } else if (budget != null) {
            rules.budgets.get(wallet).remove(key);
        }
        touch(wallet);
    }

    void allow(AllowCounterpartyDecoder command, Movement movement) {
        long wallet = command.wallet();
        long counterparty = command.counterparty();
        checkCounterparty(wallet, counterparty, command.caller(), movement);
        LinkedHashSet<Long> list = rules.allowed.computeIfAbsent(wallet, none -> new LinkedHashSet<>());
        boolean full = list.size() == MAX_COUNTERPARTIES && !list.contains(counterparty);
        Refusal.when(full, Outcome.TOO_MANY_COUNTERPARTIES, 1L, 0L, MAX_COUNTERPARTIES);
        list.add(counterparty);
        touch(wallet);
    }

    void remove(RemoveCounterpartyDecoder command, Movement movement) {
        long wallet = command.wallet();
        checkCounterparty(wallet, command.counterparty(), command.caller(), movement);
        rules.allowed.getOrDefault(wallet, new LinkedHashSet<>()).remove(command.counterparty());
        touch(wallet);
    }

    private void checkCounterparty(long wallet, long counterparty, CallerDecoder caller, Movement movement) {
        Refusal.when(wallet == counterparty, Outcome.SAME_WALLET);
        Refusal.when(!books.wallets.containsKey(wallet), Outcome.UNKNOWN_WALLET);
        reveal(wallet, caller, movement);
        Refusal.when(!books.wallets.containsKey(counterparty), Outcome.UNKNOWN_COUNTERPARTY);
        Refusal.when(isClosed(wallet), Outcome.CLOSED);
        Refusal.when(!controls(caller, wallet), Outcome.NOT_AUTHORIZED);
    }

    void killSwitch(KillSwitchDecoder command, Movement movement) {
        long wallet = command.wallet();
        boolean on = command.on() == 1;
        Refusal.when(!books.wallets.containsKey(wallet), Outcome.UNKNOWN_WALLET);
        reveal(wallet, command.caller(), movement);
        Refusal.when(isClosed(wallet), Outcome.CLOSED);
        CallerDecoder caller = command.caller();
        boolean itself = caller.role() == Role.WALLET && caller.wallet() == wallet;
        Refusal.when(!controls(caller, wallet) && !(on && itself), Outcome.NOT_AUTHORIZED);
        if (on) {
            rules.killed.add(wallet);
        } else {
            rules.killed.remove(wallet);
        }
        touch(wallet);
    }

    /** The operator sets the rules of every wallet, a wallet of those below it. */
    boolean controls(CallerDecoder caller, long wallet) {
        return NaiveLedger.isOperator(caller.role())
                || (caller.role() == Role.WALLET && rules.isAbove(caller.wallet(), wallet));
    }

    /** What the operator has set only the operator changes; what a wallet has set, none below that one. */
    private boolean mayChange(CallerDecoder caller, long setter) {
        return NaiveLedger.isOperator(caller.role()) || (setter != 0 && !rules.isAbove(setter, caller.wallet()));
    }

    private static long setter(CallerDecoder caller) {
        return NaiveLedger.isOperator(caller.role()) ? 0 : caller.wallet();
    }

    private boolean isClosed(long wallet) {
        return books.wallets.get(wallet).closed();
    }

    private void touch(long wallet) {
        books.wallets.put(wallet, books.wallets.get(wallet).touched());
    }

    /** The answer, refused or not, names the wallet only to who may know of it. */
    private void reveal(long wallet, CallerDecoder caller, Movement movement) {
        boolean itself = caller.role() == Role.WALLET && caller.wallet() == wallet;
        movement.wallet = itself || controls(caller, wallet) ? wallet : 0;
    }
}
