package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.ControlCommands.Leg;
import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.ledger.RuleLedger.Said;
import io.scrip.ledger.RuleLedger.Spent;
import io.scrip.ledger.RuleLedger.Used;
import io.scrip.ledger.SpendingModel.Account;
import io.scrip.ledger.SpendingModel.BudgetKey;
import io.scrip.ledger.SpendingModel.LimitKey;
import io.scrip.ledger.SpendingModel.Payment;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.TransferKind;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random families spend, hold, and have their rules changed; the core must say what a naive model says. */
class SpendingModelTest {
    private static final int SEEDS = 25;
    private static final int STEPS = 1_200;
    private static final int WALLETS = 11;
    private static final long REVENUE = 12;
    private static final int SUB_ACCOUNT = 300;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long CRD = RuleLedger.CRD;

    private SplittableRandom random;
    private RuleLedger core;
    private SpendingModel model;
    private final Set<Outcome> seen = EnumSet.noneOf(Outcome.class);

    @Test
    void theCoreSaysWhatTheModelSays() {
        Long only = Long.getLong("spending.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            run(seed);
        }
        if (only == null) {
            assertTrue(
                    seen.containsAll(EnumSet.of(
                            Outcome.APPLIED,
                            Outcome.LINKED_FAILED,
                            Outcome.INSUFFICIENT_FUNDS,
                            Outcome.PARENT_CYCLE,
                            Outcome.HIERARCHY_TOO_DEEP,
                            Outcome.KILLED,
                            Outcome.COUNTERPARTY_NOT_ALLOWED,
                            Outcome.PER_CALL_EXCEEDED,
                            Outcome.COUNT_LIMIT_EXCEEDED,
                            Outcome.SUM_LIMIT_EXCEEDED,
                            Outcome.DAY_BUDGET_EXCEEDED,
                            Outcome.MONTH_BUDGET_EXCEEDED)),
                    "the workload is too tame: " + seen);
        }
    }

