package io.scrip.ledger;

import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.ControlsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/** A test ledger with wallets from number 2 on, for tests of what bounds spending; makes up the command ids. */
final class RuleLedger {
    static final long CRD = Commands.token("CRD");
    static final long RICH = 1_000_000;

    /** What a reply says of a refusal by a rule. */
    record Said(Outcome outcome, long needed, long available, long limit, SpendingWindow window, long wallet) {}

    /** What of a budget is used. */
    record Spent(BudgetScope scope, long perCall, long perDay, long perMonth, long today, long thisMonth) {}

    /** What of a limit is used. */
    record Used(int account, SpendingWindow window, long maxCount, long maxSum, long count, long sum) {}

    /** The answer to a query of a wallet's rules. */
    record Controls(
            long parent,
            long below,
            boolean killed,
            long killedBy,
            List<Spent> budgets,
            List<Used> limits,
            List<Long> counterparties) {}

    final TestLedger ledger;
    private long lastId = 10_000;

    RuleLedger(long... balances) {
        ledger = TestLedger.withWallets(balances);
    }

    /** So many wallets from 2 on, each with a million. */
    static RuleLedger withWallets(int wallets) {
        long[] balances = new long[wallets];
        Arrays.fill(balances, RICH);
        return new RuleLedger(balances);
    }

    long nextId() {
        return ++lastId;
    }

    long lastId() {
        return lastId;
    }

    /** The next command's timestamp. */
    RuleLedger at(long timestampNs) {
        ledger.advanceNs(timestampNs - ledger.nextTimestampNs());
        return this;
    }

    Said say(DirectBuffer command) {
        return decode(ledger.apply(command));
    }

    static Said decode(DirectBuffer bytes) {
        CommandReplyDecoder decoder =
                new CommandReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        return new Said(
                decoder.outcome(),
                decoder.needed(),
                decoder.available(),
                decoder.limitValue(),
                decoder.window(),
                decoder.wallet());
    }

    Said spend(Spend spend) {
        return say(ControlCommands.spend(nextId(), spend));
    }

    Said pay(long from, long to, long amount) {
        return spend(Spend.of(from, to, CRD, amount));
    }

    Outcome parent(long wallet, long parent) {
        return say(ControlCommands.setParent(nextId(), ControlCommands.OPERATOR, wallet, parent))
                .outcome();
    }

    Outcome limit(long caller, long wallet, SpendingWindow window, long maxCount, long maxSum) {
        return say(ControlCommands.setLimit(nextId(), caller, wallet, CRD, 0, window, maxCount, maxSum))
                .outcome();
    }

    Outcome budget(long caller, long wallet, BudgetScope scope, long perCall, long perDay, long perMonth) {
        return say(ControlCommands.setBudget(nextId(), caller, wallet, CRD, scope, perCall, perDay, perMonth))
                .outcome();
    }

    Outcome allow(long caller, long wallet, long counterparty) {
        return say(ControlCommands.allow(nextId(), caller, wallet, counterparty))
                .outcome();
    }

    Outcome remove(long caller, long wallet, long counterparty) {
        return say(ControlCommands.remove(nextId(), caller, wallet, counterparty))
                .outcome();
    }

    Outcome kill(long caller, long wallet, boolean on) {
        return say(ControlCommands.kill(nextId(), caller, wallet, on)).outcome();
    }

    Controls controls(long wallet) {
        return controls(ledger, wallet);
    }

    static Controls controls(TestLedger ledger, long wallet) {
        DirectBuffer bytes = ledger.query(ControlCommands.getControls(Role.OPERATOR, 0, wallet));
        ControlsReplyDecoder decoder =
                new ControlsReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        long parent = decoder.parent();
        long below = decoder.below();
        boolean killed = decoder.killed() == 1;
        long killedBy = decoder.killedBy();
        List<Spent> budgets = new ArrayList<>();
        for (ControlsReplyDecoder.BudgetsDecoder budget : decoder.budgets()) {
            budgets.add(new Spent(
                    budget.scope(),
                    budget.perCall(),
                    budget.perDay(),
                    budget.perMonth(),
                    budget.spentToday(),
                    budget.spentThisMonth()));
        }
        List<Used> limits = new ArrayList<>();
        for (ControlsReplyDecoder.LimitsDecoder limit : decoder.limits()) {
            limits.add(new Used(
                    limit.account(),
                    limit.window(),
                    limit.maxCount(),
                    limit.maxSum(),
                    limit.usedCount(),
                    limit.usedSum()));
        }
        List<Long> counterparties = new ArrayList<>();
        for (ControlsReplyDecoder.CounterpartiesDecoder counterparty : decoder.counterparties()) {
            counterparties.add(counterparty.wallet());
        }
        return new Controls(parent, below, killed, killedBy, budgets, limits, counterparties);
    }

    long stateHash() {
        return ledger.processor.stateHash();
    }

    long replayedHash() {
        ledger.checkRestarts();
        return ledger.replayed(Retention.STANDARD).processor.stateHash();
    }
}
