package io.scrip.snapshotter;

import io.scrip.engine.Journal;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory; every record is as good as forced. */
final class MemoryJournal implements Journal {
    private final List<byte[]> records = new ArrayList<>();

    @Override
    public long lastSequence() {
        return records.size();
    }

    @Override
    public long lastTimestampNs() {
        return records.size();
    }

    @Override
    public void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        byte[] copy = new byte[length];
        command.getBytes(offset, copy);
        records.add(copy);
    }

    void append(DirectBuffer command) {
        append(lastSequence() + 1, lastSequence() + 1, command, 0, command.capacity());
    }

    /** As if a power cut had taken the records after {@code sequence}. */
    void loseAfter(long sequence) {
        records.subList((int) sequence, records.size()).clear();
    }

    @Override
    public void force() {}

    @Override
    public void onIdle() {}

    @Override
    public boolean hasRoom(int lengthBytes) {
        return true;
    }

    @Override
    public long replay(long fromSequence, RecordHandler handler) {
        for (long sequence = fromSequence; sequence <= records.size(); sequence++) {
            byte[] record = records.get((int) sequence - 1);
            handler.onRecord(sequence, sequence, new UnsafeBuffer(record), 0, record.length);
        }
        return records.size() - fromSequence + 1;
    }

    @Override
    public void close() {}
}
