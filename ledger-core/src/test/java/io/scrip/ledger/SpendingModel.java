package io.scrip.ledger;

import io.scrip.ledger.RuleLedger.Said;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules of spending once more, as naively as can be: every debit is kept for ever, and each question goes through
 * all of them. Shares nothing with the core but the words.
 */
final class SpendingModel {
    private static final BigInteger UNLIMITED = BigInteger.valueOf(Long.MAX_VALUE);

    record Account(long wallet, int code) {}

    record Payment(Account from, Account to, long amount, int senderFeePercent, int receiverFeePercent) {
        long senderFee() {
            return percent(amount, senderFeePercent);
        }

        long receiverFee() {
            return percent(amount, receiverFeePercent);
        }
    }

    record LimitKey(Account account, SpendingWindow window) {}

    record BudgetKey(long wallet, boolean below) {}

    record Hold(Payment payment, long expiresNs) {}

    private record Debit(long timeNs, Account from, List<Long> ancestors, BigInteger amount) {}

    private record Limit(long maxCount, long maxSum, int since) {}

    private record Budget(long perCall, long perDay, long perMonth, int since) {}

    private record Snapshot(Map<Account, BigInteger> balances, Map<Long, Hold> holds, int debits) {}

    final Map<Account, BigInteger> balances = new HashMap<>();
    final Map<Long, Long> parents = new HashMap<>();
    final Map<Long, Set<Long>> allowed = new HashMap<>();
    final Set<Long> killed = new HashSet<>();
    final Map<Long, Hold> holds = new HashMap<>();
    private final Map<LimitKey, Limit> limits = new HashMap<>();
    private final Map<BudgetKey, Budget> budgets = new HashMap<>();
    private final List<Debit> debits = new ArrayList<>();

