package io.scrip.testkit.model;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who stands above whom, what each may spend, and what it has spent. */
final class NaiveRules {
    final Map<Long, Long> parents = new HashMap<>();
    final Map<Long, Set<Long>> children = new HashMap<>();
    final Set<Long> killed = new HashSet<>();
    /** Whom a wallet may pay, the first allowed first; none: everybody. */
    final Map<Long, LinkedHashSet<Long>> allowed = new HashMap<>();
    /** A wallet's budgets, the first set first. */
    final Map<Long, LinkedHashMap<NaiveBudget.Key, NaiveBudget>> budgets = new HashMap<>();
    /** An account's limits by window, the shortest first. */
    final Map<AccountKey, TreeMap<Integer, NaiveLimit>> limits = new HashMap<>();

    private final NaiveBooks books;

    NaiveRules(NaiveBooks books) {
        this.books = books;
    }

    /** A wallet and all above it, the nearest first. */
    List<Long> lineOf(long wallet) {
        List<Long> line = new ArrayList<>();
        for (Long each = wallet; each != null; each = parents.get(each)) {
            line.add(each);
        }
        return line;
    }

    boolean isAbove(long above, long wallet) {
        return above != wallet && lineOf(wallet).contains(above);
    }

    /** Levels from a wallet down to the deepest below it, its own counted. */
    int height(long wallet) {
        int height = 0;
        for (long child : children.getOrDefault(wallet, Set.of())) {
            height = Math.max(height, height(child));
        }
        return height + 1;
    }

    long below(long wallet) {
        long count = 0;
        for (long child : children.getOrDefault(wallet, Set.of())) {
            count += 1 + below(child);
        }
        return count;
    }

    /** The nearest wallet from here up whose switch is on, 0 without one. */
    long killedBy(long wallet) {
        for (long each : lineOf(wallet)) {
            if (killed.contains(each)) {
                return each;
            }
        }
        return 0;
    }

    NaiveBudget budget(long wallet, NaiveBudget.Key key) {
        return budgets.getOrDefault(wallet, new LinkedHashMap<>()).get(key);
    }

    NaiveLimit limit(AccountKey account, int window) {
        return limits.getOrDefault(account, new TreeMap<>()).get(window);
    }

    void checkKilled(long wallet, BigInteger amount) {
        long by = killedBy(wallet);
        if (by != 0) {
            throw Refusal.byRule(Outcome.KILLED, amount, Numbers.ZERO, Numbers.ZERO, by, SpendingWindow.NONE);
        }
    }

    /** Whether the movement may be spent: of all that refuse it the lowest outcome, and of those the first. */
    void check(Movement movement) {
        long payer = movement.from.wallet();
        BigInteger debit = movement.debit();
        BigInteger spent = spent(movement);
        checkKilled(payer, debit);
        Set<Long> mayPay = allowed.getOrDefault(payer, new LinkedHashSet<>());
        long payee = movement.to.wallet();
        if (payee != payer && !mayPay.isEmpty() && !mayPay.contains(payee)) {
            throw Refusal.byRule(
                    Outcome.COUNTERPARTY_NOT_ALLOWED, spent, Numbers.ZERO, Numbers.ZERO, payer, SpendingWindow.NONE);
        }
        if (spent.signum() == 0) {
            return;
        }
        Map<Long, NaiveBudget> caps = budgetsOver(movement.from);
        long now = books.timestampNs;
        caps.forEach((wallet, cap) ->
                cap(Outcome.PER_CALL_EXCEEDED, spent, Numbers.ZERO, cap.perCall, wallet, SpendingWindow.CALL));
        for (NaiveLimit limit : limitsOf(movement.from)) {
            BigInteger most = BigInteger.valueOf(limit.maxCount);
            SpendingWindow window = SpendingWindow.get((short) limit.window);
            cap(Outcome.COUNT_LIMIT_EXCEEDED, BigInteger.ONE, limit.count(now), most, payer, window);
        }
        for (NaiveLimit limit : limitsOf(movement.from)) {
            BigInteger most = BigInteger.valueOf(limit.maxSum);
            SpendingWindow window = SpendingWindow.get((short) limit.window);
            cap(Outcome.SUM_LIMIT_EXCEEDED, spent, limit.sum(now), most, payer, window);
        }
        caps.forEach((wallet, cap) -> cap(
                Outcome.DAY_BUDGET_EXCEEDED,
                spent,
                cap.spentToday(now),
                cap.perDay,
                wallet,
                SpendingWindow.CALENDAR_DAY));
        caps.forEach((wallet, cap) -> cap(
                Outcome.MONTH_BUDGET_EXCEEDED,
                spent,
                cap.spentThisMonth(now),
                cap.perMonth,
                wallet,
                SpendingWindow.CALENDAR_MONTH));
    }

    /** Counts what was checked and is now moved or reserved. */
    void record(Movement movement) {
        BigInteger spent = spent(movement);
        if (spent.signum() > 0) {
            budgetsOver(movement.from).values().forEach(budget -> budget.spend(spent, books.timestampNs, books));
            limitsOf(movement.from).forEach(limit -> limit.spend(spent, books.timestampNs, books));
        }
    }

    private static void cap(
            Outcome why, BigInteger more, BigInteger already, BigInteger most, long wallet, SpendingWindow window) {
        if (already.add(more).compareTo(most) > 0) {
            throw Refusal.byRule(why, more, most.subtract(already).max(Numbers.ZERO), most, wallet, window);
        }
    }

    /** What leaves the payer's wallet. */
    private static BigInteger spent(Movement movement) {
        boolean within = movement.from.wallet() == movement.to.wallet();
        return within ? movement.debit().subtract(movement.amount) : movement.debit();
    }

    private Iterable<NaiveLimit> limitsOf(AccountKey account) {
        TreeMap<Integer, NaiveLimit> byWindow = limits.get(account);
        return byWindow == null ? List.of() : byWindow.values();
    }

    /** The payer's own budget and those of every wallet above over all below it, by wallet, the nearest first. */
    private Map<Long, NaiveBudget> budgetsOver(AccountKey payer) {
        if (budgets.isEmpty()) {
            return Map.of();
        }
        Map<Long, NaiveBudget> found = new LinkedHashMap<>();
        for (long wallet : lineOf(payer.wallet())) {
            NaiveBudget budget = budget(wallet, new NaiveBudget.Key(payer.token(), wallet != payer.wallet()));
            if (budget != null) {
                found.put(wallet, budget);
            }
        }
        return found;
    }
}
