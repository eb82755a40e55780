package io.scrip.testkit.model;

import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.ControlsReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/** What bounds a wallet's spending, and how much of it is used. */
public record ControlsView(
        long wallet,
        long sequence,
        long timestampNs,
        long parent,
        long below,
        boolean killed,
        long killedBy,
        List<Budget> budgets,
        List<Limit> limits,
        List<Long> counterparties) {

    /** One of the wallet's budgets; the newest stands first. */
    public record Budget(
            long token,
            boolean below,
            long perCall,
            long perDay,
            long perMonth,
            long today,
            long thisMonth,
            int scale) {}

    /** A limit of one of the wallet's accounts; those of the newest account stand first. */
    public record Limit(
            long token, int code, int window, long maxCount, long maxSum, long usedCount, long usedSum, int scale) {}

    public static ControlsView of(ControlsReplyDecoder reply) {
        List<Budget> budgets = new ArrayList<>();
        for (ControlsReplyDecoder.BudgetsDecoder budget : reply.budgets()) {
            budgets.add(new Budget(
                    budget.token(),
                    budget.scope() == BudgetScope.BELOW,
                    budget.perCall(),
                    budget.perDay(),
                    budget.perMonth(),
                    budget.spentToday(),
                    budget.spentThisMonth(),
                    budget.scale()));
        }
        List<Limit> limits = new ArrayList<>();
        for (ControlsReplyDecoder.LimitsDecoder limit : reply.limits()) {
            limits.add(new Limit(
                    limit.token(),
                    limit.account(),
                    limit.window().value(),
                    limit.maxCount(),
                    limit.maxSum(),
                    limit.usedCount(),
                    limit.usedSum(),
                    limit.scale()));
        }
        List<Long> counterparties = new ArrayList<>();
        for (ControlsReplyDecoder.CounterpartiesDecoder counterparty : reply.counterparties()) {
            counterparties.add(counterparty.wallet());
        }
        return new ControlsView(
                reply.wallet(),
                reply.sequence(),
                reply.timestamp(),
                reply.parent(),
                reply.below(),
                reply.killed() == 1,
                reply.killedBy(),
                budgets,
                limits,
                counterparties);
    }
}