    private static long percent(long amount, int percent) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(percent))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    Object snapshot() {
        return new Snapshot(new HashMap<>(balances), new HashMap<>(holds), debits.size());
    }

    void restore(Object taken) {
        Snapshot snapshot = (Snapshot) taken;
        balances.clear();
        balances.putAll(snapshot.balances());
        holds.clear();
        holds.putAll(snapshot.holds());
        debits.subList(snapshot.debits(), debits.size()).clear();
    }

    void expire(long nowNs) {
        holds.values().removeIf(hold -> hold.expiresNs() <= nowNs);
    }

    BigInteger balance(Account account) {
        return balances.getOrDefault(account, BigInteger.ZERO);
    }

    private BigInteger available(Account account) {
        BigInteger available = balance(account);
        for (Hold hold : holds.values()) {
            if (hold.payment().from().equals(account)) {
                available = available.subtract(BigInteger.valueOf(hold.payment().amount()));
            }
        }
        return available;
    }

    /** Decides a payment and, when it is possible, books or holds it. */
    Said pay(Payment payment, long nowNs, long holdId, long expiresNs) {
        long debit = payment.amount() + payment.senderFee();
        BigInteger available = available(payment.from());
        if (available.compareTo(BigInteger.valueOf(debit)) < 0) {
            return new Said(Outcome.INSUFFICIENT_FUNDS, debit, available.longValueExact(), 0, SpendingWindow.NONE, 0);
        }
        List<Said> refusals = refusals(payment, nowNs);
        if (!refusals.isEmpty()) {
            return refusals.stream()
                    .min(Comparator.comparingInt(said -> said.outcome().value()))
                    .orElseThrow();
        }
        if (spent(payment) > 0) {
            debits.add(new Debit(
                    nowNs, payment.from(), ancestors(payment.from().wallet()), BigInteger.valueOf(spent(payment))));
        }
        if (expiresNs > 0) {
            holds.put(holdId, new Hold(payment, expiresNs));
        } else {
            book(payment);
        }
        return new Said(Outcome.APPLIED, 0, 0, 0, SpendingWindow.NONE, 0);
    }

    void book(Payment payment) {
        balances.merge(
                payment.from(),
                BigInteger.valueOf(payment.amount() + payment.senderFee()).negate(),
                BigInteger::add);
        balances.merge(payment.to(), BigInteger.valueOf(payment.amount() - payment.receiverFee()), BigInteger::add);
    }

    private static long spent(Payment payment) {
        boolean inside = payment.from().wallet() == payment.to().wallet();
        return (inside ? 0 : payment.amount()) + payment.senderFee();
    }

    List<Long> ancestors(long wallet) {
        List<Long> ancestors = new ArrayList<>();
        for (Long above = parents.get(wallet); above != null; above = parents.get(above)) {
            ancestors.add(above);
        }
        return ancestors;
    }

    int height(long wallet) {
        int height = 0;
        for (Map.Entry<Long, Long> link : parents.entrySet()) {
            if (link.getValue() == wallet) {
                height = Math.max(height, height(link.getKey()));
            }
        }
        return height + 1;
    }

    long below(long wallet) {
        return parents.keySet().stream()
                .filter(child -> ancestors(child).contains(wallet))
                .count();
    }

    private List<Said> refusals(Payment payment, long nowNs) {
        List<Said> refusals = new ArrayList<>();
        long payer = payment.from().wallet();
        long spent = spent(payment);
        List<Long> chain = new ArrayList<>(List.of(payer));
        chain.addAll(ancestors(payer));
        for (long wallet : chain) {
            if (killed.contains(wallet)) {
                refusals.add(new Said(
                        Outcome.KILLED, payment.amount() + payment.senderFee(), 0, 0, SpendingWindow.NONE, wallet));
            }
        }
        Set<Long> list = allowed.getOrDefault(payer, Set.of());
        long payee = payment.to().wallet();
        if (payer != payee && !list.isEmpty() && !list.contains(payee)) {
            refusals.add(new Said(Outcome.COUNTERPARTY_NOT_ALLOWED, spent, 0, 0, SpendingWindow.NONE, payer));
        }
        if (spent == 0) {
            return refusals;
        }
        for (long wallet : chain) {
            addBudget(refusals, wallet, wallet != payer, spent, nowNs);
        }
        for (SpendingWindow window : SpendingWindow.values()) {
            addLimit(refusals, new LimitKey(payment.from(), window), spent, nowNs);
        }
        return refusals;
    }

    private void addBudget(List<Said> refusals, long wallet, boolean below, long spent, long nowNs) {
        BudgetKey key = new BudgetKey(wallet, below);
        Budget budget = budgets.get(key);
        if (budget == null) {
            return;
        }
        compare(
                refusals,
                Outcome.PER_CALL_EXCEEDED,
                spent,
                BigInteger.ZERO,
                budget.perCall(),
                SpendingWindow.CALL,
                wallet);
        compare(
                refusals,
                Outcome.DAY_BUDGET_EXCEEDED,
                spent,
                spentToday(key, nowNs),
                budget.perDay(),
                SpendingWindow.CALENDAR_DAY,
                wallet);
        compare(
                refusals,
                Outcome.MONTH_BUDGET_EXCEEDED,
                spent,
                spentThisMonth(key, nowNs),
                budget.perMonth(),
                SpendingWindow.CALENDAR_MONTH,
                wallet);
    }

    private void addLimit(List<Said> refusals, LimitKey key, long spent, long nowNs) {
        Limit limit = limits.get(key);
        if (limit == null) {
            return;
        }
        long wallet = key.account().wallet();
        compare(
                refusals,
                Outcome.COUNT_LIMIT_EXCEEDED,
                1,
                BigInteger.valueOf(usedCount(key, nowNs)),
                limit.maxCount(),
                key.window(),
                wallet);
        compare(refusals, Outcome.SUM_LIMIT_EXCEEDED, spent, usedSum(key, nowNs), limit.maxSum(), key.window(), wallet);
    }

    private static void compare(
            List<Said> refusals,
            Outcome outcome,
            long more,
            BigInteger already,
            long most,
            SpendingWindow window,
            long wallet) {
        BigInteger room = BigInteger.valueOf(most).subtract(already);
        if (room.compareTo(BigInteger.valueOf(more)) < 0) {
            refusals.add(new Said(outcome, more, room.max(BigInteger.ZERO).longValueExact(), most, window, wallet));
        }
    }

    void setLimit(LimitKey key, long maxCount, long maxSum) {
        Limit old = limits.remove(key);
        if (!isUnlimited(maxCount) || !isUnlimited(maxSum)) {
            limits.put(key, new Limit(maxCount, maxSum, old == null ? debits.size() : old.since()));
        }
    }

    void setBudget(BudgetKey key, long perCall, long perDay, long perMonth) {
        Budget old = budgets.remove(key);
        if (!isUnlimited(perCall) || !isUnlimited(perDay) || !isUnlimited(perMonth)) {
            budgets.put(key, new Budget(perCall, perDay, perMonth, old == null ? debits.size() : old.since()));
        }
    }

    private static boolean isUnlimited(long cap) {
        return BigInteger.valueOf(cap).equals(UNLIMITED);
    }

    Set<LimitKey> limitsOf(long wallet) {
        Set<LimitKey> keys = new HashSet<>(limits.keySet());
        keys.removeIf(key -> key.account().wallet() != wallet);
        return keys;
    }

    Set<BudgetKey> budgetsOf(long wallet) {
        Set<BudgetKey> keys = new HashSet<>(budgets.keySet());
        keys.removeIf(key -> key.wallet() != wallet);
        return keys;
    }

    long usedCount(LimitKey key, long nowNs) {
        return debits.subList(limits.get(key).since(), debits.size()).stream()
                .filter(debit -> isInWindow(debit, key, nowNs))
                .count();
    }

    BigInteger usedSum(LimitKey key, long nowNs) {
        return sum(limits.get(key).since(), debit -> isInWindow(debit, key, nowNs));
    }

    private static boolean isInWindow(Debit debit, LimitKey key, long nowNs) {
        long bucketSeconds = key.window() == SpendingWindow.MINUTE
                ? 1
                : key.window() == SpendingWindow.HOUR ? 60 : key.window() == SpendingWindow.DAY ? 900 : 21_600;
        long buckets = key.window() == SpendingWindow.DAY ? 96 : key.window() == SpendingWindow.THIRTY_DAYS ? 120 : 60;
        long now = Instant.ofEpochSecond(0, nowNs).getEpochSecond() / bucketSeconds;
        long then = Instant.ofEpochSecond(0, debit.timeNs()).getEpochSecond() / bucketSeconds;
        return debit.from().equals(key.account()) && then > now - buckets;
    }

    BigInteger spentToday(BudgetKey key, long nowNs) {
        return sum(
                budgets.get(key).since(),
                debit -> counts(key, debit) && day(debit.timeNs()).equals(day(nowNs)));
    }

    BigInteger spentThisMonth(BudgetKey key, long nowNs) {
        return sum(
                budgets.get(key).since(),
                debit -> counts(key, debit)
                        && YearMonth.from(day(debit.timeNs())).equals(YearMonth.from(day(nowNs))));
    }

    private static boolean counts(BudgetKey key, Debit debit) {
        return key.below()
                ? debit.ancestors().contains(key.wallet())
                : debit.from().wallet() == key.wallet();
    }

    private static LocalDate day(long timeNs) {
        return Instant.ofEpochSecond(0, timeNs).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private BigInteger sum(int since, Predicate<Debit> which) {
        return debits.subList(since, debits.size()).stream()
                .filter(which)
                .map(Debit::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
