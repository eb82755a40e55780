package io.scrip.ledger;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.SnapshotBeginDecoder;
import io.scrip.protocol.SnapshotEndDecoder;
import io.scrip.protocol.SnapshotRowsDecoder;
import io.scrip.protocol.SnapshotSection;
import io.scrip.protocol.SnapshotSectionEndDecoder;
import io.scrip.protocol.SnapshotSectionHeadDecoder;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what {@link SnapshotWriter} wrote, and nothing else: every surprise is a {@link SnapshotException}. */
final class SnapshotReader {
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int VALUES_START =
            HEADER + SnapshotRowsDecoder.BLOCK_LENGTH + SnapshotRowsDecoder.valuesHeaderLength();

    private final SnapshotSource source;
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[SnapshotWriter.MAX_RECORD_BYTES]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotRowsDecoder rowsDecoder = new SnapshotRowsDecoder();
    private final CRC32C wholeCrc = new CRC32C();
    private final CRC32C sectionCrc = new CRC32C();

    private int recordLength;
    private long records;
    private SnapshotSection section;
    private long valuesLeft;
    private long values;
    private int position;
    private int end;

    SnapshotReader(SnapshotSource source) {
        this.source = source;
    }

    /** Reads the beginning into the state's counters. */
    void begin(LedgerState state, Retention retention) throws SnapshotException {
        readRecord(SnapshotBeginDecoder.TEMPLATE_ID, SnapshotBeginDecoder.BLOCK_LENGTH, false);
        SnapshotBeginDecoder begin = new SnapshotBeginDecoder()
                .wrap(record, HEADER, SnapshotBeginDecoder.BLOCK_LENGTH, SnapshotBeginDecoder.SCHEMA_VERSION);
        boolean sameRetention = begin.retentionWindowNs() == retention.windowNs()
                && begin.retentionMaxIds() == retention.maxIds()
                && begin.retentionSegmentIds() == retention.segmentIds();
        if (!sameRetention) {
            throw new SnapshotException("the snapshot was made with another retention of ids than " + retention);
        }
        state.lastSequence = begin.sequence();
        state.lastTimestampNs = begin.timestamp();
        state.lastEventSequence = begin.eventSequence();
    }

    /** Begins a section; its rows, at most as many as asked for. */
    int begin(SnapshotSection wanted, int columns, int maxRows) throws SnapshotException {
        readRecord(SnapshotSectionHeadDecoder.TEMPLATE_ID, SnapshotSectionHeadDecoder.BLOCK_LENGTH, false);
        SnapshotSectionHeadDecoder head = new SnapshotSectionHeadDecoder()
                .wrap(
                        record,
                        HEADER,
                        SnapshotSectionHeadDecoder.BLOCK_LENGTH,
                        SnapshotSectionHeadDecoder.SCHEMA_VERSION);
        if (head.sectionRaw() != wanted.value()) {
            throw new SnapshotException("section " + head.sectionRaw() + " where " + wanted + " should begin");
        }
        if (head.layout() != SnapshotWriter.LAYOUT || head.columns() != columns) {
            throw new SnapshotException(wanted + " has layout " + head.layout() + " with " + head.columns()
                    + " columns, which is not known");
        }
        if (head.rows() < 0 || head.rows() > maxRows) {
            throw new SnapshotException(wanted + " has " + head.rows() + " rows");
        }
        section = wanted;
        values = 0;
        valuesLeft = head.rows() * columns;
        position = 0;
        end = 0;
        sectionCrc.reset();
        return (int) head.rows();
    }

    long next() throws SnapshotException {
        if (position == end) {
            readValues();
        }
        long value = record.getLong(position, ByteOrder.LITTLE_ENDIAN);
        position += Long.BYTES;
        return value;
    }

