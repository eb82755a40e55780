package io.scrip.snapshotter;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

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
    private static final int BATCHES = 6;

    private final BlockingQueue<RecordBatch> free = new LinkedBlockingQueue<>();
    private final BlockingQueue<RecordBatch> filled = new LinkedBlockingQueue<>();
    private final RecordBatch last = new RecordBatch();
    private volatile Throwable failure;
    private volatile boolean gone;

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
        RecordBatch batch = take(free);
        if (gone) {
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
        filled.add(last);
    }

    /**
     * The next batch, null after the last.
     *
     * @throws RuntimeException what ended the producer
     */
    RecordBatch next() {
        RecordBatch batch = take(filled);
        if (batch != last) {
            return batch;
        }
        // Asked once more it says the same.
        filled.add(last);
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
        gone = true;
        free.add(last);
    }

    private static RecordBatch take(BlockingQueue<RecordBatch> queue) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return queue.take();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
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
