package io.scrip.journal;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads, on a thread of its own, where a file of the event log will be written next, so that the system has made the
 * pages of that place, and filled them with zeros, before the one who writes gets there: otherwise a seventh of that
 * one's time goes into it. Only ever reads, so that nothing depends on it but time, and nobody has to be careful.
 */
final class PagesAhead implements AutoCloseable {
    static final int AHEAD_BYTES = 8 << 20;
    private static final int STEP_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 4 << 10;

    private final Thread thread = new Thread(this::run, "scrip-event-pages");
    private volatile ByteBuffer file = ByteBuffer.allocate(0);
    private volatile int written;
    private volatile boolean closed;
    /** Written by this object's thread. */
    private volatile int touched;

    private int told;
    /** What was read last: so that no reading is left out as useless. */
    private int seen;

    PagesAhead() {
        thread.setDaemon(true);
        thread.start();
    }

    /** A new file is written from its beginning on. */
    void begin(ByteBuffer mapped) {
        written = 0;
        told = 0;
        file = mapped;
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

    // Another file's mapping may have the same bytes.
    @SuppressWarnings("ReferenceEquality")
    private void run() {
        ByteBuffer current = file;
        while (!closed) {
            if (current != file) {
                current = file;
                touched = 0;
            }
            int begin = Math.max(touched, written);
            int end = (int) Math.min(current.capacity(), (long) written + AHEAD_BYTES);
            if (begin >= end) {
                LockSupport.park(this);
            } else {
                int stop = Math.min(end, begin + STEP_BYTES);
                touch(current, begin, stop);
                touched = stop;
            }
        }
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

    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