    void end() throws SnapshotException {
        if (valuesLeft != 0 || position != end) {
            throw new SnapshotException(section + " has more values than are wanted");
        }
        readRecord(SnapshotSectionEndDecoder.TEMPLATE_ID, SnapshotSectionEndDecoder.BLOCK_LENGTH, false);
        SnapshotSectionEndDecoder sectionEnd = new SnapshotSectionEndDecoder()
                .wrap(record, HEADER, SnapshotSectionEndDecoder.BLOCK_LENGTH, SnapshotSectionEndDecoder.SCHEMA_VERSION);
        if (sectionEnd.sectionRaw() != section.value() || sectionEnd.crc32c() != sectionCrc.getValue()) {
            throw new SnapshotException("the values of " + section + " do not match their checksum");
        }
    }

    /** Reads the end and compares; after it nothing may follow. */
    void finish(long stateHash) throws SnapshotException {
        long crc = wholeCrc.getValue();
        long before = records;
        readRecord(SnapshotEndDecoder.TEMPLATE_ID, SnapshotEndDecoder.BLOCK_LENGTH, false);
        SnapshotEndDecoder last = new SnapshotEndDecoder()
                .wrap(record, HEADER, SnapshotEndDecoder.BLOCK_LENGTH, SnapshotEndDecoder.SCHEMA_VERSION);
        if (last.records() != before || last.crc32c() != crc) {
            throw new SnapshotException("the records do not match the checksum over all of them");
        }
        if (last.stateHash() != stateHash) {
            throw new SnapshotException("the state read has another hash than the state written");
        }
        if (source.next() != null) {
            throw new SnapshotException("something follows the end");
        }
    }

    private void readValues() throws SnapshotException {
        if (valuesLeft == 0) {
            throw new SnapshotException(section + " has fewer values than are wanted");
        }
        readRecord(SnapshotRowsDecoder.TEMPLATE_ID, SnapshotRowsDecoder.BLOCK_LENGTH, true);
        rowsDecoder.wrap(record, HEADER, SnapshotRowsDecoder.BLOCK_LENGTH, SnapshotRowsDecoder.SCHEMA_VERSION);
        int lengthBytes = recordLength - VALUES_START;
        long expected = Math.min(valuesLeft, SnapshotWriter.VALUES_IN_RECORD) * Long.BYTES;
        boolean right = rowsDecoder.sectionRaw() == section.value()
                && rowsDecoder.firstValue() == values
                && rowsDecoder.valuesLength() == lengthBytes
                && lengthBytes == expected;
        if (!right) {
            throw new SnapshotException(section + " does not go on after " + values + " values");
        }
        sectionCrc.update(record.byteArray(), VALUES_START, lengthBytes);
        position = VALUES_START;
        end = recordLength;
        values += lengthBytes / Long.BYTES;
        valuesLeft -= lengthBytes / Long.BYTES;
    }

    private void readRecord(int templateId, int blockBytes, boolean hasValues) throws SnapshotException {
        DirectBuffer next = source.next();
        if (next == null) {
            throw new SnapshotException("the snapshot ends after " + records + " records");
        }
        recordLength = next.capacity();
        int shortest = hasValues ? VALUES_START : HEADER + blockBytes;
        int longest = hasValues ? SnapshotWriter.MAX_RECORD_BYTES : shortest;
        if (recordLength < shortest || recordLength > longest) {
            throw new SnapshotException("record " + records + " has " + recordLength + " bytes");
        }
        next.getBytes(0, record, 0, recordLength);
        header.wrap(record, 0);
        boolean known = header.schemaId() == MessageHeaderDecoder.SCHEMA_ID
                && header.version() <= MessageHeaderDecoder.SCHEMA_VERSION
                && header.templateId() == templateId
                && header.blockLength() == blockBytes;
        if (!known) {
            throw new SnapshotException("record " + records + " is message " + header.templateId() + " of schema "
                    + header.schemaId() + ", version " + header.version() + ", not " + templateId);
        }
        wholeCrc.update(record.byteArray(), 0, recordLength);
        records++;
    }
}
