package io.scrip.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the pages of the event log's newest file, on a thread of its own, before and behind the one who writes.
 * Before: it reads where the file will be written next, so that the system has made the pages of that place, and filled
 * them with zeros, when the writer gets there; otherwise a seventh of that one's time goes into it. Behind: it has the
 * system write them to the device bit by bit ({@link Writeback}). Never writes itself, so that nothing depends on it but
 * time, and nobody has to be careful.
 */
final class EventPages implements AutoCloseable {
    static final int AHEAD_BYTES = 8 << 20;
    private static final int STEP_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 4 << 10;
    private static final Newest NONE = new Newest(null, ByteBuffer.allocate(0));

    private final Thread thread = new Thread(this::run, "scrip-event-pages");
    private volatile Newest newest = NONE;
    private volatile int written;
    private volatile boolean closed;
    /** Both written by this object's thread. */
    private volatile int touched;

    private volatile long begun;

    private int told;
    private Writeback writeback;
    /** What was read last: so that no reading is left out as useless. */
    private int seen;

    /** The file that is being written, and its mapping. */
    private record Newest(Path path, ByteBuffer mapped) {}

    EventPages() {
        thread.setDaemon(true);
        thread.start();
    }

    /** A new file is written from its beginning on. */
    void begin(Path path, ByteBuffer mapped) {
        written = 0;
        told = 0;
        newest = new Newest(path, mapped);
        LockSupport.unpark(thread);
    }

    /** So far it is written. Costs next to nothing. */
    void onWritten(long position) {
        if (position - told >= STEP_BYTES) {
            told = (int) position;
            written = told;
            LockSupport.unpark(thread);
        }
    }

    // Two files' names and bytes may be equal.
    @SuppressWarnings("ReferenceEquality")
    private void run() {
        // There may be a file before this thread runs for the first time.
        Newest current = NONE;
        while (!closed) {
            if (current != newest) {
                current = newest;
                touched = 0;
                follow(current.path());
            }
            int position = written;
            if (writeback != null) {
                writeback.written(position);
                begun = writeback.begunBytes();
            }
            int begin = Math.max(touched, position);
            int end = (int) Math.min(current.mapped().capacity(), (long) position + AHEAD_BYTES);
            if (begin >= end) {
                LockSupport.park(this);
            } else {
                int stop = Math.min(end, begin + STEP_BYTES);
                touch(current.mapped(), begin, stop);
                touched = stop;
            }
        }
        follow(null);
    }

    /** The rest of the file before, less than a step, is left to the system. */
    private void follow(Path path) {
        if (writeback != null) {
            writeback.close();
        }
        writeback = path == null ? null : Writeback.of(path);
    }

    private void touch(ByteBuffer mapped, int from, int to) {
        int sum = seen;
        for (int at = from; at < to; at += PAGE_BYTES) {
            sum += mapped.get(at);
        }
        seen = sum;
    }

    /** How far the file has been read. */
    int touchedBytes() {
        return touched;
    }

    /** How much of the file the device has been handed. */
    long begunBytes() {
        return begun;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
