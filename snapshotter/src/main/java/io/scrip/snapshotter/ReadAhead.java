package io.scrip.snapshotter;

import io.scrip.engine.Journal;
import org.agrona.DirectBuffer;

/**
 * Replays a journal on two threads: one reads and checks, the calling one applies. The journal is the reading thread's
 * until {@link #replay} returns.
 */
final class ReadAhead implements Journal.RecordHandler {
    private final HandOver records = new HandOver();
    private RecordBatch filling;

    private ReadAhead() {}

    /**
     * As {@link Journal#replay}.
     *
     * @param foresight on the calling thread, too
     * @return records handed over
     */
    static long replay(
            Journal journal, long fromSequence, Journal.RecordHandler handler, RecordBatch.Foresight foresight) {
        ReadAhead ahead = new ReadAhead();
        Thread reading = new Thread(() -> ahead.read(journal, fromSequence), "scrip-read-ahead");
        reading.setDaemon(true);
        reading.start();
        try {
            return ahead.apply(handler, foresight);
        } finally {
            ahead.records.leave();
            HandOver.join(reading);
        }
    }

    private void read(Journal journal, long fromSequence) {
        Throwable why = null;
        try {
            filling = records.empty();
            journal.replay(fromSequence, this);
            records.full(filling);
        } catch (HandOver.Gone nobodyApplies) {
            why = nobodyApplies;
        } catch (RuntimeException | Error refused) {
            // What is good before it is applied: a failure comes out where it would without a second thread.
            if (filling != null) {
                records.full(filling);
            }
            why = refused;
        }
        records.end(why);
    }

    @Override
    public void onRecord(long sequence, long timestampNs, DirectBuffer record, int offset, int length) {
        if (filling.isFull()) {
            records.full(filling);
            filling = null;
            filling = records.empty();
        }
        filling.add(sequence, timestampNs, record, offset, length);
    }

    private long apply(Journal.RecordHandler handler, RecordBatch.Foresight foresight) {
        long count = 0;
        for (RecordBatch batch = records.next(); batch != null; batch = records.next()) {
            batch.applyTo(foresight, handler);
            count += batch.count();
            records.done(batch);
        }
        return count;
    }
}
