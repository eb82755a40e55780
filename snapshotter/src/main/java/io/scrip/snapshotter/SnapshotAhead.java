package io.scrip.snapshotter;

import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.ledger.SnapshotSource;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A snapshot's records, read and checked on a thread of its own, some records ahead of the one that builds a core of
 * them.
 */
final class SnapshotAhead implements SnapshotSource, AutoCloseable {
    private final HandOver records = new HandOver();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final Thread reading;
    private RecordBatch batch;
    private int nextInBatch;

    private SnapshotAhead(SnapshotInput input) {
        reading = new Thread(() -> read(input), "scrip-snapshot-ahead");
        reading.setDaemon(true);
    }

    /** Makes a core of what comes behind the header. */
    static LedgerProcessor load(SnapshotInput input, Retention retention, EventSink events) throws SnapshotException {
        try (SnapshotAhead ahead = new SnapshotAhead(input)) {
            ahead.reading.start();
            return LedgerProcessor.readFrom(ahead, retention, events);
        }
    }

    /** Carries what is wrong with a snapshot from one thread to the other. */
    private static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SnapshotException damage;

        Damaged(SnapshotException damage) {
            super(damage);
            this.damage = damage;
        }
    }

    private void read(SnapshotInput input) {
        Throwable why = null;
        try {
            RecordBatch filling = records.empty();
            for (DirectBuffer next = input.next(); next != null; next = input.next()) {
                if (filling.isFull()) {
                    records.full(filling);
                    filling = records.empty();
                }
                filling.add(0, 0, next, 0, next.capacity());
            }
            records.full(filling);
        } catch (SnapshotException damage) {
            why = new Damaged(damage);
        } catch (RuntimeException | Error failed) {
            why = failed;
        }
        records.end(why);
    }

    @Override
    public DirectBuffer next() throws SnapshotException {
        while (batch == null || nextInBatch == batch.count()) {
            if (batch != null) {
                records.done(batch);
            }
            nextInBatch = 0;
            batch = nextBatch();
            if (batch == null) {
                return null;
            }
        }
        record.wrap(batch.bytes(), batch.start(nextInBatch), batch.length(nextInBatch));
        nextInBatch++;
        return record;
    }

    private RecordBatch nextBatch() throws SnapshotException {
        try {
            return records.next();
        } catch (Damaged carrier) {
            throw carrier.damage;
        }
    }

    /** Ends the reading thread. */
    @Override
    public void close() {
        records.leave();
        HandOver.join(reading);
    }
}
