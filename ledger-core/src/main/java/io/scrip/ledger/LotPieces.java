package io.scrip.ledger;

/** What a movement is made of, in burn-down order: parts of lots, and plain value. Reused; never more than a bound. */
final class LotPieces {
    /** A movement made of more pieces is refused; a smaller amount of it is not. */
    static final int MAX_PIECES = 512;

    private final long[] amounts = new long[MAX_PIECES];
    private final LotTerms[] terms = new LotTerms[MAX_PIECES];
    private int count;
    private boolean overflown;

    void clear() {
        count = 0;
        overflown = false;
    }

    /** The terms to fill in for one more piece. */
    LotTerms add(long amount) {
        if (count == MAX_PIECES) {
            overflown = true;
            return terms[MAX_PIECES - 1];
        }
        if (terms[count] == null) {
            terms[count] = new LotTerms();
        }
        amounts[count] = amount;
        return terms[count++];
    }

    /** Makes this the stretch {@code [from, to)} of another movement, counted in its amounts. */
    void becomeStretch(LotPieces whole, long from, long to) {
        clear();
        long start = 0;
        for (int i = 0; i < whole.count; i++) {
            long end = start + whole.amounts[i];
            long overlap = Math.min(end, to) - Math.max(start, from);
            if (overlap > 0) {
                add(overlap).become(whole.terms[i]);
            }
            start = end;
        }
    }

    void overflown(boolean also) {
        overflown |= also;
    }

    boolean isOverflown() {
        return overflown;
    }

    /** Whether there is anything but plain value. */
    boolean hasLots() {
        for (int i = 0; i < count; i++) {
            if (!terms[i].isPlain()) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return count;
    }

    /** What all pieces come to: of a movement of too many, what the first of them come to. */
    long total() {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += amounts[i];
        }
        return total;
    }

    long amount(int piece) {
        return amounts[piece];
    }

    LotTerms terms(int piece) {
        return terms[piece];
    }
}
