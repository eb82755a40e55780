package io.scrip.benchmarks;

import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A transfer that is encoded once and changed in place, so that a benchmark measures the core and not its caller. */
final class TransferCommand {
    private static final int BLOCK = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int CALLER_WALLET = BLOCK + TransferEncoder.callerEncodingOffset() + 1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final int lengthBytes;

    TransferCommand(long token) {
        this(token, Role.WALLET);
    }

    /** Of no wallet's own key, so that a batch may hold transfers of many. */
    static TransferCommand bySystem(long token) {
        return new TransferCommand(token, Role.SYSTEM);
    }

    private TransferCommand(long token, Role role) {
        TransferEncoder encoder = new TransferEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.caller().role(role);
        encoder.token(token).flags().clear();
        encoder.conditionsCount(0);
        encoder.putReference(new byte[0], 0, 0).putMetadata(new byte[0], 0, 0);
        lengthBytes = BLOCK + encoder.encodedLength();
    }

    void set(long idHigh, long idLow, long from, long to, long amount) {
        buffer.putLong(CALLER_WALLET, from, ByteOrder.LITTLE_ENDIAN);
        set(buffer, 0, idHigh, idLow, from, to, amount);
    }

    /** The same for a copy of the bytes that begins at {@code at}; the caller stays. */
    static void set(MutableDirectBuffer copy, int at, long idHigh, long idLow, long from, long to, long amount) {
        int block = at + BLOCK;
        copy.putLong(block + TransferEncoder.idEncodingOffset(), idHigh, ByteOrder.LITTLE_ENDIAN);
        copy.putLong(block + TransferEncoder.idEncodingOffset() + Long.BYTES, idLow, ByteOrder.LITTLE_ENDIAN);
        copy.putLong(block + TransferEncoder.fromEncodingOffset(), from, ByteOrder.LITTLE_ENDIAN);
        copy.putLong(block + TransferEncoder.toEncodingOffset(), to, ByteOrder.LITTLE_ENDIAN);
        copy.putLong(block + TransferEncoder.amountEncodingOffset(), amount, ByteOrder.LITTLE_ENDIAN);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int lengthBytes() {
        return lengthBytes;
    }
}
