package io.scrip.testkit.workload;

import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import io.scrip.testkit.model.AccountKey;
import io.scrip.testkit.model.ControlsView;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.workload.Messages.Authority;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Commands that set what may be spent, with caps around what was spent by now. */
final class RuleRequests {
    /** So many that a list can be full. */
    private static final int MANY_WALLETS = 70;

    private static final long CHOOSIEST = 2;

    private final Chance chance;
    private final NaiveLedger model;
    private final Messages messages;
    private final Ingredients ingredients;
    private final List<Long> stopped = new ArrayList<>();
    private final List<Long> choosy = new ArrayList<>();

    RuleRequests(Chance chance, NaiveLedger model, Messages messages, Ingredients ingredients) {
        this.chance = chance;
        this.model = model;
        this.messages = messages;
        this.ingredients = ingredients;
    }

    DirectBuffer setParent(Id id) {
        long wallet = ingredients.wallet();
        long parent = chance.oneIn(6) ? 0 : chance.oneIn(20) ? wallet : ingredients.wallet();
        return messages.setParent(id, ingredients.operator(), wallet, parent);
    }

    DirectBuffer setLimit(Id id) {
        AccountKey account = ingredients.account(ingredients.token());
        SpendingWindow window = SpendingWindow.get((short) chance.between(1, 4));
        long usedCount = 0;
        long usedSum = 0;
        for (ControlsView.Limit limit : controls(account.wallet()).limits()) {
            if (limit.token() == account.token()
                    && limit.code() == account.code()
                    && limit.window() == window.value()) {
                usedCount = limit.usedCount();
                usedSum = limit.usedSum();
            }
        }
        boolean removes = chance.oneIn(5);
        return messages.setLimit(
                id,
                authority(account.wallet()),
                account,
                window,
                removes ? Long.MAX_VALUE : cap(usedCount, 5),
                removes ? Long.MAX_VALUE : cap(usedSum, 1_000));
    }

    DirectBuffer setBudget(Id id) {
        long wallet = ingredients.wallet();
        long token = ingredients.token();
        BudgetScope scope = chance.coin() ? BudgetScope.OWN : BudgetScope.BELOW;
        long today = 0;
        long thisMonth = 0;
        for (ControlsView.Budget budget : controls(wallet).budgets()) {
            if (budget.token() == token && budget.below() == (scope == BudgetScope.BELOW)) {
                today = budget.today();
                thisMonth = budget.thisMonth();
            }
        }
        long[] caps = chance.oneIn(5)
                ? new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE}
                : new long[] {cap(0, 5_000), cap(today, 10_000), cap(thisMonth, 50_000)};
        return messages.setBudget(id, authority(wallet), wallet, token, scope, caps);
    }

    /** Whom a wallet may pay; now and then so many at once that the list is full. */
    DirectBuffer allow(Id id) {
        if (model.wallets() > MANY_WALLETS && chance.coin()) {
            long next = controls(CHOOSIEST).counterparties().size() + CHOOSIEST + 1;
            return messages.allow(id, Authority.OPERATOR, CHOOSIEST, next);
        }
        long wallet = !choosy.isEmpty() && chance.below(4) > 0 ? chance.pick(choosy) : ingredients.wallet();
        choosy.add(wallet);
        return messages.allow(id, authority(wallet), wallet, ingredients.wallet());
    }

    /** Lists are mostly emptied again: where nobody may pay anybody nothing is found. */
    DirectBuffer disallow(Id id) {
        long wallet = choosy.isEmpty() ? ingredients.wallet() : chance.pick(choosy);
        List<Long> list = controls(wallet).counterparties();
        long counterparty = list.isEmpty() || chance.oneIn(8) ? ingredients.wallet() : chance.pick(list);
        if (list.size() == 1) {
            choosy.removeIf(each -> each == wallet);
        }
        return messages.disallow(id, authority(wallet), wallet, counterparty);
    }

    /** What is stopped is mostly started again. */
    DirectBuffer killSwitch(Id id) {
        if (!stopped.isEmpty() && chance.below(4) > 0) {
            long started = stopped.remove(chance.below(stopped.size()));
            return messages.killSwitch(id, Authority.OPERATOR, started, false);
        }
        long wallet = ingredients.wallet();
        stopped.add(wallet);
        return messages.killSwitch(id, authority(wallet), wallet, chance.below(8) > 0);
    }

    /** What is left of one of a wallet's caps; 0 without any. */
    long left(long wallet) {
        ControlsView controls = controls(wallet);
        if (chance.coin() && !controls.limits().isEmpty()) {
            ControlsView.Limit limit = chance.pick(controls.limits());
            return limit.maxSum() - limit.usedSum();
        }
        if (controls.budgets().isEmpty()) {
            return controls.parent() == 0 ? 0 : left(controls.parent());
        }
        ControlsView.Budget budget = chance.pick(controls.budgets());
        return switch (chance.below(3)) {
            case 0 -> budget.perCall();
            case 1 -> budget.perDay() - budget.today();
            default -> budget.perMonth() - budget.thisMonth();
        };
    }

    private long cap(long used, long usual) {
        return switch (chance.below(12)) {
            case 0 -> used;
            case 1 -> used + 1;
            case 2 -> used - 1;
            case 3, 4, 5 -> Long.MAX_VALUE;
            case 6 -> chance.pick(0, 1, -1, Long.MAX_VALUE - 1);
            default -> used + chance.between(0, usual);
        };
    }

    private ControlsView controls(long wallet) {
        return model.controls(wallet >= 1 && wallet <= model.wallets() ? wallet : Ingredients.PLATFORM);
    }

    /** Mostly the operator; else a wallet above, the wallet itself, or anybody. */
    private Authority authority(long wallet) {
        return switch (chance.below(10)) {
            case 0 -> Authority.of(ingredients.wallet());
            case 1 -> Authority.of(wallet);
            case 2, 3, 4, 5 -> {
                long parent = controls(wallet).parent();
                long above =
                        parent == 0 || chance.coin() ? parent : controls(parent).parent();
                yield above == 0 ? Authority.OPERATOR : Authority.of(above);
            }
            case 6 -> new Authority(Role.AUDITOR, 0);
            default -> ingredients.operator();
        };
    }
}
