package io.scrip.testkit;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferDecoder;
import java.math.BigInteger;

/** Transfers, issues and reversals as the specification tells them; a refusal is thrown, and the caller rolls back. */
final class NaiveTransfers {
    static final long MAX_TIMEOUT_NS = 366L * 24 * 3600 * 1_000_000_000L;
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final NaiveBooks books;

    NaiveTransfers(NaiveBooks books) {
        this.books = books;
    }

    void transfer(TransferDecoder command, Movement movement) {
        long timeoutNs = command.timeoutNs();
        movement.dryRun = command.flags().dryRun();
        Refusal.when(command.amount() <= 0, Outcome.AMOUNT_NOT_POSITIVE);
        Refusal.when(
                command.from() == command.to() && command.fromAccount() == command.toAccount(), Outcome.SAME_WALLET);
        Refusal.when(timeoutNs < 0 || timeoutNs > MAX_TIMEOUT_NS, Outcome.BAD_TIMEOUT, timeoutNs, 0L, MAX_TIMEOUT_NS);
        parties(movement, command.token(), command.from(), command.fromAccount(), command.to(), command.toAccount());
        movement.schedule = books.schedules.get((int) command.kind().value());
        if (movement.schedule != null) {
            movement.revenue = new AccountKey(movement.schedule.revenueWallet(), command.token(), AccountKey.REVENUE);
        }
        books.checkStanding(movement.from, movement.to);
        mayDebit(command.caller().role(), command.caller().wallet(), movement);
        before(command.applyBefore());
        movement.reserves = timeoutNs != 0;
        BigInteger wanted = BigInteger.valueOf(command.amount());
        affordable(movement, command.flags().upTo() ? clamp(movement, wanted) : wanted);
        movement.expiresNs = movement.reserves ? books.timestampNs + timeoutNs : 0;

        long fromVersion = books.account(movement.from).version();
        long toVersion = books.account(movement.to).version();
        int mark = books.mark();
        boolean revenueWasOpen = movement.schedule == null || books.accounts.containsKey(movement.revenue);
        boolean toWasOpen = books.accounts.containsKey(movement.to);
        if (movement.reserves) {
            hold(movement);
        } else {
            post(movement, LegKind.TRANSFER);
        }
        movement.projectedFrom = books.balances(movement.from);
        movement.projectedTo = books.balances(movement.to);
        try {
            conditions(command, movement, fromVersion, toVersion);
        } catch (Refusal refusal) {
            takeBack(movement, mark, toWasOpen, revenueWasOpen);
            throw refusal;
        }
        if (movement.dryRun) {
            takeBack(movement, mark, toWasOpen, revenueWasOpen);
        }
    }

    /** Conditions look at balances after the movement, so it is made first; then not even its accounts stay open. */
    private void takeBack(Movement movement, int mark, boolean toWasOpen, boolean revenueWasOpen) {
        books.rollback(mark);
        if (!toWasOpen) {
            books.accounts.remove(movement.to);
        }
        if (!revenueWasOpen) {
            books.accounts.remove(movement.revenue);
        }
    }

    void multiTransfer(MultiTransferDecoder command, Movement movement) {
        MultiTransferDecoder.LegsDecoder legs = command.legs();
        movement.legCount = legs.count();
        while (legs.hasNext()) {
            legs.next();
            Refusal.when(legs.amount() <= 0, Outcome.AMOUNT_NOT_POSITIVE);
            Refusal.when(legs.from() == legs.to() && legs.fromAccount() == legs.toAccount(), Outcome.SAME_WALLET);
            parties(movement, legs.token(), legs.from(), legs.fromAccount(), legs.to(), legs.toAccount());
            books.checkStanding(movement.from, movement.to);
            mayDebit(command.caller().role(), command.caller().wallet(), movement);
            before(command.applyBefore());
            affordable(movement, BigInteger.valueOf(legs.amount()));
            books.leg(movement, LegKind.TRANSFER, movement.from, movement.to, movement.amount, ZERO);
        }
    }

    void issue(IssueDecoder command, Movement movement) {
        Refusal.when(command.amount() <= 0, Outcome.AMOUNT_NOT_POSITIVE);
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        Refusal.when(!books.wallets.containsKey(command.to()), Outcome.UNKNOWN_TO);
        movement.from = new AccountKey(NaiveBooks.PLATFORM, command.token(), AccountKey.ISSUANCE);
        movement.to = new AccountKey(command.to(), command.token(), AccountKey.MAIN);
        books.checkStanding(movement.from, movement.to);
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
        affordable(movement, BigInteger.valueOf(command.amount()));
        post(movement, LegKind.ISSUE);
    }

