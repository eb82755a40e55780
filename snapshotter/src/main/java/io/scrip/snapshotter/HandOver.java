package io.scrip.snapshotter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Batches on their way from one thread to another, in order, a few at most: who is faster waits. Whatever ends one side
 * ends the other: a producer's failure comes out where batches are taken, and a consumer that has gone makes the next
 * empty batch that is asked for a {@link Gone}.
 *
 * <pre>
 *   producer   empty() → fills it → full(batch) … end(null or why)
 *   consumer                          next() → uses it → done(batch) … null at the end
 * </pre>
 */
final class HandOver {
    private static final int BATCHES = 12;

    private final Side free = new Side();
    private final Side filled = new Side();
    private volatile Throwable failure;

    HandOver() {
        for (int i = 0; i < BATCHES; i++) {
            free.add(new RecordBatch());
        }
    }

    /** There is nobody any more to take what is produced. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("nobody takes the records any more");
        }
    }

    /** A batch to fill. */
    RecordBatch empty() {
        RecordBatch batch = free.take();
        if (free.isClosed()) {
            throw new Gone();
        }
        batch.clear();
        return batch;
    }

    /** Hands a batch over. */
    void full(RecordBatch batch) {
        filled.add(batch);
    }

    /** After the last batch; with what kept it from being more, or null. */
    void end(Throwable why) {
        failure = why;
        filled.close();
    }

    /**
     * The next batch, null after the last.
     *
     * @throws RuntimeException what ended the producer
     */
    RecordBatch next() {
        RecordBatch batch = filled.take();
        if (batch != null) {
            return batch;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        return null;
    }

    /** The batch may be filled again. */
    void done(RecordBatch batch) {
        free.add(batch);
    }

    /** Nothing more will be taken. */
    void leave() {
        free.close();
    }

    /**
     * Where one of the two takes batches that the other puts there. Who has found none is woken when half of all are
     * there, not by the first: with few processors a thread that is woken often takes the waker's own.
     */
    private static final class Side {
        private static final int WORTH_WAKING = BATCHES / 2;

        private final Lock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Deque<RecordBatch> batches = new ArrayDeque<>(BATCHES);
        private boolean closed;

        void add(RecordBatch batch) {
            lock.lock();
            try {
                batches.addLast(batch);
                if (batches.size() == WORTH_WAKING) {
                    changed.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        /** Null when it is closed and there is none left. */
        RecordBatch take() {
            lock.lock();
            try {
                if (batches.isEmpty()) {
                    while (batches.size() < WORTH_WAKING && !closed) {
                        changed.awaitUninterruptibly();
                    }
                }
                return batches.pollFirst();
            } finally {
                lock.unlock();
            }
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        boolean isClosed() {
            lock.lock();
            try {
                return closed;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a thread to end, whatever interrupts it. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
