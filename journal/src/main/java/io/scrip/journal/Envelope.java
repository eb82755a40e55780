package io.scrip.journal;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a record in the journal; each stands in one Chronicle document. Little endian.
 *
 * <pre>
 *     0                4                8               12               16
 *     +----------------+---+---+---+----+----------------+----------------+
 *   0 | CRC32C         |'S'|'J'| v | k  | payload length | epoch          |
 *     +----------------+---+---+---+----+----------------+----------------+
 *  16 | forcedSequence                  | sequence                        |
 *     +---------------------------------+---------------------------------+
 *  32 | timestampNs                     | hash of the previous record     |
 *     +---------------------------------+                                 |
 *  48 |                                                                   |
 *     |                                 +---------------------------------+
 *  64 |                                 | payload …                       |
 *     +---------------------------------+        … zeros to 4 bytes       |
 * </pre>
 *
 * <ul>
 *   <li>CRC32C covers everything behind it, the zeros included. v is 1.
 *   <li>k: 1 command; 2 part, a piece of a command too long for one document, whose last piece is a command record; 3
 *       seal, no payload, the sequence, time and hash of the last command.
 *   <li>epoch: random per generation, in the manifest too; bytes of anything else do not pass for a record.
 *   <li>forcedSequence: everything up to it was on the device when this record was written. That tells a torn tail
 *       from damage.
 *   <li>The hash of a record is SHA-256 of its bytes from 24 to the end of its payload (all parts' payloads).
 * </ul>
 */
final class Envelope {
    static final int CRC = 0;
    static final int TAG = 4;
    static final int PAYLOAD_LENGTH = 8;
    static final int EPOCH = 12;
    static final int FORCED_SEQUENCE = 16;
    static final int SEQUENCE = 24;
    static final int TIMESTAMP = 32;
    static final int PREVIOUS_HASH = 40;
    static final int PAYLOAD = 72;

    /** The part of the header that the chain covers. */
    static final int HASHED_HEADER_LENGTH = PAYLOAD - SEQUENCE;

    static final byte VERSION = 1;
    static final byte KIND_COMMAND = 1;
    static final byte KIND_PART = 2;
    static final byte KIND_SEAL = 3;

    static final int TAG_COMMAND = tag(KIND_COMMAND);
    static final int TAG_PART = tag(KIND_PART);
    static final int TAG_SEAL = tag(KIND_SEAL);

    private Envelope() {}

    static int lengthOf(int payloadLength) {
        return PAYLOAD + align(payloadLength);
    }

    static int align(int length) {
        return (length + 3) & ~3;
    }

    static boolean isTag(int tag) {
        return tag == TAG_COMMAND || tag == TAG_PART || tag == TAG_SEAL;
    }

    /** Writes everything before the payload except the checksum. */
    static void putHeader(
            UnsafeBuffer record,
            int tag,
            int payloadLength,
            int epoch,
            long forcedSequence,
            long sequence,
            long timestampNs,
            byte[] previousHash) {
        record.putInt(TAG, tag, ByteOrder.LITTLE_ENDIAN);
        record.putInt(PAYLOAD_LENGTH, payloadLength, ByteOrder.LITTLE_ENDIAN);
        record.putInt(EPOCH, epoch, ByteOrder.LITTLE_ENDIAN);
        record.putLong(FORCED_SEQUENCE, forcedSequence, ByteOrder.LITTLE_ENDIAN);
        record.putLong(SEQUENCE, sequence, ByteOrder.LITTLE_ENDIAN);
        record.putLong(TIMESTAMP, timestampNs, ByteOrder.LITTLE_ENDIAN);
        record.putBytes(PREVIOUS_HASH, previousHash);
    }

    /** Zeros behind the payload, then the checksum over all of it. */
    static void seal(UnsafeBuffer record, byte[] bytes, int payloadLength, CRC32C crc) {
        int end = PAYLOAD + payloadLength;
        int length = lengthOf(payloadLength);
        for (int i = end; i < length; i++) {
            bytes[i] = 0;
        }
        crc.reset();
        crc.update(bytes, TAG, length - TAG);
        record.putInt(CRC, (int) crc.getValue(), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Whether a whole record of this epoch stands at {@code at} in a document of {@code documentLength} bytes.
     *
     * @return what is wrong with it, null when nothing is
     */
    static String fault(UnsafeBuffer buffer, byte[] bytes, int at, int documentLength, int epoch, CRC32C crc) {
        if (documentLength < PAYLOAD) {
            return "a document of " + documentLength + " bytes is too short for a record";
        }
        if (!isTag(buffer.getInt(at + TAG, ByteOrder.LITTLE_ENDIAN))) {
            return "no record of version " + VERSION;
        }
        int payloadLength = buffer.getInt(at + PAYLOAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
        if (payloadLength < 0 || payloadLength > documentLength || lengthOf(payloadLength) != documentLength) {
            return "payload length " + payloadLength + " in a document of " + documentLength + " bytes";
        }
        if (buffer.getInt(at + EPOCH, ByteOrder.LITTLE_ENDIAN) != epoch) {
            return "record of another generation";
        }
        crc.reset();
        crc.update(bytes, at + TAG, documentLength - TAG);
        if (buffer.getInt(at + CRC, ByteOrder.LITTLE_ENDIAN) != (int) crc.getValue()) {
            return "checksum differs";
        }
        return null;
    }

    static boolean previousHashIs(byte[] bytes, int at, byte[] hash) {
        int start = at + PREVIOUS_HASH;
        return Arrays.equals(bytes, start, start + Chain.HASH_LENGTH, hash, 0, Chain.HASH_LENGTH);
    }

    private static int tag(byte kind) {
        return 'S' | 'J' << 8 | VERSION << 16 | kind << 24;
    }
}
