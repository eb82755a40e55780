package io.scrip.ledger;

import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks at the places in memory that deciding a command will need, so that they are near when it is decided: with many
 * accounts and ids most of a transfer's time is waiting for them, one after the other, while looked at together they
 * come together. In steps, for where a row lies has to be looked up itself; and each step goes over all commands in a
 * loop of its own that does nothing else, since a processor waits for no more places at once than it meets in the few
 * hundred instructions that it is ahead. Reads only; what it finds there decides nothing, and the bytes may be anything.
 */
final class Foresight {
    /** More at once would push each other out of the nearest cache. */
    static final int MOST_NOTED = 16;

    private final LedgerState state;
    private final long[] hashes = new long[MOST_NOTED];
    private final int[] walletRows = new int[2 * MOST_NOTED];
    private final int[] accountRows = new int[2 * MOST_NOTED];
    private int noted;
    /** Without it the compiler would leave the looking out; a test looks at it, too. */
    long seen;

    Foresight(LedgerState state) {
        this.state = state;
    }

    /** Notes a command; no more than {@link #MOST_NOTED} before the next {@link #look}. */
    void note(DirectBuffer buffer, int offset, int length) {
        if (length < MessageShape.CALLER_END_OFFSET || noted == MOST_NOTED) {
            return;
        }
        int block = offset + MessageShape.HEADER_BYTES;
        boolean transfer = MessageShape.templateId(buffer, offset) == TransferDecoder.TEMPLATE_ID
                && length >= MessageShape.HEADER_BYTES + TransferDecoder.BLOCK_LENGTH;
        walletRows[2 * noted] = transfer ? rowOf(buffer, block + TransferDecoder.fromEncodingOffset()) : -1;
        walletRows[2 * noted + 1] = transfer ? rowOf(buffer, block + TransferDecoder.toEncodingOffset()) : -1;
        hashes[noted] = Hashing.mix(
                i64(buffer, offset + MessageShape.ID_HIGH_OFFSET), i64(buffer, offset + MessageShape.ID_LOW_OFFSET));
        noted++;
    }

    /** Looks at the places of all that was noted. */
    void look() {
        if (noted == 0) {
            return;
        }
        long sum = lookForIds() + lookForAccounts();
        for (int i = 0; i < noted; i++) {
            sum += state.ids.lookAtSlot(hashes[i]);
        }
        seen += sum;
        noted = 0;
    }

    private long lookForIds() {
        long sum = 0;
        for (int i = 0; i < noted; i++) {
            sum += state.ids.lookAtTags(hashes[i]);
        }
        return sum;
    }

    private long lookForAccounts() {
        for (int i = 0; i < 2 * noted; i++) {
            int row = walletRows[i];
            accountRows[i] = row < 0 ? Accounts.UNTOUCHED : state.wallets.probableMain(row);
        }
        long sum = 0;
        for (int i = 0; i < 2 * noted; i++) {
            sum += state.accounts.lookAt(accountRows[i]);
        }
        return sum;
    }

    private int rowOf(DirectBuffer buffer, int at) {
        return state.wallets.rowOf(i64(buffer, at));
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
