package io.scrip.testkit.model;

import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Outcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which lots a movement is made of, and what becomes of them. */
final class NaiveLots {
    /** A lot that becomes good or expires. */
    record Due(long deadlineNs, long event, long number, AccountKey account) {}

    /** What burning takes: the pieces, and what is left of the list they were taken from. */
    record Burned(List<Piece> pieces, List<NaiveLot> rest) {}

    static final int MAX_PIECES = 512;

    final NavigableSet<Due> due = new TreeSet<>(Comparator.comparingLong(Due::deadlineNs)
            .thenComparingLong(Due::event)
            .thenComparingLong(Due::number));

    private final NaiveBooks books;
    private final Map<Id, List<NaiveLot>> held = new HashMap<>();
    private long numbers;

    NaiveLots(NaiveBooks books) {
        this.books = books;
    }

    /** What an amount taken from an account is made of; refused when that is too much to write down. */
    void check(AccountKey from, BigInteger amount) {
        NaiveAccount account = books.account(from);
        if (account.purse().good().size() + 2 > MAX_PIECES) {
            List<Piece> pieces =
                    burn(account.purse().good(), account.plain(), amount).pieces();
            refuseTooMany(pieces, amount);
        }
    }

    /** Takes an amount's lots from an account whose totals are still those before. */
    List<Piece> take(AccountKey from, BigInteger amount) {
        NaiveAccount account = books.account(from);
        if (account.purse().total().signum() == 0) {
            return List.of();
        }
        Burned burned = burn(account.purse().good(), account.plain(), amount);
        setGood(from, burned.rest());
        return burned.pieces();
    }

