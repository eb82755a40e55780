package io.scrip.ledger;

import io.scrip.ledger.Commands.Transfer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Transfers whose id is a UUIDv7 of a chosen time. */
final class Uuid7 {
    private Uuid7() {}

    static DirectBuffer transfer(long timeMs, long number, long from, long to, long token, long amount) {
        DirectBuffer plain = Transfer.of(1, from, to, token, amount).encode();
        MutableDirectBuffer buffer = new UnsafeBuffer(new byte[plain.capacity()]);
        buffer.putBytes(0, plain, 0, plain.capacity());
        buffer.putLong(MessageShape.ID_HIGH_OFFSET, timeMs << 16 | 0x7000L, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(MessageShape.ID_LOW_OFFSET, Long.MIN_VALUE | number, ByteOrder.LITTLE_ENDIAN);
        return buffer;
    }
}