    private void run(long seed) {
        random = new SplittableRandom(seed);
        core = RuleLedger.withWallets(WALLETS);
        core.say(ControlCommands.setFee(core.nextId(), TransferKind.TIP, FeePayer.SENDER, 1000, REVENUE));
        core.say(ControlCommands.setFee(core.nextId(), TransferKind.CREDIT, FeePayer.RECEIVER, 1000, REVENUE));
        model = new SpendingModel();
        for (long wallet = 2; wallet < 2 + WALLETS; wallet++) {
            model.balances.put(new Account(wallet, 0), BigInteger.valueOf(RuleLedger.RICH));
        }
        for (long wallet = 3; wallet < 3 + seed % 8; wallet++) {
            model.parents.put(wallet, wallet - 1);
            assertEquals(Outcome.APPLIED, core.parent(wallet, wallet - 1));
        }
        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + ", step " + step
                    + ": mvn -pl ledger-core -am test -Dtest=SpendingModelTest -Dspending.seed=" + seed;
            pass();
            step(where);
            if (step % 100 == 0) {
                compareAll(where);
            }
        }
        assertEquals(core.stateHash(), core.replayedHash(), "seed " + seed);
        assertTrue(core.ledger.processor.trialBalance().isZero());
    }

    /** Time goes on: mostly a little, sometimes to an edge of a bucket, a day or a month, or just before it. */
    private void pass() {
        long now = now();
        long seconds = now / SECOND_NS;
        long edge = switch (random.nextInt(12)) {
            case 0 -> (seconds + 1) * SECOND_NS;
            case 1 -> (seconds / 60 + 1) * 60 * SECOND_NS;
            case 2 -> (seconds / 900 + 1) * 900 * SECOND_NS;
            case 3 -> (seconds / 21_600 + 1) * 21_600 * SECOND_NS;
            case 4 -> (seconds / 86_400 + 1) * 86_400 * SECOND_NS;
            case 5 -> random.nextInt(4) == 0 ? nextMonth(now) : now;
            case 6 -> now + random.nextLong(60 * 60 * SECOND_NS);
            case 7 -> now + (random.nextInt(20) == 0 ? random.nextLong(40L * 86_400 * SECOND_NS) : 0);
            default -> now;
        };
        long next = edge == now || random.nextBoolean() ? edge : edge - 1;
        core.at(Math.max(next, now));
        model.expire(now());
    }

    private static long nextMonth(long nowNs) {
        return Instant.ofEpochSecond(0, nowNs)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .withDayOfMonth(1)
                        .plusMonths(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toEpochSecond()
                * SECOND_NS;
    }

    private long now() {
        return core.ledger.nextTimestampNs();
    }

    private void step(String where) {
        switch (random.nextInt(24)) {
            case 0 -> setParent(where);
            case 1, 2 -> setLimit(where);
            case 3, 4 -> setBudget(where);
            case 5 -> changeList(where);
            case 6 -> kill(where);
            case 7 -> resolveHold(where);
            case 8, 9 -> multi(where);
            case 10, 11, 12 -> batch(where);
            default -> single(where);
        }
    }

    private long wallet() {
        return 2L + random.nextInt(WALLETS - 1);
    }

    private long amount() {
        return switch (random.nextInt(6)) {
            case 0 -> 1;
            case 1 -> 100;
            case 2 -> 101;
            case 3 -> 1 + random.nextLong(RuleLedger.RICH / 20);
            default -> 1 + random.nextInt(60);
        };
    }

    private long cap() {
        return switch (random.nextInt(5)) {
            case 0 -> ControlCommands.UNLIMITED;
            case 1 -> random.nextInt(3);
            default -> 50 + random.nextInt(400);
        };
    }

    private Spend randomSpend(long from) {
        TransferKind kind = random.nextInt(4) == 0
                ? TransferKind.TIP
                : random.nextInt(4) == 0 ? TransferKind.CREDIT : TransferKind.PLAIN;
        boolean inside = random.nextInt(8) == 0;
        int fromAccount = random.nextInt(8) == 0 ? SUB_ACCOUNT : 0;
        long to = wallet();
        while (!inside && to == from) {
            to = wallet();
        }
        Spend spend = inside
                ? Spend.of(from, from, CRD, amount()).between(fromAccount, SUB_ACCOUNT - fromAccount)
                : Spend.of(from, to, CRD, amount()).between(fromAccount, 0);
        boolean hold = random.nextInt(6) == 0;
        return hold ? spend.held(1 + random.nextLong(100 * SECOND_NS)) : spend.kind(kind);
    }

    private Said expected(Spend spend, long id) {
        Payment payment = new Payment(
                new Account(spend.from(), spend.fromAccount()),
                new Account(spend.to(), spend.toAccount()),
                spend.amount(),
                spend.kind() == TransferKind.TIP ? 10 : 0,
                spend.kind() == TransferKind.CREDIT ? 10 : 0);
        return model.pay(payment, now(), id, spend.timeoutNs() == 0 ? 0 : now() + spend.timeoutNs());
    }

    private void single(String where) {
        Spend spend = randomSpend(wallet());
        long id = core.nextId();
        Said expected = expected(spend, id);
        Said said = core.say(ControlCommands.spend(id, spend));
        seen.add(said.outcome());
        assertEquals(expected, said, where + " " + spend);
    }

    private void multi(String where) {
        long from = wallet();
        Leg[] legs = new Leg[1 + random.nextInt(4)];
        Object before = model.snapshot();
        Said expected = null;
        for (int i = 0; i < legs.length; i++) {
            long to = wallet();
            legs[i] = new Leg(from, to == from ? REVENUE : to, CRD, amount());
            if (expected == null || expected.outcome() == Outcome.APPLIED) {
                expected = expected(Spend.of(from, legs[i].to(), CRD, legs[i].amount()), 0);
            }
        }
        if (expected.outcome() != Outcome.APPLIED) {
            model.restore(before);
        }
        assertEquals(expected, core.say(ControlCommands.multi(core.nextId(), from, legs)), where);
    }

    /** A batch of one payer: some items for themselves, some in chains. */
    private void batch(String where) {
        long from = wallet();
        int size = 1 + random.nextInt(8);
        List<Item> items = new ArrayList<>();
        List<Outcome> expected = new ArrayList<>();
        Object before = model.snapshot();
        int chainStart = 0;
        boolean failed = false;
        for (int i = 0; i < size; i++) {
            boolean linked = i < size - 1 && random.nextBoolean();
            Spend spend = randomSpend(from);
            long id = core.nextId();
            items.add(new Item(linked, ControlCommands.spend(id, spend)));
            Outcome outcome =
                    failed ? Outcome.LINKED_FAILED : expected(spend, id).outcome();
            expected.add(outcome);
            boolean inChain = linked || i > chainStart;
            if (inChain && !failed && outcome != Outcome.APPLIED) {
                failed = true;
                model.restore(before);
                for (int earlier = chainStart; earlier < i; earlier++) {
                    expected.set(earlier, Outcome.LINKED_FAILED);
                }
            }
            if (!linked) {
                chainStart = i + 1;
                failed = false;
                before = model.snapshot();
            }
        }
        List<Outcome> outcomes = core.ledger.batch(Commands.batch(Role.WALLET, from, items)).stream()
                .map(TestLedger.Answer::outcome)
                .toList();
        seen.addAll(outcomes);
        assertEquals(expected, outcomes, where);
    }

    private void resolveHold(String where) {
        Set<Long> ids = new HashSet<>(model.holds.keySet());
        if (ids.isEmpty()) {
            return;
        }
        long id = ids.stream()
                .sorted()
                .skip(random.nextInt(ids.size()))
                .findFirst()
                .orElseThrow();
        Payment payment = model.holds.remove(id).payment();
        boolean post = random.nextBoolean();
        if (payment.from().wallet() == payment.to().wallet()
                && isKilled(payment.from().wallet())) {
            post = false;
        }
        if (post) {
            model.book(payment);
        }
        long payee = payment.to().wallet();
        var command = post
                ? ControlCommands.post(core.nextId(), payee, id, 0)
                : ControlCommands.voidHold(core.nextId(), payee, id);
        assertEquals(Outcome.APPLIED, core.say(command).outcome(), where);
    }

    private boolean isKilled(long wallet) {
        return model.killed.contains(wallet) || model.ancestors(wallet).stream().anyMatch(model.killed::contains);
    }

    private void setParent(String where) {
        long child = wallet();
        long parent = random.nextInt(6) == 0 ? 0 : random.nextBoolean() ? deepest() : wallet();
        Outcome expected = Outcome.APPLIED;
        if (child == parent) {
            expected = Outcome.SAME_WALLET;
        } else if (model.ancestors(parent).contains(child)) {
            expected = Outcome.PARENT_CYCLE;
        } else if (parent != 0 && model.ancestors(parent).size() + 1 + model.height(child) > 8) {
            expected = Outcome.HIERARCHY_TOO_DEEP;
        } else if (parent == 0) {
            model.parents.remove(child);
        } else {
            model.parents.put(child, parent);
        }
        seen.add(expected);
        assertEquals(expected, core.parent(child, parent), where);
    }

    private long deepest() {
        long deepest = 2;
        for (long wallet = 3; wallet < 1 + WALLETS; wallet++) {
            if (model.ancestors(wallet).size() > model.ancestors(deepest).size()) {
                deepest = wallet;
            }
        }
        return deepest;
    }

    private void setLimit(String where) {
        Account account = new Account(wallet(), random.nextInt(8) == 0 ? SUB_ACCOUNT : 0);
        SpendingWindow window = SpendingRules.windowOf(random.nextInt(4));
        boolean removal = random.nextInt(3) == 0;
        long maxCount = removal || random.nextBoolean() ? ControlCommands.UNLIMITED : random.nextInt(20);
        long maxSum = removal ? ControlCommands.UNLIMITED : cap();
        model.setLimit(new LimitKey(account, window), maxCount, maxSum);
        var command = ControlCommands.setLimit(
                core.nextId(), 0, account.wallet(), CRD, account.code(), window, maxCount, maxSum);
        assertEquals(Outcome.APPLIED, core.say(command).outcome(), where);
    }

    private void setBudget(String where) {
        BudgetKey key = new BudgetKey(wallet(), random.nextBoolean());
        boolean removal = random.nextInt(3) == 0;
        long perCall = removal || random.nextBoolean() ? ControlCommands.UNLIMITED : 10 + random.nextInt(100);
        long perDay = removal ? ControlCommands.UNLIMITED : cap();
        long perMonth = removal ? ControlCommands.UNLIMITED : cap();
        model.setBudget(key, perCall, perDay, perMonth);
        BudgetScope scope = key.below() ? BudgetScope.BELOW : BudgetScope.OWN;
        assertEquals(Outcome.APPLIED, core.budget(0, key.wallet(), scope, perCall, perDay, perMonth), where);
    }

    private void changeList(String where) {
        long payer = wallet();
        long payee = wallet();
        Set<Long> list = model.allowed.computeIfAbsent(payer, any -> new HashSet<>());
        if (payer == payee) {
            assertEquals(Outcome.SAME_WALLET, core.allow(0, payer, payee), where);
        } else if (random.nextInt(3) == 0) {
            list.add(payee);
            assertEquals(Outcome.APPLIED, core.allow(0, payer, payee), where);
        } else {
            long listed = list.isEmpty() ? payee : list.iterator().next();
            list.remove(listed);
            assertEquals(Outcome.APPLIED, core.remove(0, payer, listed), where);
        }
    }

    private void kill(String where) {
        long wallet = wallet();
        boolean on = random.nextInt(3) == 0;
        if (on) {
            model.killed.add(wallet);
        } else {
            wallet = model.killed.isEmpty() ? wallet : model.killed.iterator().next();
            model.killed.remove(wallet);
        }
        assertEquals(Outcome.APPLIED, core.kill(0, wallet, on), where);
    }

    private void compareAll(String where) {
        long now = core.ledger.processor.lastTimestampNs();
        for (long wallet = 2; wallet < 2 + WALLETS - 1; wallet++) {
            RuleLedger.Controls controls = core.controls(wallet);
            assertEquals(model.parents.getOrDefault(wallet, 0L), controls.parent(), where);
            assertEquals(model.below(wallet), controls.below(), where);
            assertEquals(model.killed.contains(wallet), controls.killed(), where);
            assertEquals(isKilled(wallet), controls.killedBy() != 0, where);
            assertEquals(model.allowed.getOrDefault(wallet, Set.of()), new HashSet<>(controls.counterparties()), where);
            assertEquals(model.limitsOf(wallet).size(), controls.limits().size(), where);
            for (Used used : controls.limits()) {
                LimitKey key = new LimitKey(new Account(wallet, used.account()), used.window());
                assertEquals(model.usedCount(key, now), used.count(), where);
                assertEquals(model.usedSum(key, now), BigInteger.valueOf(used.sum()), where);
            }
            assertEquals(model.budgetsOf(wallet).size(), controls.budgets().size(), where);
            for (Spent spent : controls.budgets()) {
                BudgetKey key = new BudgetKey(wallet, spent.scope() == BudgetScope.BELOW);
                assertEquals(model.spentToday(key, now), BigInteger.valueOf(spent.today()), where);
                assertEquals(model.spentThisMonth(key, now), BigInteger.valueOf(spent.thisMonth()), where);
            }
        }
    }
}