    void reverse(ReverseDecoder command, Movement movement) {
        BigInteger originalAmount = BigInteger.valueOf(command.originalAmount());
        BigInteger originalFee = BigInteger.valueOf(command.originalFee());
        Refusal.when(command.amount() < 0, Outcome.AMOUNT_NOT_POSITIVE);
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        boolean sound = originalAmount.signum() > 0
                && originalFee.signum() >= 0
                && originalFee.compareTo(originalAmount) <= 0
                && books.wallets.containsKey(command.from())
                && books.wallets.containsKey(command.to())
                && (originalFee.signum() == 0 || books.wallets.containsKey(command.revenueWallet()));
        Refusal.when(!sound, Outcome.ORIGINAL_MISMATCH);
        AccountKey payee = new AccountKey(command.to(), command.token(), command.toAccount());
        AccountKey payer = new AccountKey(command.from(), command.token(), command.fromAccount());
        AccountKey revenue = new AccountKey(command.revenueWallet(), command.token(), AccountKey.REVENUE);
        books.checkStanding(payee, payer);
        Role role = command.caller().role();
        boolean own = role == Role.WALLET && command.caller().wallet() == command.to();
        Refusal.when(!own && !NaiveLedger.isOperator(role), Outcome.NOT_AUTHORIZED);

        Id originalId = new Id(command.originalId().high(), command.originalId().low());
        NaiveBooks.Reversed before = books.reversed.getOrDefault(originalId, new NaiveBooks.Reversed(ZERO, ZERO));
        BigInteger left = originalAmount.subtract(before.amount());
        BigInteger amount = command.amount() == 0 ? left : BigInteger.valueOf(command.amount());
        Refusal.when(
                amount.compareTo(left) > 0 || amount.signum() == 0,
                Outcome.EXCEEDS_ORIGINAL,
                amount,
                left,
                originalAmount);
        BigInteger after = before.amount().add(amount);
        BigInteger feeAfter = FeeSchedule.share(originalFee, after, originalAmount);
        BigInteger fee = feeAfter.subtract(before.fee());
        movement.legCount = fee.signum() > 0 ? 2 : 1;
        if (fee.signum() > 0) {
            movement.from = revenue;
            movement.to = command.originalFeePayer() == FeePayer.SENDER ? payer : payee;
            affordable(movement, fee);
            books.leg(movement, LegKind.REVERSAL, movement.from, movement.to, fee, ZERO);
        }
        movement.from = payee;
        movement.to = payer;
        affordable(movement, amount);
        books.leg(movement, LegKind.REVERSAL, payee, payer, amount, ZERO);
        movement.fee = fee;
        movement.feePayer = command.originalFeePayer();
        books.put(books.reversed, originalId, new NaiveBooks.Reversed(after, feeAfter));
    }

    /** Finds both accounts of a movement of one token. */
    private void parties(Movement movement, long token, long from, int fromAccount, long to, int toAccount) {
        Refusal.when(!books.tokens.containsKey(token), Outcome.UNKNOWN_TOKEN);
        Refusal.when(!books.wallets.containsKey(from), Outcome.UNKNOWN_FROM);
        Refusal.when(!books.wallets.containsKey(to), Outcome.UNKNOWN_TO);
        Refusal.when(!books.tokens.get(token).transferable() && from != to, Outcome.NOT_TRANSFERABLE);
        Refusal.when(!AccountKey.isUsable(fromAccount) || !AccountKey.isUsable(toAccount), Outcome.UNKNOWN_ACCOUNT);
        movement.from = new AccountKey(from, token, fromAccount);
        movement.to = new AccountKey(to, token, toAccount);
    }

    /** Only its owner debits a wallet, and pays into another's by the main account. The system may do anything. */
    private static void mayDebit(Role role, long caller, Movement movement) {
        boolean own = role == Role.WALLET && caller == movement.from.wallet();
        boolean byTheDoor = movement.from.wallet() == movement.to.wallet() || movement.to.code() == AccountKey.MAIN;
        Refusal.when(role != Role.SYSTEM && !(own && byTheDoor), Outcome.NOT_AUTHORIZED);
    }

    private void before(long deadlineNs) {
        Refusal.when(
                deadlineNs != 0 && books.timestampNs >= deadlineNs,
                Outcome.TOO_LATE,
                0L,
                books.timestampNs,
                deadlineNs);
    }

    /** The largest amount up to the wanted one that is available with its fee; more than 64 bits hold never is. */
    private BigInteger clamp(Movement movement, BigInteger wanted) {
        BigInteger available = books.account(movement.from).available().min(NaiveAccount.MAX);
        BigInteger most = wanted.min(available);
        if (!movement.isFeePaidBySender() || most.signum() <= 0) {
            return most;
        }
        BigInteger low = ZERO;
        while (low.compareTo(most) < 0) {
            BigInteger middle = low.add(most).add(BigInteger.ONE).shiftRight(1);
            boolean fits = middle.add(movement.schedule.fee(middle)).compareTo(available) <= 0;
            low = fits ? middle : low;
            most = fits ? most : middle.subtract(BigInteger.ONE);
        }
        return low;
    }