    /** Sets the lots among the pieces aside with a hold. */
    void setAside(Id hold, List<Piece> pieces) {
        List<NaiveLot> lots = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!piece.terms().isPlain()) {
                BigInteger amount = BigInteger.valueOf(piece.amount());
                lots.add(new NaiveLot(newNumber(), 0, piece.terms(), amount, Terms.NEVER));
            }
        }
        if (!lots.isEmpty()) {
            books.put(held, hold, lots);
        }
    }

    /** Takes part of what a hold has set aside; {@code heldTotal} is all of it, plain value included. */
    List<Piece> takeHeld(Id hold, BigInteger heldTotal, BigInteger amount) {
        List<NaiveLot> lots = held.get(hold);
        if (lots == null || lots.isEmpty()) {
            return List.of();
        }
        Burned burned = burn(lots, heldTotal.subtract(Purse.sum(lots)), amount);
        books.put(held, hold, burned.rest());
        return burned.pieces();
    }

    /** Gives an account the lots of a stretch of a movement; the platform's own purses take them as plain value. */
    void deliver(AccountKey to, List<Piece> pieces, long event) {
        if (to.isPurse()) {
            return;
        }
        for (Piece piece : pieces) {
            if (!piece.terms().isPlain()) {
                add(to, piece.terms(), BigInteger.valueOf(piece.amount()), event);
            }
        }
    }

    /**
     * Takes from a payee what a reversal gives back. Value of the same terms goes back as it was; for the rest the
     * payer gets the worse of what it had given and of what the payee has.
     */
    List<Piece> giveBack(AccountKey payee, BigInteger amount, List<Piece> original) {
        List<NaiveLot> lots = books.account(payee).purse().good();
        BigInteger plain = books.account(payee).plain();
        List<Piece> restored = new ArrayList<>();
        for (Piece piece : original) {
            Terms wanted = piece.terms();
            BigInteger left = BigInteger.valueOf(piece.amount());
            NaiveLot like = wanted.isPlain() ? null : Purse.alike(lots, wanted);
            BigInteger same = wanted.isPlain() ? plain.max(Numbers.ZERO).min(left) : Numbers.ZERO;
            if (like != null) {
                same = like.amount().min(left);
                lots = less(lots, like, same);
            } else {
                plain = plain.subtract(same);
            }
            if (same.signum() > 0) {
                restored.add(new Piece(same.longValueExact(), wanted));
            }
            left = left.subtract(same);
            if (left.signum() > 0) {
                Burned burned = burn(lots, plain, left);
                for (Piece given : burned.pieces()) {
                    restored.add(new Piece(given.amount(), worse(wanted, given.terms())));
                    if (given.terms().isPlain()) {
                        plain = plain.subtract(BigInteger.valueOf(given.amount()));
                    }
                }
                lots = burned.rest();
            }
        }
        refuseTooMany(restored, amount);
        setGood(payee, lots);
        return restored;
    }

    private static void refuseTooMany(List<Piece> pieces, BigInteger amount) {
        if (pieces.size() > MAX_PIECES) {
            BigInteger first = Numbers.ZERO;
            for (Piece piece : pieces.subList(0, MAX_PIECES)) {
                first = first.add(BigInteger.valueOf(piece.amount()));
            }
            Refusal.when(true, Outcome.TOO_MANY_LOTS, amount, first, BigInteger.valueOf(MAX_PIECES));
        }
    }

    /** The lot at this deadline, which is good or not yet. */
    NaiveLot at(Due deadline) {
        Purse purse = books.account(deadline.account()).purse();
        for (List<NaiveLot> lots : List.of(purse.good(), purse.notYet())) {
            for (NaiveLot lot : lots) {
                if (lot.number() == deadline.number()) {
                    return lot;
                }
            }
        }
        throw new IllegalStateException("no lot at " + deadline);
    }

    /** A lot becomes good. */
    void activate(AccountKey owner, NaiveLot lot, long event) {
        remove(owner, lot);
        addGood(owner, lot.terms(), lot.amount(), event);
    }

    /** Takes a lot out of its account, with all it holds. */
    void remove(AccountKey owner, NaiveLot lot) {
        Purse purse = books.account(owner).purse();
        boolean good = purse.good().contains(lot);
        setPurse(
                owner,
                good ? Purse.replace(purse.good(), lot, null) : purse.good(),
                good ? purse.notYet() : Purse.replace(purse.notYet(), lot, null));
        forgetDeadline(owner, lot);
    }

    /** The lot stays where it is, and is good for ever. */
    void keepForEver(AccountKey owner, NaiveLot lot) {
        Purse purse = books.account(owner).purse();
        setPurse(owner, Purse.replace(purse.good(), lot, lot.withoutDeadline()), purse.notYet());
        forgetDeadline(owner, lot);
    }

    /** The part {@code [start, end)} of a movement, counted in its amounts. */
    static List<Piece> stretch(List<Piece> whole, BigInteger start, BigInteger end) {
        List<Piece> part = new ArrayList<>();
        long from = start.longValueExact();
        long to = end.longValueExact();
        long position = 0;
        for (Piece piece : whole) {
            long next = Math.addExact(position, piece.amount());
            long overlap = Math.min(next, to) - Math.max(position, from);
            if (overlap > 0) {
                part.add(new Piece(overlap, piece.terms()));
            }
            position = next;
        }
        return part;
    }

    private void add(AccountKey owner, Terms terms, BigInteger amount, long event) {
        if (terms.effectiveNs() <= books.timestampNs) {
            addGood(owner, terms, amount, event);
            return;
        }
        Purse purse = books.account(owner).purse();
        setPurse(owner, purse.good(), more(owner, purse.notYet(), terms, amount, event, terms.effectiveNs()));
    }

    private void addGood(AccountKey owner, Terms terms, BigInteger amount, long event) {
        Purse purse = books.account(owner).purse();
        setPurse(owner, more(owner, purse.good(), terms, amount, event, terms.expiresNs()), purse.notYet());
    }

    private List<NaiveLot> more(
            AccountKey owner, List<NaiveLot> lots, Terms terms, BigInteger amount, long event, long deadlineNs) {
        NaiveLot like = Purse.alike(lots, terms);
        if (like != null) {
            return Purse.replace(lots, like, like.withAmount(like.amount().add(amount)));
        }
        NaiveLot lot = new NaiveLot(newNumber(), event, terms, amount, deadlineNs);
        if (deadlineNs != Terms.NEVER) {
            books.add(due, new Due(deadlineNs, event, lot.number(), owner));
        }
        return Purse.with(lots, lot);
    }

    private void setGood(AccountKey owner, List<NaiveLot> good) {
        Purse before = books.account(owner).purse();
        if (good.equals(before.good())) {
            return;
        }
        int kept = 0;
        for (NaiveLot lot : before.good()) {
            if (kept < good.size() && good.get(kept).number() == lot.number()) {
                kept++;
            } else {
                forgetDeadline(owner, lot);
            }
        }
        setPurse(owner, good, before.notYet());
    }

    private void setPurse(AccountKey owner, List<NaiveLot> good, List<NaiveLot> notYet) {
        books.open(owner);
        books.put(books.accounts, owner, books.account(owner).with(Purse.of(good, notYet)));
    }

    private void forgetDeadline(AccountKey owner, NaiveLot lot) {
        if (lot.deadlineNs() != Terms.NEVER) {
            books.remove(due, new Due(lot.deadlineNs(), lot.event(), lot.number(), owner));
        }
    }

    private static List<NaiveLot> less(List<NaiveLot> lots, NaiveLot lot, BigInteger amount) {
        BigInteger left = lot.amount().subtract(amount);
        return Purse.replace(lots, lot, left.signum() == 0 ? null : lot.withAmount(left));
    }

    /** Burns an amount: lots in their order, plain value at its place among them, what may be overdrawn last. */
    private static Burned burn(List<NaiveLot> lots, BigInteger plain, BigInteger amount) {
        List<Piece> pieces = new ArrayList<>();
        List<NaiveLot> rest = new ArrayList<>();
        BigInteger left = amount;
        BigInteger plainLeft = plain.max(Numbers.ZERO);
        for (NaiveLot lot : lots) {
            if (lot.terms().burnsAfterPlain()) {
                BigInteger part = plainLeft.min(left);
                addPiece(pieces, part, Terms.PLAIN);
                plainLeft = plainLeft.subtract(part);
                left = left.subtract(part);
            }
            BigInteger part = lot.amount().min(left);
            addPiece(pieces, part, lot.terms());
            left = left.subtract(part);
            if (part.compareTo(lot.amount()) < 0) {
                rest.add(part.signum() == 0 ? lot : lot.withAmount(lot.amount().subtract(part)));
            }
        }
        addPiece(pieces, left, Terms.PLAIN);
        return new Burned(pieces, rest);
    }

    private static void addPiece(List<Piece> pieces, BigInteger amount, Terms terms) {
        if (amount.signum() > 0) {
            pieces.add(new Piece(amount.longValueExact(), terms));
        }
    }

    private static Terms worse(Terms wanted, Terms given) {
        if (given.isPlain()) {
            return wanted;
        }
        LotCategory category = wanted.isPlain() ? LotCategory.PAID : wanted.category();
        return new Terms(
                given.category() == LotCategory.PROMOTIONAL ? LotCategory.PROMOTIONAL : category,
                wanted.priority(),
                wanted.effectiveNs(),
                wanted.expiresNs(),
                Math.max(wanted.convertibleFromNs(), given.convertibleFromNs()));
    }

    private long newNumber() {
        long number = numbers++;
        books.onRollback(() -> numbers--);
        return number;
    }
}
