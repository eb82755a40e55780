package io.scrip.ledger;

import io.scrip.protocol.LotCategory;

/**
 * Which lots a movement takes with it, and where they go. Lots burn in the order that {@link Lots} keeps; plain value
 * burns at its own place in that order, and last of all what an account may overdraw.
 */
final class BurnDown {
    private final LedgerState state;
    private final Lots lots;
    private final LotSums sums;
    private final LotTerms worse = new LotTerms();
    private final LotTerms lotTerms = new LotTerms();
    private final LotPieces given = new LotPieces();

    BurnDown(LedgerState state) {
        this.state = state;
        lots = state.lots;
        sums = state.accounts.lotSums();
    }

    /** What taking an amount from an account would take, without taking it. */
    void plan(int account, long amount, LotPieces pieces) {
        pieces.clear();
        if (state.accounts.hasLots(account)) {
            burn(Lots.GOOD, account, plain(account), amount, pieces, false);
        }
    }

    /** Takes an amount's lots from an account that is about to be debited or reserved from. */
    void take(int account, long amount, LotPieces pieces) {
        pieces.clear();
        if (state.accounts.hasLots(account)) {
            burn(Lots.GOOD, account, plain(account), amount, pieces, true);
        }
    }

    /** Takes part of what a hold has set aside; {@code heldTotal} is all of it, plain value included. */
    void takeHeld(int hold, long heldTotal, long amount, LotPieces pieces) {
        pieces.clear();
        int first = lots.first(Lots.HELD, hold);
        if (first < 0) {
            return;
        }
        long inLots = 0;
        for (int lot = first; lot >= 0; lot = lots.next(lot)) {
            inLots += lots.amount(lot);
        }
        burn(Lots.HELD, hold, heldTotal - inLots, amount, pieces, true);
    }

    /** Sets pieces aside with a hold. */
    void setAside(int hold, LotPieces pieces, long eventSequence) {
        for (int i = 0; i < pieces.count(); i++) {
            if (!pieces.terms(i).isPlain()) {
                lots.add(Lots.HELD, hold, pieces.terms(i), pieces.amount(i), eventSequence);
            }
        }
    }

    /**
     * Adds pieces to an account. The platform's purses (issuance, revenue, breakage) take value without its terms.
     * Expired pieces are added too: their deadline has passed, and they are moved on before anything else happens.
     */
    void deliver(int account, LotPieces pieces, long eventSequence, long timestampNs) {
        if (sheds(account)) {
            return;
        }
        for (int i = 0; i < pieces.count(); i++) {
            if (!pieces.terms(i).isPlain()) {
                add(account, pieces.terms(i), pieces.amount(i), eventSequence, timestampNs);
            }
        }
    }

    /** A hold stops the clock of what it holds: what expired meanwhile arrives without expiry. */
    static void keepAlive(LotPieces pieces, long timestampNs) {
        for (int i = 0; i < pieces.count(); i++) {
            if (pieces.terms(i).expiresNs <= timestampNs) {
                pieces.terms(i).expiresNs = Lots.NEVER;
            }
        }
    }

    void add(int account, LotTerms terms, long amount, long eventSequence, long timestampNs) {
        boolean notYet = terms.effectiveNs > timestampNs;
        lots.add(notYet ? Lots.NOT_YET : Lots.GOOD, account, terms, amount, eventSequence);
        sums.add(account, amount, notYet ? amount : 0);
        state.accounts.markLots(account);
    }

    /** A lot becomes good. */
    void activate(int lot, long eventSequence) {
        int account = lots.ownerRow(lot);
        long amount = lots.amount(lot);
        lots.copyTerms(lot, lotTerms);
        lots.take(lot, amount);
        lots.add(Lots.GOOD, account, lotTerms, amount, eventSequence);
        sums.add(account, 0, -amount);
    }

