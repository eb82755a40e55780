package io.scrip.testkit.model;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Giving back what was posted, with its fee's share, as the specification tells it. */
final class NaiveReversals {
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final NaiveBooks books;
    private final NaiveTransfers transfers;
    private final NaiveLots lots;
    private final NaiveRules rules;

    NaiveReversals(NaiveBooks books, NaiveTransfers transfers, NaiveLots lots, NaiveRules rules) {
        this.books = books;
        this.transfers = transfers;
        this.lots = lots;
        this.rules = rules;
    }

    void reverse(ReverseDecoder command, Movement movement) {
        BigInteger originalAmount = BigInteger.valueOf(command.originalAmount());
        BigInteger originalFee = BigInteger.valueOf(command.originalFee());
        boolean senderPaid = command.originalFeePayer() == FeePayer.SENDER;
        Refusal.when(command.amount() < 0, Outcome.AMOUNT_NOT_POSITIVE);
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        boolean sound = originalAmount.signum() > 0
                && originalFee.signum() >= 0
                && (senderPaid || originalFee.compareTo(originalAmount) <= 0)
                && books.wallets.containsKey(command.from())
                && books.wallets.containsKey(command.to())
                && (originalFee.signum() == 0 || books.wallets.containsKey(command.revenueWallet()));
        Refusal.when(!sound, Outcome.ORIGINAL_MISMATCH);
        List<Piece> pieces = lotsOf(command);
        List<Piece> feePieces = feeLotsOf(command);
        Refusal.when(
                isNot(pieces, command.originalAmount()) || isNot(feePieces, command.originalFee()),
                Outcome.ORIGINAL_MISMATCH);
        AccountKey payee = new AccountKey(command.to(), command.token(), command.toAccount());
        AccountKey payer = new AccountKey(command.from(), command.token(), command.fromAccount());
        AccountKey revenue = new AccountKey(command.revenueWallet(), command.token(), AccountKey.REVENUE);
        books.checkRoom(payer);
        boolean hasFee = originalFee.signum() > 0;
        Refusal.when(hasFee && books.isClosed(revenue), Outcome.FROM_CLOSED);
        books.checkStanding(payee, payer, null);
        Refusal.when(hasFee && books.isFrozen(revenue), Outcome.FROM_FROZEN);
        Role role = command.caller().role();
        boolean own = role == Role.WALLET && command.caller().wallet() == command.to();
        Refusal.when(!own && !NaiveLedger.isOperator(role), Outcome.NOT_AUTHORIZED);

        Id originalId = new Id(command.originalId().high(), command.originalId().low());
        NaiveBooks.Reversed before = books.reversed.getOrDefault(originalId, new NaiveBooks.Reversed(ZERO, ZERO));
        BigInteger left = originalAmount.subtract(before.amount());
        BigInteger amount = command.amount() == 0 ? left : BigInteger.valueOf(command.amount());
        Refusal.when(
                amount.compareTo(left) > 0 || amount.signum() <= 0,
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
            movement.to = senderPaid ? payer : payee;
            BigInteger feeLeft = originalFee.subtract(before.fee());
            giveBack(movement, fee, NaiveLots.stretch(feePieces, feeLeft.subtract(fee), feeLeft), null);
        }
        movement.from = payee;
        movement.to = payer;
        giveBack(movement, amount, NaiveLots.stretch(pieces, left.subtract(amount), left), role);
        movement.fee = fee;
        movement.feePayer = command.originalFeePayer();
        books.put(books.reversed, originalId, new NaiveBooks.Reversed(after, feeAfter));
    }

    /** A payee whose key is stopped gives nothing back by it; what is null is not asked. */
    private void giveBack(Movement movement, BigInteger amount, List<Piece> original, Role caller) {
        transfers.affordable(movement, amount);
        List<Piece> restored = lots.giveBack(movement.from, amount, original);
        if (caller == Role.WALLET) {
            rules.checkKilled(movement.from.wallet(), amount);
        }
        books.leg(movement, LegKind.REVERSAL, movement.from, movement.to, amount, ZERO, restored);
        lots.deliver(movement.to, restored, movement.event);
    }

    private static List<Piece> lotsOf(ReverseDecoder command) {
        List<Piece> pieces = new ArrayList<>();
        for (ReverseDecoder.LotsDecoder lot : command.lots()) {
            pieces.add(pieceOf(lot.amount(), Terms.of(lot.terms())));
        }
        return pieces.isEmpty() ? plain(command.originalAmount()) : pieces;
    }

    private static List<Piece> feeLotsOf(ReverseDecoder command) {
        List<Piece> pieces = new ArrayList<>();
        for (ReverseDecoder.FeeLotsDecoder lot : command.feeLots()) {
            pieces.add(pieceOf(lot.amount(), Terms.of(lot.terms())));
        }
        return pieces.isEmpty() ? plain(command.originalFee()) : pieces;
    }

    private static List<Piece> plain(long amount) {
        return amount == 0 ? List.of() : List.of(new Piece(amount, Terms.PLAIN));
    }

    private static Piece pieceOf(long amount, Terms terms) {
        return new Piece(amount, terms.isPlain() ? Terms.PLAIN : terms);
    }

    private static boolean isNot(List<Piece> pieces, long amount) {
        BigInteger sum = ZERO;
        for (Piece piece : pieces) {
            sum = sum.add(BigInteger.valueOf(piece.amount()));
        }
        return !sum.equals(BigInteger.valueOf(amount));
    }
}
