package io.scrip.snapshotter;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An event log in memory, which a test may spoil. */
final class MemoryEventLog implements EventLog {
    final List<byte[]> events = new ArrayList<>();
    long unreadable;

    @Override
    public long lastEventSequence() {
        return events.size();
    }

    @Override
    public void append(long eventSequence, DirectBuffer event, int offset, int length) {
        if (eventSequence != events.size() + 1) {
            throw new IllegalArgumentException(eventSequence + " does not follow " + events.size());
        }
        byte[] copy = new byte[length];
        event.getBytes(offset, copy);
        events.add(copy);
    }

    void truncateFrom(long eventSequence) {
        events.subList((int) eventSequence - 1, events.size()).clear();
        unreadable = 0;
    }

    @Override
    public Reader openReader() {
        return new Reader() {
            @Override
            public boolean read(long eventSequence, EventHandler handler) {
                return readRange(eventSequence, eventSequence, handler) == 1;
            }

            @Override
            public long readRange(long fromEventSequence, long toEventSequence, EventHandler handler) {
                long last = Math.min(toEventSequence, events.size());
                for (long sequence = fromEventSequence; sequence <= last; sequence++) {
                    if (sequence == unreadable) {
                        throw new JournalFailure(JournalFailure.Kind.DAMAGED, "event " + sequence + " is damaged");
                    }
                    byte[] event = events.get((int) sequence - 1);
                    handler.onEvent(sequence, new UnsafeBuffer(event), 0, event.length);
                }
                return last - fromEventSequence + 1;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
