package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.util.Arrays;

/** The outcomes of a batch's items, in their order; kept from batch to batch, as long as the longest so far. */
final class BatchResults {
    private static final int LONGS = 10;
    private static final int INITIAL_ITEMS = 64;

    private Outcome[] outcomes = new Outcome[INITIAL_ITEMS];
    private boolean[] replayed = new boolean[INITIAL_ITEMS];
    private long[] numbers = new long[INITIAL_ITEMS * LONGS];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Takes back the results from {@code first} on: their chain has failed and is decided again. */
    void truncate(int first) {
        count = first;
    }

    void add(Decision decision) {
        if (count == outcomes.length) {
            outcomes = Arrays.copyOf(outcomes, 2 * count);
            replayed = Arrays.copyOf(replayed, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count * LONGS);
        }
        outcomes[count] = decision.outcome;
        replayed[count] = decision.replayed;
        int at = count * LONGS;
        numbers[at] = decision.eventSequence;
        boolean moved = decision.hasMovement && !decision.replayed;
        numbers[at + 1] = moved ? decision.amount : 0;
        numbers[at + 2] = decision.needed;
        numbers[at + 3] = decision.available;
        numbers[at + 4] = decision.limit;
        numbers[at + 5] = decision.wallet;
        numbers[at + 6] = decision.window.value();
        numbers[at + 7] = decision.token;
        numbers[at + 8] = moved ? decision.fee : 0;
        numbers[at + 9] = moved ? decision.expiresNs : 0;
        count++;
    }

    Outcome outcome(int item) {
        return outcomes[item];
    }

    boolean isReplayed(int item) {
        return replayed[item];
    }

    long eventSequence(int item) {
        return numbers[item * LONGS];
    }

    long amount(int item) {
        return numbers[item * LONGS + 1];
    }

    long needed(int item) {
        return numbers[item * LONGS + 2];
    }

    long available(int item) {
        return numbers[item * LONGS + 3];
    }

    long limit(int item) {
        return numbers[item * LONGS + 4];
    }

    long wallet(int item) {
        return numbers[item * LONGS + 5];
    }

    SpendingWindow window(int item) {
        return SpendingWindow.get((short) numbers[item * LONGS + 6]);
    }

    long token(int item) {
        return numbers[item * LONGS + 7];
    }

    long fee(int item) {
        return numbers[item * LONGS + 8];
    }

    long expiresNs(int item) {
        return numbers[item * LONGS + 9];
    }
}
