package io.scrip.gateway;

import io.scrip.engine.Journal;
import org.agrona.DirectBuffer;

/** A journal that forgets everything but its last sequence and time. */
public final class MemoryJournal implements Journal {
    public volatile boolean full;
    private volatile long lastSequence;
    private volatile long lastTimestampNs;

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long lastTimestampNs() {
        return lastTimestampNs;
    }

    @Override
    public void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        lastSequence = sequence;
        lastTimestampNs = timestampNs;
    }

    @Override
    public void force() {
        // Nothing is kept.
    }

    @Override
    public void onIdle() {
        // Nothing is kept.
    }

    @Override
    public boolean hasRoom(int lengthBytes) {
        return !full;
    }

    @Override
    public long replay(long fromSequence, RecordHandler handler) {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
