package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.LogArchive;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices within a second that an operator has pruned the archive beside the running server, so that what is gone is said
 * to be gone and its room is given back. A thread of its own.
 */
final class PruneWatch implements Runnable, AutoCloseable {
    private static final long LOOK_EVERY_NS = 1_000_000_000;

    private final LogArchive archive;
    private final ChronicleEventLog eventLog;
    private final PrintWriter err;
    private final Thread thread = new Thread(this, "scrip-prune-watch");
    private volatile boolean stopping;

    PruneWatch(Path events, ChronicleEventLog eventLog, PrintWriter err) {
        this.archive = LogArchive.ofEvents(events);
        this.eventLog = eventLog;
        this.err = err;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        boolean told = false;
        while (!stopping) {
            LockSupport.parkNanos(this, LOOK_EVERY_NS);
            try {
                if (archive.prunedSequence() + 1 != eventLog.firstEventSequence()) {
                    eventLog.refresh();
                }
                told = false;
            } catch (JournalFailure refused) {
                if (!told) {
                    err.println("scrip: archive: " + refused.getMessage());
                    err.flush();
                }
                told = true;
            }
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
