package io.scrip.snapshotter;

import io.scrip.journal.JournalPosition;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.SnapshotException;
import io.scrip.protocol.MessageHeaderDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a snapshot file says of itself before its records: which state it holds, and where the journal goes on.
 *
 * <pre>
 *   0    magic "SCRIPSNP"             8     60   chain hash of the journal        32
 *   8    format, 2                    4     92   generation of the journal         4
 *   12   header length, 192           4     96   offset in the journal's file      8
 *   16   schema version               4     104  length of its name, 0 to 80       4
 *   20   1: anchored                  4     108  its name, then zeros             80
 *   24   sequence                     8     188  CRC32C of bytes 0 to 187          4
 *   32   timestamp, ns                8
 *   40   event sequence               8
 *   48   state hash                   8
 *   56   CRC32C of the last event     4
 * </pre>
 *
 * @param sequence      of the last command applied
 * @param timestampNs   of that command
 * @param eventSequence of the last event
 * @param stateHash     as {@link LedgerProcessor#stateHash} gives it
 * @param position      right behind that command; null before the first
 * @param anchor        what holds it to the logs; null when it does not say, as files of format 1 never do
 */
public record SnapshotHeader(
        long sequence, long timestampNs, long eventSequence, long stateHash, JournalPosition position, Anchor anchor) {
    static final int LENGTH = 192;
    /** Version of the file's frame; the records have versions of their own. */
    static final int FORMAT = 2;

    private static final byte[] MAGIC = "SCRIPSNP".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NAME_BYTES = 80;
    private static final int NAME_AT = 108;
    private static final int CRC_AT = 188;

    private static final int ANCHORED_AT = 20;
    private static final int EVENT_CRC_AT = 56;
    private static final int FIRST_ANCHORED_FORMAT = 2;

    /**
     * Before the snapshot got its name, journal and event log were on the device up to its place in them. So a start
     * need not read them before it.
     *
     * @param lastEventCrc CRC32C of the last event, as the core encoded it; 0 before the first
     */
    public record Anchor(int lastEventCrc) {}

    public SnapshotHeader {
        if ((position == null) != (sequence == 0)) {
            throw new IllegalArgumentException(
                    "a state has its place in the journal when it has a sequence: " + sequence + ", " + position);
        }
        if (position != null && (position.sequence() != sequence || position.timestampNs() != timestampNs)) {
            throw new IllegalArgumentException(
                    "the state is of sequence " + sequence + ", the place in the journal of " + position.sequence());
        }
    }

    static SnapshotHeader of(LedgerProcessor core, JournalPosition position, Anchor anchor) {
        return new SnapshotHeader(
                core.lastSequence(),
                core.lastTimestampNs(),
                core.lastEventSequence(),
                core.stateHash(),
                position,
                anchor);
    }

    byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putBytes(0, MAGIC);
        buffer.putInt(8, FORMAT, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(12, LENGTH, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(16, MessageHeaderDecoder.SCHEMA_VERSION, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(24, sequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(32, timestampNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(40, eventSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(48, stateHash, ByteOrder.LITTLE_ENDIAN);
        if (anchor != null) {
            buffer.putInt(ANCHORED_AT, 1, ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(EVENT_CRC_AT, anchor.lastEventCrc(), ByteOrder.LITTLE_ENDIAN);
        }
        if (position != null) {
            byte[] name = position.fileName().getBytes(StandardCharsets.UTF_8);
            if (name.length > MAX_NAME_BYTES) {
                throw new IllegalArgumentException("a journal file has a long name: " + position.fileName());
            }
            buffer.putBytes(60, HexFormat.of().parseHex(position.hashHex()));
            buffer.putInt(92, position.generation(), ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(96, position.offsetBytes(), ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(104, name.length, ByteOrder.LITTLE_ENDIAN);
            buffer.putBytes(NAME_AT, name);
        }
        buffer.putInt(CRC_AT, (int) crc(bytes), ByteOrder.LITTLE_ENDIAN);
        return bytes;
    }

    static SnapshotHeader decode(byte[] bytes) throws SnapshotException {
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        if (bytes.length != LENGTH || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new SnapshotException("this is no snapshot file");
        }
        if (buffer.getInt(CRC_AT, ByteOrder.LITTLE_ENDIAN) != (int) crc(bytes)) {
            throw new SnapshotException("the header does not match its checksum");
        }
        int format = buffer.getInt(8, ByteOrder.LITTLE_ENDIAN);
        int schema = buffer.getInt(16, ByteOrder.LITTLE_ENDIAN);
        if (format < 1
                || format > FORMAT
                || buffer.getInt(12, ByteOrder.LITTLE_ENDIAN) != LENGTH
                || schema > MessageHeaderDecoder.SCHEMA_VERSION) {
            throw new SnapshotException("a newer Scrip wrote this: format " + format + ", schema version " + schema);
        }
        long sequence = buffer.getLong(24, ByteOrder.LITTLE_ENDIAN);
        long timestampNs = buffer.getLong(32, ByteOrder.LITTLE_ENDIAN);
        int nameLength = buffer.getInt(104, ByteOrder.LITTLE_ENDIAN);
        if (nameLength < 0 || nameLength > MAX_NAME_BYTES || (nameLength == 0) != (sequence == 0)) {
            throw new SnapshotException("the place in the journal has a name of " + nameLength + " bytes");
        }
        byte[] hash = new byte[JournalPosition.HASH_DIGITS / 2];
        buffer.getBytes(60, hash);
        JournalPosition position = nameLength == 0
                ? null
                : new JournalPosition(
                        buffer.getInt(92, ByteOrder.LITTLE_ENDIAN),
                        new String(bytes, NAME_AT, nameLength, StandardCharsets.UTF_8),
                        buffer.getLong(96, ByteOrder.LITTLE_ENDIAN),
                        sequence,
                        timestampNs,
                        HexFormat.of().formatHex(hash));
        boolean anchored = format >= FIRST_ANCHORED_FORMAT && buffer.getInt(ANCHORED_AT, ByteOrder.LITTLE_ENDIAN) == 1;
        return new SnapshotHeader(
                sequence,
                timestampNs,
                buffer.getLong(40, ByteOrder.LITTLE_ENDIAN),
                buffer.getLong(48, ByteOrder.LITTLE_ENDIAN),
                position,
                anchored ? new Anchor(buffer.getInt(EVENT_CRC_AT, ByteOrder.LITTLE_ENDIAN)) : null);
    }

    private static long crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        return crc.getValue();
    }
}