    /** The last checks of every movement: clamp, overflow, floor, ceiling, fee. Fills in amount and fee. */
    void affordable(Movement movement, BigInteger amount) {
        NaiveAccount from = books.account(movement.from);
        NaiveAccount to = books.account(movement.to);
        Refusal.when(amount.signum() <= 0, Outcome.NOTHING_AVAILABLE, BigInteger.ONE, from.available(), ZERO);
        BigInteger fee = movement.schedule == null ? ZERO : movement.schedule.fee(amount);
        boolean senderPays = movement.isFeePaidBySender();
        boolean revenueIsTo = movement.to.equals(movement.revenue);
        NaiveAccount revenue = movement.revenue == null ? NaiveAccount.NEW : books.account(movement.revenue);
        BigInteger debit = senderPays ? amount.add(fee) : amount;
        Refusal.when(
                from.debitOverflows(debit)
                        || to.creditOverflows(revenueIsTo ? amount.add(fee) : amount)
                        || revenue.creditOverflows(fee)
                        || (!senderPays && to.debitOverflows(fee)),
                Outcome.OVERFLOW,
                amount,
                ZERO,
                NaiveAccount.MAX);
        BigInteger available = from.available();
        Refusal.when(!fits(debit, available), Outcome.INSUFFICIENT_FUNDS, debit, available, from.floor());

        // What the receiver is left with; its fee is taken when a hold is captured, not while it is reserved.
        BigInteger credit = senderPays || movement.reserves ? amount : amount.subtract(fee);
        if (revenueIsTo && (senderPays || !movement.reserves)) {
            credit = credit.add(fee);
        }
        Refusal.when(!fits(credit, to.room()), Outcome.CEILING_EXCEEDED, credit, to.room(), to.ceiling());
        Refusal.when(
                fee.signum() > 0 && !revenueIsTo && !fits(fee, revenue.room()),
                Outcome.CEILING_EXCEEDED,
                fee,
                revenue.room(),
                revenue.ceiling());
        Refusal.when(!senderPays && fee.compareTo(amount) > 0, Outcome.FEE_EXCEEDS_AMOUNT, fee, amount, ZERO);
        movement.moves = true;
        movement.amount = amount;
        movement.fee = fee;
        movement.feePayer = senderPays ? FeePayer.SENDER : FeePayer.RECEIVER;
    }

    static boolean fits(BigInteger needed, BigInteger available) {
        return needed.compareTo(available) <= 0;
    }

    private void post(Movement movement, LegKind kind) {
        open(movement);
        boolean fee = movement.fee.signum() > 0;
        movement.legCount = fee ? 2 : 1;
        books.leg(movement, kind, movement.from, movement.to, movement.amount, ZERO);
        if (fee) {
            AccountKey payer = movement.isFeePaidBySender() ? movement.from : movement.to;
            books.leg(movement, LegKind.FEE, payer, movement.revenue, movement.fee, ZERO);
        }
    }

    private void hold(Movement movement) {
        open(movement);
        BigInteger reservedFee = movement.isFeePaidBySender() ? movement.fee : ZERO;
        movement.legCount = reservedFee.signum() > 0 ? 2 : 1;
        movement.holdId = movement.id;
        long event = books.lastEvent + 1;
        books.leg(movement, LegKind.HOLD, movement.from, movement.to, ZERO, movement.amount);
        if (reservedFee.signum() > 0) {
            books.leg(movement, LegKind.HOLD, movement.from, movement.revenue, ZERO, reservedFee);
        }
        NaiveHold hold = new NaiveHold(
                movement.id,
                movement.from,
                movement.to,
                movement.amount,
                movement.amount,
                ZERO,
                movement.schedule,
                movement.expiresNs,
                event,
                HoldStatus.PENDING,
                0);
        books.put(books.pending, hold.id(), hold);
    }

    private void open(Movement movement) {
        books.open(movement.from);
        books.open(movement.to);
        if (movement.schedule != null) {
            books.open(movement.revenue);
        }
    }

    private void conditions(TransferDecoder command, Movement movement, long fromVersion, long toVersion) {
        TransferDecoder.ConditionsDecoder conditions = command.conditions();
        while (conditions.hasNext()) {
            conditions.next();
            boolean isFrom = conditions.side() == Side.FROM;
            NaiveAccount after = books.account(isFrom ? movement.from : movement.to);
            long actual = switch (conditions.measure()) {
                case VERSION -> isFrom ? fromVersion : toVersion;
                case AVAILABLE -> NaiveAccount.shown(after.available());
                case POSTED -> NaiveAccount.shown(after.posted());
                default -> throw new IllegalArgumentException("no such measure");
            };
            long value = conditions.value();
            Comparison comparison = conditions.comparison();
            boolean met = actual == value
                    || (comparison == Comparison.AT_LEAST && actual > value)
                    || (comparison == Comparison.AT_MOST && actual < value);
            Refusal.when(!met, Outcome.CONDITION_FAILED, 0L, actual, value);
        }
    }
}
