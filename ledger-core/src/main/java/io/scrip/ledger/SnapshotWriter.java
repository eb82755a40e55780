package io.scrip.ledger;

import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.SnapshotBeginEncoder;
import io.scrip.protocol.SnapshotEndEncoder;
import io.scrip.protocol.SnapshotRowsEncoder;
import io.scrip.protocol.SnapshotSection;
import io.scrip.protocol.SnapshotSectionEndEncoder;
import io.scrip.protocol.SnapshotSectionHeadEncoder;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts the state into bounded records.
 *
 * <pre>
 *   SnapshotBegin | SectionHead · Rows … Rows · SectionEnd | SectionHead · … · SectionEnd | … | SnapshotEnd
 * </pre>
 */
final class SnapshotWriter {
    /** Values in a full record. */
    static final int VALUES_IN_RECORD = 8_000;
    /** Version of the meaning of every section's columns. */
    static final short LAYOUT = 1;

    static final int MAX_RECORD_BYTES = 65_536;
    private static final int VALUES_START = MessageHeaderEncoder.ENCODED_LENGTH
            + SnapshotRowsEncoder.BLOCK_LENGTH
            + SnapshotRowsEncoder.valuesHeaderLength();

    private final SnapshotSink sink;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_RECORD_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SnapshotRowsEncoder rowsEncoder = new SnapshotRowsEncoder();
    private final CRC32C wholeCrc = new CRC32C();
    private final CRC32C sectionCrc = new CRC32C();

    private SnapshotSection section;
    private long values;
    private long valuesExpected;
    private int valuesInRecord;
    private long records;

    SnapshotWriter(SnapshotSink sink) {
        this.sink = sink;
    }

    void begin(LedgerState state, Retention retention) {
        int length = new SnapshotBeginEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .sequence(state.lastSequence)
                .timestamp(state.lastTimestampNs)
                .eventSequence(state.lastEventSequence)
                .retentionWindowNs(retention.windowNs())
                .retentionMaxIds(retention.maxIds())
                .retentionSegmentIds(retention.segmentIds())
                .encodedLength();
        deliver(length);
    }

    void begin(SnapshotSection newSection, int columns, long rows) {
        section = newSection;
        values = 0;
        valuesInRecord = 0;
        valuesExpected = columns * rows;
        sectionCrc.reset();
        int length = new SnapshotSectionHeadEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .section(section)
                .layout(LAYOUT)
                .columns(columns)
                .rows(rows)
                .encodedLength();
        deliver(length);
    }

    void put(long value) {
        buffer.putLong(VALUES_START + valuesInRecord * Long.BYTES, value, ByteOrder.LITTLE_ENDIAN);
        valuesInRecord++;
        if (valuesInRecord == VALUES_IN_RECORD) {
            flushValues();
        }
    }

    void end() {
        if (valuesInRecord > 0) {
            flushValues();
        }
        if (values != valuesExpected) {
            throw new LedgerFault(section + " has " + values + " values in a snapshot, not " + valuesExpected);
        }
        int length = new SnapshotSectionEndEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .section(section)
                .crc32c(sectionCrc.getValue())
                .encodedLength();
        deliver(length);
    }

    void finish(long stateHash) {
        int length = new SnapshotEndEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .records(records)
                .stateHash(stateHash)
                .crc32c(wholeCrc.getValue())
                .encodedLength();
        deliver(length);
    }

    private void flushValues() {
        int lengthBytes = valuesInRecord * Long.BYTES;
        rowsEncoder.wrapAndApplyHeader(buffer, 0, header).section(section).firstValue(values);
        buffer.putInt(VALUES_START - SnapshotRowsEncoder.valuesHeaderLength(), lengthBytes, ByteOrder.LITTLE_ENDIAN);
        sectionCrc.update(buffer.byteArray(), VALUES_START, lengthBytes);
        values += valuesInRecord;
        valuesInRecord = 0;
        deliver(VALUES_START - MessageHeaderEncoder.ENCODED_LENGTH + lengthBytes);
    }

    private void deliver(int encodedLength) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        wholeCrc.update(buffer.byteArray(), 0, length);
        records++;
        sink.onRecord(buffer, 0, length);
    }
}
