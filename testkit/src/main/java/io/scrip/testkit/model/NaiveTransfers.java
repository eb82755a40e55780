package io.scrip.testkit.model;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferKind;
import java.math.BigInteger;
import java.util.List;

/** Transfers and issues as the specification tells them; a refusal is thrown, and the caller rolls back. */
final class NaiveTransfers {
    static final long MAX_TIMEOUT_NS = 366L * 24 * 3600 * 1_000_000_000L;
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final NaiveBooks books;
    private final NaiveLots lots;
    private final NaiveRules rules;

    NaiveTransfers(NaiveBooks books, NaiveLots lots, NaiveRules rules) {
        this.books = books;
        this.lots = lots;
        this.rules = rules;
    }

    void transfer(TransferDecoder command, Movement movement) {
        long timeoutNs = command.timeoutNs();
        movement.dryRun = command.flags().dryRun();
        Refusal.when(command.amount() <= 0, Outcome.AMOUNT_NOT_POSITIVE);
        Refusal.when(
                command.from() == command.to() && command.fromAccount() == command.toAccount(), Outcome.SAME_WALLET);
        Refusal.when(timeoutNs < 0 || timeoutNs > MAX_TIMEOUT_NS, Outcome.BAD_TIMEOUT, timeoutNs, 0L, MAX_TIMEOUT_NS);
        parties(movement, command.token(), command.from(), command.fromAccount(), command.to(), command.toAccount());
        boolean family = rules.isAbove(command.from(), command.to()) || rules.isAbove(command.to(), command.from());
        boolean free = command.kind() == TransferKind.CREDIT && family;
        movement.schedule =
                free ? null : books.schedules.get((int) command.kind().value());
        if (movement.schedule != null) {
            movement.revenue = new AccountKey(movement.schedule.revenueWallet(), command.token(), AccountKey.REVENUE);
        }
        books.checkStanding(movement.from, movement.to, movement.revenue);
        mayDebit(command.caller().role(), command.caller().wallet(), movement);
        before(command.applyBefore());
        movement.reserves = timeoutNs != 0;
        BigInteger wanted = BigInteger.valueOf(command.amount());
        affordable(movement, command.flags().upTo() ? clamp(movement, wanted) : wanted);
        movement.expiresNs = movement.reserves ? Numbers.sum(books.timestampNs, timeoutNs) : 0;

        rules.check(movement);
        long fromVersion = books.account(movement.from).version();
        long toVersion = books.account(movement.to).version();
        // Conditions look at balances after the movement, so it is made first; whoever called takes it back.
        if (movement.reserves) {
            hold(movement);
        } else {
            rules.record(movement);
            post(movement, LegKind.TRANSFER);
        }
        conditions(command, movement, fromVersion, toVersion);
    }

    void multiTransfer(MultiTransferDecoder command, Movement movement) {
        MultiTransferDecoder.LegsDecoder legs = command.legs();
        movement.legCount = legs.count();
        while (legs.hasNext()) {
            legs.next();
            Refusal.when(legs.amount() <= 0, Outcome.AMOUNT_NOT_POSITIVE);
            Refusal.when(legs.from() == legs.to() && legs.fromAccount() == legs.toAccount(), Outcome.SAME_WALLET);
            // The numbers of a refusal are in the token of the leg it is about.
            movement.token = books.tokens.containsKey(legs.token()) ? legs.token() : movement.token;
            parties(movement, legs.token(), legs.from(), legs.fromAccount(), legs.to(), legs.toAccount());
            books.checkStanding(movement.from, movement.to, null);
            mayDebit(command.caller().role(), command.caller().wallet(), movement);
            before(command.applyBefore());
            affordable(movement, BigInteger.valueOf(legs.amount()));
            rules.check(movement);
            rules.record(movement);
            List<Piece> pieces = lots.take(movement.from, movement.amount);
            books.leg(movement, LegKind.TRANSFER, movement.from, movement.to, movement.amount, ZERO, pieces);
            lots.deliver(movement.to, pieces, movement.event);
        }
    }

    void issue(IssueDecoder command, Movement movement) {
        Refusal.when(command.amount() <= 0, Outcome.AMOUNT_NOT_POSITIVE);
        Terms terms = termsOf(Terms.of(command.terms()));
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        Refusal.when(!books.wallets.containsKey(command.to()), Outcome.UNKNOWN_TO);
        movement.from = new AccountKey(NaiveBooks.PLATFORM, command.token(), AccountKey.ISSUANCE);
        movement.to = new AccountKey(command.to(), command.token(), AccountKey.MAIN);
        books.checkStanding(movement.from, movement.to, null);
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
        affordable(movement, BigInteger.valueOf(command.amount()));
        List<Piece> granted = List.of(new Piece(command.amount(), terms));
        books.open(movement.from);
        books.open(movement.to);
        // What is not good yet is withheld in the record of the very leg that brings it.
        lots.deliver(movement.to, granted, books.lastEvent + 1);
        books.leg(movement, LegKind.ISSUE, movement.from, movement.to, movement.amount, ZERO, granted);
    }

