package io.scrip.ledger;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.SnapshotRowsDecoder;
import io.scrip.protocol.SnapshotSectionHeadDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/** A snapshot in memory, for tests: what stands between a core that writes and one that reads. */
public final class SnapshotRecords {
    private final List<byte[]> records;

    SnapshotRecords(List<byte[]> records) {
        this.records = records;
    }

    public static SnapshotRecords of(LedgerProcessor core) {
        List<byte[]> records = new ArrayList<>();
        core.writeTo((buffer, offset, length) -> {
            byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
        });
        return new SnapshotRecords(records);
    }

    public SnapshotSource source() {
        Iterator<byte[]> rest = records.iterator();
        return () -> rest.hasNext() ? new UnsafeBuffer(rest.next()) : null;
    }

    /** The records, each a copy of its own. */
    List<byte[]> copies() {
        List<byte[]> copies = new ArrayList<>();
        records.forEach(record -> copies.add(record.clone()));
        return copies;
    }

    /** Columns of sections in which no row has anything but zero: whether they survive is not seen. */
    public Set<String> unusedColumns() {
        Set<String> unused = new TreeSet<>();
        SnapshotSectionHeadDecoder head = new SnapshotSectionHeadDecoder();
        SnapshotRowsDecoder rows = new SnapshotRowsDecoder();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (byte[] record : records) {
            UnsafeBuffer buffer = new UnsafeBuffer(record);
            header.wrap(buffer, 0);
            if (header.templateId() == SnapshotSectionHeadDecoder.TEMPLATE_ID) {
                head.wrapAndApplyHeader(buffer, 0, header);
                for (int column = 0; column < head.columns(); column++) {
                    unused.add(head.section() + " " + column);
                }
            } else if (header.templateId() == SnapshotRowsDecoder.TEMPLATE_ID) {
                rows.wrapAndApplyHeader(buffer, 0, header);
                int first = record.length - rows.valuesLength();
                for (int at = first; at < record.length; at += Long.BYTES) {
                    long value = rows.firstValue() + (at - first) / Long.BYTES;
                    if (buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) != 0) {
                        unused.remove(head.section() + " " + value % head.columns());
                    }
                }
            }
        }
        return unused;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SnapshotRecords that && Arrays.deepEquals(records.toArray(), that.records.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(records.toArray());
    }
}
