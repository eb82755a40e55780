package io.scrip.testkit.model;

import io.scrip.protocol.LegKind;
import java.math.BigInteger;
import java.util.List;

/** What happens by itself: holds expire, lots become good, lots expire, in order of (deadline, creation). */
final class NaiveDeadlines {
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final NaiveBooks books;
    private final NaiveHolds holds;
    private final NaiveLots lots;

    NaiveDeadlines(NaiveBooks books, NaiveHolds holds, NaiveLots lots) {
        this.books = books;
        this.holds = holds;
        this.lots = lots;
    }

    /** The next one, the largest long without any. */
    long nextNs() {
        long holdNs = books.byExpiry.isEmpty()
                ? Long.MAX_VALUE
                : books.byExpiry.first().expiresNs();
        return lots.due.isEmpty() ? holdNs : Math.min(holdNs, lots.due.first().deadlineNs());
    }

    void keep() {
        while (nextNs() <= books.timestampNs && nextNs() != Terms.NEVER) {
            NaiveHold hold = books.byExpiry.isEmpty() ? null : books.byExpiry.first();
            NaiveLots.Due due = lots.due.isEmpty() ? null : lots.due.first();
            if (due == null || (hold != null && isFirst(hold, due))) {
                holds.expire(hold);
            } else {
                keep(due);
            }
        }
    }

    private static boolean isFirst(NaiveHold hold, NaiveLots.Due due) {
        return hold.expiresNs() < due.deadlineNs()
                || (hold.expiresNs() == due.deadlineNs() && hold.createdEvent() <= due.event());
    }

    private void keep(NaiveLots.Due due) {
        AccountKey owner = due.account();
        NaiveLot lot = lots.at(due);
        Movement movement = new Movement(Id.NONE, 0);
        movement.event = books.lastEvent + 1;
        List<Piece> pieces = List.of(new Piece(lot.amount().longValueExact(), lot.terms()));
        if (books.account(owner).purse().notYet().contains(lot)) {
            lots.activate(owner, lot, movement.event);
            long previous = books.account(owner).lastEvent();
            books.put(books.accounts, owner, books.account(owner).touched(movement.event));
            books.writeLeg(movement, LegKind.EFFECTIVE, owner, owner, lot.amount(), previous, previous, pieces);
            return;
        }
        AccountKey breakage = new AccountKey(NaiveBooks.PLATFORM, owner.token(), AccountKey.BREAKAGE);
        if (books.account(owner).debitOverflows(lot.amount())
                || books.account(breakage).creditOverflows(lot.amount())) {
            lots.keepForEver(owner, lot);
            return;
        }
        lots.remove(owner, lot);
        books.leg(movement, LegKind.BREAKAGE, owner, breakage, lot.amount(), ZERO, pieces);
    }
}