    /** The terms of a grant as they are from now on. */
    private Terms termsOf(Terms given) {
        if (given.isPlain()) {
            Refusal.when(!given.equals(new Terms(LotCategory.PLAIN, 0, 0, 0, 0)), Outcome.BAD_TERMS);
            return Terms.PLAIN;
        }
        long earliest = Math.min(given.effectiveNs(), given.convertibleFromNs());
        Refusal.when(earliest < 0, Outcome.BAD_TERMS, earliest, 0L, 0L);
        long effectiveNs = given.effectiveNs() == 0 ? books.timestampNs : given.effectiveNs();
        long goodFromNs = Math.max(books.timestampNs, effectiveNs);
        Refusal.when(given.expiresNs() <= goodFromNs, Outcome.BAD_TERMS, given.expiresNs(), 0L, goodFromNs);
        boolean promotional = given.category() == LotCategory.PROMOTIONAL;
        long convertibleFromNs = promotional ? Terms.NEVER : given.convertibleFromNs();
        return new Terms(given.category(), given.priority(), effectiveNs, given.expiresNs(), convertibleFromNs);
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
        books.checkRoom(movement.to);
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
        BigInteger available = books.account(movement.from).available().min(Numbers.MAX);
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
                Numbers.MAX);
        BigInteger available = from.available();
        Refusal.when(!fits(debit, available), Outcome.INSUFFICIENT_FUNDS, debit, available, from.floor());

        // What the receiver is left with; its fee is taken when a hold is captured, not while it is reserved.
        BigInteger credit = senderPays || movement.reserves ? amount : amount.subtract(fee);
        if (revenueIsTo && (senderPays || !movement.reserves)) {
            credit = credit.add(fee);
        }
        Refusal.when(
                credit.signum() > 0 && !fits(credit, to.room()),
                Outcome.CEILING_EXCEEDED,
                credit,
                to.room(),
                to.ceiling());
        BigInteger revenueCredit = revenueIsTo || (movement.reserves && !senderPays) ? ZERO : fee;
        boolean ownRevenue = movement.from.equals(movement.revenue) && !movement.reserves;
        Refusal.when(
                revenueCredit.signum() > 0 && !ownRevenue && !fits(fee, revenue.room()),
                Outcome.CEILING_EXCEEDED,
                fee,
                revenue.room(),
                revenue.ceiling());
        lots.check(movement.from, debit);
        Refusal.when(!senderPays && fee.compareTo(amount) > 0, Outcome.FEE_EXCEEDS_AMOUNT, fee, amount, ZERO);
        movement.moves = true;
        movement.amount = amount;
        movement.fee = fee;
        movement.feePayer = senderPays ? FeePayer.SENDER : FeePayer.RECEIVER;
    }

    private static boolean fits(BigInteger needed, BigInteger available) {
        return Numbers.fits(needed, available);
    }

    private void post(Movement movement, LegKind kind) {
        open(movement);
        BigInteger amount = movement.amount;
        BigInteger fee = movement.fee;
        boolean senderPays = movement.isFeePaidBySender();
        List<Piece> pieces = lots.take(movement.from, movement.debit());
        movement.legCount = 1 + fee.signum();
        List<Piece> moved = NaiveLots.stretch(pieces, ZERO, amount);
        books.leg(movement, kind, movement.from, movement.to, amount, ZERO, moved);
        if (fee.signum() > 0) {
            AccountKey payer = senderPays ? movement.from : movement.to;
            BigInteger start = senderPays ? amount : ZERO;
            List<Piece> feePieces = NaiveLots.stretch(pieces, start, start.add(fee));
            books.leg(movement, LegKind.FEE, payer, movement.revenue, fee, ZERO, feePieces);
        }
        List<Piece> kept = NaiveLots.stretch(pieces, senderPays ? ZERO : fee, amount);
        lots.deliver(movement.to, kept, movement.event);
    }

    private void hold(Movement movement) {
        open(movement);
        rules.record(movement);
        BigInteger reservedFee = movement.isFeePaidBySender() ? movement.fee : ZERO;
        List<Piece> pieces = lots.take(movement.from, movement.debit());
        movement.legCount = 1 + reservedFee.signum();
        movement.holdId = movement.id;
        List<Piece> reserved = NaiveLots.stretch(pieces, ZERO, movement.amount);
        books.leg(movement, LegKind.HOLD, movement.from, movement.to, ZERO, movement.amount, reserved);
        if (reservedFee.signum() > 0) {
            List<Piece> feePieces = NaiveLots.stretch(pieces, movement.amount, movement.debit());
            books.leg(movement, LegKind.HOLD, movement.from, movement.revenue, ZERO, reservedFee, feePieces);
        }
        books.place(new NaiveHold(
                movement.id,
                movement.from,
                movement.to,
                movement.amount,
                movement.amount,
                ZERO,
                movement.schedule,
                movement.expiresNs,
                movement.event,
                HoldStatus.PENDING,
                0));
        lots.setAside(movement.id, pieces);
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
                case AVAILABLE -> Numbers.shown(after.available());
                case POSTED -> Numbers.shown(after.posted());
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
