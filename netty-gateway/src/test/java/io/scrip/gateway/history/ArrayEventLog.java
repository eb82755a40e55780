package io.scrip.gateway.history;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An event log in memory, for tests. Any thread may append and read; readers must be used by one thread at a time. */
public final class ArrayEventLog implements EventLog {
    private static final int CHUNK_LENGTH = 4_096;

    private final CopyOnWriteArrayList<byte[][]> chunks = new CopyOnWriteArrayList<>();
    private final AtomicInteger openReaders = new AtomicInteger();
    private final AtomicLong reads = new AtomicLong();
    private volatile long last;
    private volatile boolean isClosed;
    private volatile long first = 1;

    @Override
    public long firstEventSequence() {
        return first;
    }

    /** Takes away what comes before an event. */
    public void pruneBefore(long eventSequence) {
        first = eventSequence;
    }

    @Override
    public long lastEventSequence() {
        return last;
    }

    @Override
    public synchronized void append(long eventSequence, DirectBuffer event, int offset, int length) {
        if (eventSequence != last + 1) {
            throw new IllegalArgumentException("expected event " + (last + 1) + ", not " + eventSequence);
        }
        byte[] bytes = new byte[length];
        event.getBytes(offset, bytes);
        int index = (int) last;
        if (index % CHUNK_LENGTH == 0) {
            chunks.add(new byte[CHUNK_LENGTH][]);
        }
        chunks.get(index / CHUNK_LENGTH)[index % CHUNK_LENGTH] = bytes;
        last = eventSequence;
    }

    @Override
    public Reader openReader() {
        openReaders.incrementAndGet();
        return new ArrayReader();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    /** Readers opened and not closed. */
    public int openReaders() {
        return openReaders.get();
    }

    /** Records handed out since the beginning. */
    public long reads() {
        return reads.get();
    }

    private final class ArrayReader implements Reader {
        private final AtomicInteger users = new AtomicInteger();
        private boolean isReaderClosed;

        @Override
        public boolean read(long eventSequence, EventHandler handler) {
            if (users.incrementAndGet() != 1 || isClosed || isReaderClosed) {
                throw new IllegalStateException("used by two at a time, inside a handler, or closed");
            }
            try {
                if (eventSequence < 1 || eventSequence > last) {
                    return false;
                }
                if (eventSequence < first) {
                    throw new PrunedHistory(eventSequence, first);
                }
                int index = (int) (eventSequence - 1);
                byte[] bytes = chunks.get(index / CHUNK_LENGTH)[index % CHUNK_LENGTH];
                // Handed over at an odd place and wiped afterwards, so that nobody relies on either.
                UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 3]);
                buffer.putBytes(3, bytes);
                reads.incrementAndGet();
                handler.onEvent(eventSequence, buffer, 3, bytes.length);
                buffer.setMemory(0, buffer.capacity(), (byte) 0x5a);
                return true;
            } finally {
                users.decrementAndGet();
            }
        }

        @Override
        public long readRange(long fromEventSequence, long toEventSequence, EventHandler handler) {
            long count = 0;
            for (long i = fromEventSequence; i <= toEventSequence && read(i, handler); i++) {
                count++;
            }
            return count;
        }

        @Override
        public void close() {
            if (!isReaderClosed) {
                isReaderClosed = true;
                openReaders.decrementAndGet();
            }
        }
    }
}
