package io.scrip.ledger;

import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks at the places in memory that deciding a command will need, so that they are near when it is decided: with many
 * accounts and ids most of a transfer's time is waiting for them, one after the other, while looked at together they
 * come together. In two steps, for where a row lies has to be looked up itself: first that for every command that was
 * named, and then all rows. Reads only; what it finds there decides nothing, and the bytes may be anything.
 */
final class Foresight {
    /** More at once would push each other out of the nearest cache. */
    static final int MOST_NOTED = 16;

    private final LedgerState state;
    private final long[] hashes = new long[MOST_NOTED];
    private final int[] fromRows = new int[MOST_NOTED];
    private final int[] toRows = new int[MOST_NOTED];
    private int noted;
    /** Without it the compiler would leave the looking out; a test looks at it, too. */
    long seen;

    Foresight(LedgerState state) {
        this.state = state;
    }

    /** Notes a command, and looks where its rows are; no more than {@link #MOST_NOTED} before the next {@link #look}. */
    void note(DirectBuffer buffer, int offset, int length) {
        if (length < MessageShape.CALLER_END_OFFSET || noted == MOST_NOTED) {
            return;
        }
        int block = offset + MessageShape.HEADER_BYTES;
        boolean transfer = MessageShape.templateId(buffer, offset) == TransferDecoder.TEMPLATE_ID
                && length >= MessageShape.HEADER_BYTES + TransferDecoder.BLOCK_LENGTH;
        fromRows[noted] = transfer ? mainOf(i64(buffer, block + TransferDecoder.fromEncodingOffset())) : 0;
        toRows[noted] = transfer ? mainOf(i64(buffer, block + TransferDecoder.toEncodingOffset())) : 0;
        long hash = Hashing.mix(
                i64(buffer, offset + MessageShape.ID_HIGH_OFFSET), i64(buffer, offset + MessageShape.ID_LOW_OFFSET));
        hashes[noted] = hash;
        seen += state.ids.lookAtTags(hash);
        noted++;
    }

    /** Looks at the rows of all that was noted. */
    void look() {
        for (int i = 0; i < noted; i++) {
            seen += state.accounts.lookAt(fromRows[i]) + state.accounts.lookAt(toRows[i]);
            seen += state.ids.lookAtSlot(hashes[i]);
        }
        noted = 0;
    }

    private int mainOf(long wallet) {
        int row = state.wallets.rowOf(wallet);
        return row < 0 ? Accounts.UNTOUCHED : state.wallets.probableMain(row);
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
