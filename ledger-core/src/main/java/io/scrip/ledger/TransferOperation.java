package io.scrip.ledger;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferDecoder;
import org.agrona.DirectBuffer;

/** Moves value from the main account of the caller's wallet to that of another. */
final class TransferOperation {
    private final LedgerState state;
    private final Posting posting;
    private final TransferDecoder command = new TransferDecoder();

    TransferOperation(LedgerState state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    /** Decides and, unless it is a dry run or refused, applies. */
    Outcome apply(DirectBuffer buffer, int offset, int length, Decision decision) {
        command.wrap(
                buffer,
                offset + MessageShape.HEADER_BYTES,
                TransferDecoder.BLOCK_LENGTH,
                TransferDecoder.SCHEMA_VERSION);
        decision.dryRun = command.flags().dryRun();

        if (command.amount() <= 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        if (command.from() == command.to()) {
            return decision.refuse(Outcome.SAME_WALLET);
        }
        int token = state.tokens.find(command.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int fromWallet = state.wallets.rowOf(command.from());
        if (fromWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_FROM);
        }
        int toWallet = state.wallets.rowOf(command.to());
        if (toWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_TO);
        }
        if (!state.tokens.isTransferable(token)) {
            return decision.refuse(Outcome.NOT_TRANSFERABLE);
        }
        if (command.caller().role() != Role.WALLET || command.caller().wallet() != command.from()) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        if (command.applyBefore() != 0 && decision.timestampNs >= command.applyBefore()) {
            return decision.refuse(Outcome.TOO_LATE, 0, decision.timestampNs, command.applyBefore());
        }
        int from = state.mainAccount(fromWallet, token);
        int to = state.mainAccount(toWallet, token);
        if (posting.check(from, to, amount(from), decision) != Outcome.APPLIED
                || checkConditions(from, to, decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        if (decision.dryRun) {
            return Outcome.APPLIED;
        }
        // From here on it must succeed.
        posting.post(decision, toWallet, token, buffer, offset, length);
        return Outcome.APPLIED;
    }

    /** As asked for, or what is available if the caller is content with less; not positive when nothing is. */
    private long amount(int from) {
        return command.flags().upTo() ? Math.min(command.amount(), state.accounts.available(from)) : command.amount();
    }

    private Outcome checkConditions(int from, int to, Decision decision) {
        TransferDecoder.ConditionsDecoder conditions = command.conditions();
        while (conditions.hasNext()) {
            conditions.next();
            boolean debitSide = conditions.side() == Side.FROM;
            int account = debitSide ? from : to;
            long change = debitSide ? -decision.amount : decision.amount;
            long actual = measure(conditions.measure(), account, change);
            if (!holds(actual, conditions.comparison(), conditions.value())) {
                return decision.refuse(Outcome.CONDITION_FAILED, 0, actual, conditions.value());
            }
        }
        return Outcome.APPLIED;
    }

    private long measure(Measure measure, int account, long change) {
        return switch (measure) {
            case VERSION -> state.accounts.version(account);
            case POSTED -> state.accounts.posted(account) + change;
            case AVAILABLE -> Accounts.addSaturated(state.accounts.available(account), change);
            default -> throw new LedgerFault("a measure that the shape check should have refused");
        };
    }

    private static boolean holds(long actual, Comparison comparison, long value) {
        return switch (comparison) {
            case EQUAL -> actual == value;
            case AT_LEAST -> actual >= value;
            case AT_MOST -> actual <= value;
            default -> throw new LedgerFault("a comparison that the shape check should have refused");
        };
    }
}
