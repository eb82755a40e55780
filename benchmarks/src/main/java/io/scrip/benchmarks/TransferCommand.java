package io.scrip.benchmarks;

import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A transfer that is encoded once and changed in place, so that a benchmark measures the core and not its caller. */
final class TransferCommand {
    private static final int BLOCK = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int CALLER_WALLET = BLOCK + TransferEncoder.callerEncodingOffset() + 1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final int lengthBytes;

    TransferCommand(long token) {
        TransferEncoder encoder = new TransferEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.caller().role(Role.WALLET);
        encoder.token(token).flags().clear();
        encoder.conditionsCount(0);
        encoder.putReference(new byte[0], 0, 0).putMetadata(new byte[0], 0, 0);
        lengthBytes = BLOCK + encoder.encodedLength();
    }

    void set(long idHigh, long idLow, long from, long to, long amount) {
        put(BLOCK + TransferEncoder.idEncodingOffset(), idHigh);
        put(BLOCK + TransferEncoder.idEncodingOffset() + Long.BYTES, idLow);
        put(CALLER_WALLET, from);
        put(BLOCK + TransferEncoder.fromEncodingOffset(), from);
        put(BLOCK + TransferEncoder.toEncodingOffset(), to);
        put(BLOCK + TransferEncoder.amountEncodingOffset(), amount);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    private void put(int at, long value) {
        buffer.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
    }
}
