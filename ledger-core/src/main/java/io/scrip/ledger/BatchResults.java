package io.scrip.ledger;

import io.scrip.protocol.BatchReplyEncoder.ResultsEncoder;
import io.scrip.protocol.Outcome;
import java.util.Arrays;

/** The outcomes of a batch's items, in their order; kept from batch to batch, as long as the longest so far. */
final class BatchResults {
    private static final int LONGS = 10;
    private static final int RESULT_BYTES = ResultsEncoder.sbeBlockLength();
    private static final int REPLAYED = 1;
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

    /** How long all results are, with the group's head. */
    int encodedLength() {
        return ResultsEncoder.HEADER_SIZE + count * RESULT_BYTES;
    }

    /** Writes the group of all results, at the places that the schema gives; {@link LittleEndian} says why by hand. */
    void put(byte[] bytes, int start) {
        LittleEndian.putShort(bytes, start, RESULT_BYTES);
        LittleEndian.putShort(bytes, start + Short.BYTES, count);
        int at = start + ResultsEncoder.HEADER_SIZE;
        for (int item = 0; item < count; item++, at += RESULT_BYTES) {
            int number = item * LONGS;
            bytes[at + ResultsEncoder.outcomeEncodingOffset()] = (byte) outcomes[item].value();
            bytes[at + ResultsEncoder.flagsEncodingOffset()] = (byte) (replayed[item] ? REPLAYED : 0);
            LittleEndian.putLong(bytes, at + ResultsEncoder.eventSequenceEncodingOffset(), numbers[number]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.amountEncodingOffset(), numbers[number + 1]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.neededEncodingOffset(), numbers[number + 2]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.availableEncodingOffset(), numbers[number + 3]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.limitValueEncodingOffset(), numbers[number + 4]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.walletEncodingOffset(), numbers[number + 5]);
            bytes[at + ResultsEncoder.windowEncodingOffset()] = (byte) numbers[number + 6];
            LittleEndian.putLong(bytes, at + ResultsEncoder.tokenEncodingOffset(), numbers[number + 7]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.feeEncodingOffset(), numbers[number + 8]);
            LittleEndian.putLong(bytes, at + ResultsEncoder.expiresAtEncodingOffset(), numbers[number + 9]);
        }
    }
}
