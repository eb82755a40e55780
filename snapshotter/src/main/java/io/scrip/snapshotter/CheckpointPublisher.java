package io.scrip.snapshotter;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.CheckpointPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Tells a follower in another process where the live core is: about ten times a second while anything happens, once a
 * second while nothing does. A thread of its own; the live core is asked for a hash and never waits.
 */
public final class CheckpointPublisher implements Runnable, AutoCloseable {
    private static final long EVERY_NS = 100_000_000;
    private static final long AT_LEAST_EVERY_NS = 1_000_000_000;

    private final CheckpointPort live;
    private final Path file;
    private final Consumer<IOException> onFailure;
    private final Thread thread = new Thread(this, "scrip-checkpoints");
    /** Numbers of one process are above those of the processes before it. */
    private long number = System.currentTimeMillis() << 20;

    private volatile boolean stopping;

    /** @param onFailure told once for each time that the file begins to be unwritable; it is tried again */
    public CheckpointPublisher(CheckpointPort live, Path file, Consumer<IOException> onFailure) {
        this.live = live;
        this.file = file;
        this.onFailure = onFailure;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void run() {
        Checkpoint written = null;
        long writtenNs = 0;
        boolean told = false;
        while (!stopping) {
            live.requestCheckpoint();
            LockSupport.parkNanos(this, EVERY_NS);
            Checkpoint now = live.checkpoint();
            boolean isNew = now != null && (written == null || now.number() != written.number());
            boolean isDue = isNew
                    && (written == null
                            || now.sequence() != written.sequence()
                            || System.nanoTime() - writtenNs >= AT_LEAST_EVERY_NS);
            if (isDue) {
                try {
                    write(now.sequence(), now.stateHash());
                    written = now;
                    writtenNs = System.nanoTime();
                    told = false;
                } catch (IOException refused) {
                    // A full disk has room again some day.
                    if (!told) {
                        onFailure.accept(refused);
                    }
                    told = true;
                }
            }
        }
    }

    private synchronized void write(long sequence, long stateHash) throws IOException {
        CheckpointFile.write(file, new Checkpoint(++number, sequence, stateHash));
    }

    /** Ends with the very last state, so that a follower can be compared with it when the server is gone. */
    public void closeWith(long sequence, long stateHash) {
        close();
        try {
            write(sequence, stateHash);
        } catch (IOException refused) {
            onFailure.accept(refused);
        }
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
