package io.scrip.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a record in the event log; each stands in one Chronicle document. Little endian.
 *
 * <pre>
 *     0                4                8               12               16
 *     +----------------+---+---+---+----+----------------+----------------+
 *   0 | CRC32C         |'S'|'E'| 1 | 0  | payload length | epoch          |
 *     +----------------+---+---+---+----+----------------+----------------+
 *  16 | event sequence                  | payload …   … zeros to 4 bytes  |
 *     +---------------------------------+---------------------------------+
 * </pre>
 *
 * CRC32C covers everything behind it; epoch is the generation's.
 */
final class EventEnvelope {
    static final int CRC = 0;
    static final int TAG = 4;
    static final int PAYLOAD_LENGTH = 8;
    static final int EPOCH = 12;
    static final int SEQUENCE = 16;
    static final int PAYLOAD = 24;

    static final int TAG_EVENT = 'S' | 'E' << 8 | 1 << 16;

    private EventEnvelope() {}

    static int lengthOf(int payloadLength) {
        return PAYLOAD + Envelope.align(payloadLength);
    }

    /** Completes a record whose payload is already in its place. */
    static void seal(UnsafeBuffer record, byte[] bytes, int payloadLength, int epoch, long sequence, CRC32C crc) {
        int length = lengthOf(payloadLength);
        for (int i = PAYLOAD + payloadLength; i < length; i++) {
            bytes[i] = 0;
        }
        record.putInt(TAG, TAG_EVENT, ByteOrder.LITTLE_ENDIAN);
        record.putInt(PAYLOAD_LENGTH, payloadLength, ByteOrder.LITTLE_ENDIAN);
        record.putInt(EPOCH, epoch, ByteOrder.LITTLE_ENDIAN);
        record.putLong(SEQUENCE, sequence, ByteOrder.LITTLE_ENDIAN);
        crc.reset();
        crc.update(bytes, TAG, length - TAG);
        record.putInt(CRC, (int) crc.getValue(), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Whether the record of an event stands at {@code at}.
     *
     * @param window a view of the same bytes; its position and limit are changed
     */
    static boolean isGood(
            UnsafeBuffer file, ByteBuffer window, int at, int documentLength, int epoch, long sequence, CRC32C crc) {
        if (documentLength < PAYLOAD
                || file.getInt(at + TAG, ByteOrder.LITTLE_ENDIAN) != TAG_EVENT
                || file.getInt(at + EPOCH, ByteOrder.LITTLE_ENDIAN) != epoch
                || file.getLong(at + SEQUENCE, ByteOrder.LITTLE_ENDIAN) != sequence) {
            return false;
        }
        int payloadLength = file.getInt(at + PAYLOAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
        if (payloadLength < 0 || payloadLength > documentLength || lengthOf(payloadLength) != documentLength) {
            return false;
        }
        crc.reset();
        crc.update(window.limit(at + documentLength).position(at + TAG));
        return file.getInt(at + CRC, ByteOrder.LITTLE_ENDIAN) == (int) crc.getValue();
    }
}
