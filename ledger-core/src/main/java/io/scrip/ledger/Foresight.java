package io.scrip.ledger;

import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks at the places in memory that deciding a command will need, so that they are near when it is decided: with many
 * accounts and ids most of a transfer's time is waiting for them, one after the other, while looked at together they
 * come together. Reads only; what it finds there decides nothing, and the bytes may be anything.
 */
final class Foresight {
    private final LedgerState state;
    /** Without it the compiler would leave the looking out; a test looks at it, too. */
    long seen;

    Foresight(LedgerState state) {
        this.state = state;
    }

    void look(DirectBuffer buffer, int offset, int length) {
        if (length < MessageShape.CALLER_END_OFFSET) {
            return;
        }
        int block = offset + MessageShape.HEADER_BYTES;
        boolean transfer = MessageShape.templateId(buffer, offset) == TransferDecoder.TEMPLATE_ID
                && length >= MessageShape.HEADER_BYTES + TransferDecoder.BLOCK_LENGTH;
        if (transfer) {
            seen += lookAtMain(i64(buffer, block + TransferDecoder.fromEncodingOffset()));
            seen += lookAtMain(i64(buffer, block + TransferDecoder.toEncodingOffset()));
        }
        seen += state.ids.lookAt(
                i64(buffer, offset + MessageShape.ID_HIGH_OFFSET), i64(buffer, offset + MessageShape.ID_LOW_OFFSET));
    }

    private long lookAtMain(long wallet) {
        int row = state.wallets.rowOf(wallet);
        return row < 0 ? 0 : state.accounts.lookAt(state.wallets.probableMain(row));
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
