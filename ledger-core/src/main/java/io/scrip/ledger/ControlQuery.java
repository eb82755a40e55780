package io.scrip.ledger;

import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.ControlsReplyEncoder;
import io.scrip.protocol.GetControlsDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Tells what bounds a wallet's spending and how much of it is used: to itself, to those above it, to who reads all. */
final class ControlQuery {
    private static final int MAX_LIMITS = 4096;

    private final LedgerState state;
    private final ReplyWriter replies;
    private final Authority authority;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GetControlsDecoder query = new GetControlsDecoder();
    private final ControlsReplyEncoder reply = new ControlsReplyEncoder();

    ControlQuery(LedgerState state, ReplyWriter replies) {
        this.state = state;
        this.replies = replies;
        authority = new Authority(state);
    }

    void answer(DirectBuffer message, int offset, CommandReplySink sink) {
        int block = offset + MessageShape.HEADER_BYTES;
        query.wrap(message, block, GetControlsDecoder.BLOCK_LENGTH, GetControlsDecoder.SCHEMA_VERSION);
        int wallet = state.wallets.rowOf(query.wallet());
        if (wallet < 0 || !mayRead(query.caller(), wallet)) {
            replies.writeRefusal(Outcome.UNKNOWN_WALLET, 0, 0, GetControlsDecoder.TEMPLATE_ID, sink);
            return;
        }
        int row = state.controls.find(wallet);
        boolean bounded = row != Controls.NONE;
        int parent = bounded ? state.controls.parent(row) : Controls.NONE;
        reply.wrapAndApplyHeader(buffer, 0, header)
                .wallet(query.wallet())
                .sequence(state.lastSequence)
                .timestamp(state.lastTimestampNs)
                .parent(parent == Controls.NONE ? 0 : Wallets.numberOf(state.controls.wallet(parent)))
                .below(bounded ? state.controls.below(row) : 0)
                .killed((short) (bounded && state.controls.isKilled(row) ? 1 : 0))
                .killedBy(killedBy(row));
        writeBudgets(bounded ? state.controls.firstBudget(row) : Controls.NONE);
        writeLimits(wallet);
        writeCounterparties(row);
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + reply.encodedLength());
    }

    private boolean mayRead(CallerDecoder caller, int wallet) {
        return caller.role() == Role.AUDITOR
                || Authority.isWallet(caller, wallet)
                || authority.controls(caller, wallet);
    }

    private long killedBy(int first) {
        for (int row = first; row != Controls.NONE; row = state.controls.parent(row)) {
            if (state.controls.isKilled(row)) {
                return Wallets.numberOf(state.controls.wallet(row));
            }
        }
        return 0;
    }

    private void writeBudgets(int first) {
        Budgets budgets = state.budgets;
        long day = UtcCalendar.day(state.lastTimestampNs);
        long month = UtcCalendar.month(day);
        int count = 0;
        for (int row = first; row != Controls.NONE; row = budgets.next(row)) {
            count++;
        }
        ControlsReplyEncoder.BudgetsEncoder group = reply.budgetsCount(count);
        for (int row = first; row != Controls.NONE; row = budgets.next(row)) {
            group.next()
                    .token(state.tokens.code(budgets.token(row)))
                    .scope(budgets.isBelow(row) ? BudgetScope.BELOW : BudgetScope.OWN)
                    .perCall(budgets.perCall(row))
                    .perDay(budgets.perDay(row))
                    .perMonth(budgets.perMonth(row))
                    .spentToday(budgets.daySpent(row, day))
                    .spentThisMonth(budgets.monthSpent(row, month))
                    .scale((short) state.tokens.scale(budgets.token(row)));
        }
    }

    private void writeLimits(int wallet) {
        int left = Math.min(MAX_LIMITS, countLimits(wallet));
        ControlsReplyEncoder.LimitsEncoder group = reply.limitsCount(left);
        for (int account = state.wallets.lastAccount(wallet);
                account >= 0 && left > 0;
                account = state.accounts.nextOfWallet(account)) {
            for (int window = 0; window < VelocityLimits.WINDOWS && left > 0; window++) {
                if (isLimited(account, window)) {
                    writeLimit(group.next(), account, window);
                    left--;
                }
            }
        }
    }

    private int countLimits(int wallet) {
        int count = 0;
        for (int account = state.wallets.lastAccount(wallet);
                account >= 0;
                account = state.accounts.nextOfWallet(account)) {
            for (int window = 0; window < VelocityLimits.WINDOWS; window++) {
                count += isLimited(account, window) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isLimited(int account, int window) {
        return (state.accounts.flags(account) & Accounts.LIMITED << window) != 0;
    }

    private void writeLimit(ControlsReplyEncoder.LimitsEncoder entry, int account, int window) {
        int row = state.limits.find(account, window);
        entry.token(state.tokens.code(state.accounts.tokenRow(account)))
                .account(state.accounts.code(account))
                .window(SpendingRules.windowOf(window))
                .maxCount(state.limits.maxCount(row))
                .maxSum(state.limits.maxSum(row))
                .usedCount(state.limits.count(row, state.lastTimestampNs))
                .usedSum(state.limits.sum(row, state.lastTimestampNs))
                .scale((short) state.tokens.scale(state.accounts.tokenRow(account)));
    }

    private void writeCounterparties(int row) {
        boolean bounded = row != Controls.NONE;
        ControlsReplyEncoder.CounterpartiesEncoder group =
                reply.counterpartiesCount(bounded ? state.controls.counterparties(row) : 0);
        for (int entry = bounded ? state.controls.firstCounterparty(row) : Controls.NONE;
                entry != Controls.NONE;
                entry = state.counterparties.next(entry)) {
            group.next().wallet(Wallets.numberOf(state.counterparties.payee(entry)));
        }
    }
}