    /** A lot that has expired leaves its account; the caller moves the value. */
    void expire(int lot, LotPieces pieces) {
        long amount = lots.amount(lot);
        pieces.clear();
        lots.copyTerms(lot, pieces.add(amount));
        sums.add(lots.ownerRow(lot), -amount, 0);
        lots.take(lot, amount);
    }

    /**
     * Takes from a payee what a reversal gives back, and turns it into what the payer had given. Where the payee still
     * has value of the very same terms, that is taken and restored as it was. For the rest the payee gives other
     * value, and the payer gets the worse of both: nobody may turn a bonus into cash by having it reversed.
     */
    void giveBack(int payee, LotPieces original, LotPieces restored) {
        restored.clear();
        long taken = 0;
        for (int i = 0; i < original.count(); i++) {
            LotTerms wanted = original.terms(i);
            long left = original.amount(i);
            // The account's totals do not know yet what was taken so far.
            long plain = plain(payee) - taken;
            long same = wanted.isPlain() ? Math.max(Math.min(plain, left), 0) : takeSame(payee, wanted, left);
            if (same > 0) {
                restored.add(same).become(wanted);
                taken += same;
                left -= same;
            }
            if (left > 0) {
                given.clear();
                burn(Lots.GOOD, payee, plain(payee) - taken, left, given, true);
                for (int piece = 0; piece < given.count(); piece++) {
                    worseOf(wanted, given.terms(piece));
                    restored.add(given.amount(piece)).become(worse);
                }
                restored.overflown(given.isOverflown());
                taken += left;
            }
        }
    }

    private long takeSame(int payee, LotTerms wanted, long amount) {
        long taken = 0;
        int lot = lots.first(Lots.GOOD, payee);
        while (lot >= 0 && taken < amount) {
            int next = lots.next(lot);
            lots.copyTerms(lot, lotTerms);
            if (lotTerms.isLike(wanted)) {
                long part = Math.min(lots.amount(lot), amount - taken);
                lots.take(lot, part);
                sums.add(payee, -part, 0);
                taken += part;
            }
            lot = next;
        }
        return taken;
    }

    private void worseOf(LotTerms wanted, LotTerms givenTerms) {
        worse.become(wanted);
        if (givenTerms.isPlain()) {
            return;
        }
        if (wanted.isPlain()) {
            worse.category = LotCategory.PAID;
        }
        if (givenTerms.category == LotCategory.PROMOTIONAL) {
            worse.category = LotCategory.PROMOTIONAL;
        }
        worse.convertibleFromNs = Math.max(worse.convertibleFromNs, givenTerms.convertibleFromNs);
    }

    private void burn(int kind, int ownerRow, long plain, long amount, LotPieces pieces, boolean take) {
        long left = amount;
        long plainLeft = Math.max(plain, 0);
        int lot = lots.first(kind, ownerRow);
        while (left > 0 && lot >= 0) {
            if (plainLeft > 0 && lots.isAfterPlain(lot)) {
                long part = Math.min(plainLeft, left);
                pieces.add(part).plain();
                plainLeft -= part;
                left -= part;
                continue;
            }
            long part = Math.min(lots.amount(lot), left);
            lots.copyTerms(lot, pieces.add(part));
            int next = lots.next(lot);
            if (take) {
                lots.take(lot, part);
                if (kind != Lots.HELD) {
                    sums.add(ownerRow, -part, 0);
                }
            }
            left -= part;
            lot = next;
        }
        if (left > 0) {
            pieces.add(left).plain();
        }
    }

    /** Value of an account that lies in no lot; negative when it is overdrawn. */
    private long plain(int account) {
        return state.accounts.posted(account) - state.accounts.debitsPending(account) - sums.total(account);
    }

    private boolean sheds(int account) {
        int code = state.accounts.code(account);
        return code == Accounts.ISSUANCE || code == Accounts.REVENUE || code == Accounts.BREAKAGE;
    }
}
