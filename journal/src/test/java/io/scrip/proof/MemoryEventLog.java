package io.scrip.proof;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An event log in memory. */
final class MemoryEventLog implements EventLog {
    final List<UnsafeBuffer> events = new ArrayList<>();
    /** What comes before it has been pruned. */
    volatile long firstKept = 1;

    @Override
    public long firstEventSequence() {
        return firstKept;
    }

    @Override
    public synchronized long lastEventSequence() {
        return events.size();
    }

    @Override
    public synchronized void append(long eventSequence, DirectBuffer event, int offset, int length) {
        byte[] bytes = new byte[length];
        event.getBytes(offset, bytes);
        events.add(new UnsafeBuffer(bytes));
    }

    @Override
    public Reader openReader() {
        return new Reader() {
            @Override
            public boolean read(long eventSequence, EventHandler handler) {
                return readRange(eventSequence, eventSequence, handler) == 1;
            }

            @Override
            public long readRange(long from, long to, EventHandler handler) {
                long read = 0;
                if (from < firstKept) {
                    throw new PrunedHistory(from, firstKept);
                }
                for (long sequence = from; sequence <= Math.min(to, lastEventSequence()); sequence++, read++) {
                    UnsafeBuffer event;
                    synchronized (MemoryEventLog.this) {
                        event = events.get((int) sequence - 1);
                    }
                    handler.onEvent(sequence, event, 0, event.capacity());
                }
                return read;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
