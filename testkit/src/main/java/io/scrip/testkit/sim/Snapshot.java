package io.scrip.testkit.sim;

import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core's state as it writes it, in memory. */
record Snapshot(long sequence, List<DirectBuffer> records) {

    static Snapshot of(LedgerProcessor core) {
        List<DirectBuffer> records = new ArrayList<>();
        core.writeTo((buffer, offset, length) -> {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            records.add(new UnsafeBuffer(copy));
        });
        return new Snapshot(core.lastSequence(), records);
    }

    LedgerProcessor restore(Retention retention, EventSink events) {
        Iterator<DirectBuffer> rest = records.iterator();
        try {
            return LedgerProcessor.readFrom(() -> rest.hasNext() ? rest.next() : null, retention, events);
        } catch (SnapshotException refused) {
            throw new Violation(Check.SNAPSHOT, refused);
        }
    }

    long contentHash() {
        Trace hash = new Trace();
        for (DirectBuffer record : records) {
            hash.note(record, 0, record.capacity());
        }
        return hash.hash();
    }

    /** Whether a core would write exactly these bytes. */
    boolean isOf(LedgerProcessor core) {
        Iterator<DirectBuffer> rest = records.iterator();
        boolean[] differs = {false};
        core.writeTo((buffer, offset, length) -> {
            DirectBuffer record = rest.hasNext() ? rest.next() : null;
            differs[0] |= record == null
                    || record.capacity() != length
                    || !CommandLog.isSame(record, 0, buffer, offset, length);
        });
        return !differs[0] && !rest.hasNext();
    }
}
