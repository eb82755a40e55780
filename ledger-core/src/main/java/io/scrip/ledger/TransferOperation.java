package io.scrip.ledger;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferKind;

/** Moves value from an account of the caller's wallet to another, at once or, with a timeout, as a hold. */
final class TransferOperation {
    /** Holds live at most this long at a time; they can be extended. */
    static final long MAX_TIMEOUT_NS = 366L * 24 * 3600 * 1_000_000_000L;

    private final LedgerState state;
    private final Posting posting;
    private final TransferDecoder command = new TransferDecoder();

    // What is read more than once, and so read from the bytes once.
    private long from;
    private long to;
    private int fromAccount;
    private int toAccount;
    private long token;
    private long amount;
    private long timeoutNs;
    private long applyBefore;
    private TransferKind kind;

    TransferOperation(LedgerState state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    Outcome apply(Decision decision) {
        command.wrap(decision.command, decision.block(), TransferDecoder.BLOCK_LENGTH, TransferDecoder.SCHEMA_VERSION);
        read();
        decision.dryRun = command.flags().dryRun();
        if (checkStatic(decision) != Outcome.APPLIED
                || checkAccounts(decision) != Outcome.APPLIED
                || checkCaller(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        decision.expiresNs = timeoutNs != 0 ? after(decision.timestampNs, timeoutNs) : 0;
        long possible = command.flags().upTo() ? posting.clamp(decision, amount) : amount;
        if (posting.check(decision, possible) != Outcome.APPLIED
                || posting.spending.check(decision) != Outcome.APPLIED
                || checkConditions(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        // From here on it must succeed.
        if (decision.expiresNs != 0) {
            posting.hold(decision);
        } else {
            posting.post(decision, LegKind.TRANSFER);
        }
        return Outcome.APPLIED;
    }

    /** When a timeout is over; never, where that would be behind the end of time. */
    static long after(long timestampNs, long timeoutNs) {
        return timeoutNs > Long.MAX_VALUE - timestampNs ? Long.MAX_VALUE : timestampNs + timeoutNs;
    }

    private void read() {
        from = command.from();
        to = command.to();
        fromAccount = command.fromAccount();
        toAccount = command.toAccount();
        token = command.token();
        amount = command.amount();
        timeoutNs = command.timeoutNs();
        applyBefore = command.applyBefore();
        kind = command.kind();
    }

    private Outcome checkStatic(Decision decision) {
        if (amount <= 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        if (from == to && fromAccount == toAccount) {
            return decision.refuse(Outcome.SAME_WALLET);
        }
        if (timeoutNs < 0 || timeoutNs > MAX_TIMEOUT_NS) {
            return decision.refuse(Outcome.BAD_TIMEOUT, timeoutNs, 0, MAX_TIMEOUT_NS);
        }
        return Outcome.APPLIED;
    }

    private Outcome checkAccounts(Decision decision) {
        int tokenRow = state.tokens.find(token);
        if (tokenRow < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int fromWallet = state.wallets.rowOf(from);
        if (fromWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_FROM);
        }
        int toWallet = state.wallets.rowOf(to);
        if (toWallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_TO);
        }
        if (!state.tokens.isTransferable(tokenRow) && fromWallet != toWallet) {
            return decision.refuse(Outcome.NOT_TRANSFERABLE);
        }
        if (!Accounts.isUsable(fromAccount) || !Accounts.isUsable(toAccount)) {
            return decision.refuse(Outcome.UNKNOWN_ACCOUNT);
        }
        decision.from.find(fromWallet, tokenRow, fromAccount);
        decision.to.find(toWallet, tokenRow, toAccount);
        if (!decision.to.mayBeOpen()) {
            return decision.refuse(Outcome.TOO_MANY_ACCOUNTS, 1, 0, Accounts.MAX_OWN_ACCOUNTS);
        }
        decision.schedule = schedule(fromWallet, toWallet);
        if (decision.schedule != Fees.NO_SCHEDULE) {
            decision.revenue.find(state.fees.revenueWallet(decision.schedule), tokenRow, Accounts.REVENUE);
        }
        return Standing.check(decision);
    }

    /** Credits that an owner gives its agents, or gets back from them, at any depth, bear no fee. */
    private int schedule(int fromWallet, int toWallet) {
        int schedule = state.fees.current(kind.value());
        boolean related = schedule != Fees.NO_SCHEDULE
                && kind == TransferKind.CREDIT
                && (state.controls.isAbove(fromWallet, toWallet) || state.controls.isAbove(toWallet, fromWallet));
        return related ? Fees.NO_SCHEDULE : schedule;
    }

    /** Its owner debits a wallet and nobody else; into another's wallet goes value by the main account only. */
    private Outcome checkCaller(Decision decision) {
        boolean own = command.caller().role() == Role.WALLET && command.caller().wallet() == from;
        boolean byTheDoor = from == to || toAccount == Accounts.MAIN;
        if (command.caller().role() != Role.SYSTEM && !(own && byTheDoor)) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        if (applyBefore != 0 && decision.timestampNs >= applyBefore) {
            return decision.refuse(Outcome.TOO_LATE, 0, decision.timestampNs, applyBefore);
        }
        return Outcome.APPLIED;
    }

    private Outcome checkConditions(Decision decision) {
        TransferDecoder.ConditionsDecoder conditions = command.conditions();
        while (conditions.hasNext()) {
            conditions.next();
            long actual = measure(decision, conditions.side() == Side.FROM, conditions.measure());
            if (!holds(actual, conditions.comparison(), conditions.value())) {
                return decision.refuse(Outcome.CONDITION_FAILED, 0, actual, conditions.value());
            }
        }
        return Outcome.APPLIED;
    }

    /** The version before, or a balance as it would be after. */
    private long measure(Decision decision, boolean debitSide, Measure measure) {
        int account = debitSide ? decision.from.row : decision.to.row;
        boolean hold = decision.expiresNs != 0;
        long change = hold && !debitSide ? 0 : change(decision, debitSide);
        return switch (measure) {
            case VERSION -> state.accounts.version(account);
            case POSTED -> state.accounts.posted(account) + (hold ? 0 : change);
            case AVAILABLE -> state.accounts.availableAfter(account, change);
            default -> throw new LedgerFault("a measure that the shape check should have refused");
        };
    }

    /** What the amount, and the fee if this account pays or gets it, will have changed. */
    private static long change(Decision decision, boolean debitSide) {
        boolean paysFee = (decision.feePayer == FeePayer.SENDER) == debitSide;
        long change = (debitSide ? -decision.amount : decision.amount) - (paysFee ? decision.fee : 0);
        boolean posted = decision.expiresNs == 0;
        boolean getsFee =
                posted && decision.fee > 0 && decision.revenue.isSame(debitSide ? decision.from : decision.to);
        return change + (getsFee ? decision.fee : 0);
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
