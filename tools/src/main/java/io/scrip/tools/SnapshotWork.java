package io.scrip.tools;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.Pipeline;
import io.scrip.engine.SnapshotPort;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.CheckpointPublisher;
import io.scrip.snapshotter.KnownPlaces;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.snapshotter.Snapshotter;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The snapshots of a running server: a follower in its process, or word to one in another, or nothing. One thread. */
final class SnapshotWork {
    private static final SnapshotPort MADE_APART = () -> java.util.concurrent.CompletableFuture.failedFuture(
            new IllegalStateException("snapshots are made by `scrip snapshotter`, apart from this server"));

    private final SnapshotOptions options;
    private final DataFolder folder;
    private final SnapshotStore store;
    private final Closeable lock;
    private Snapshotter follower;
    private CheckpointPublisher publisher;
    private PruneWatch pruneWatch;

    private SnapshotWork(SnapshotOptions options, DataFolder folder, SnapshotStore store, Closeable lock) {
        this.options = options;
        this.folder = folder;
        this.store = store;
        this.lock = lock;
    }

    /** How far opening need not read, as the snapshots that are there say. Changes nothing on disk. */
    static KnownPlaces known(SnapshotOptions options, DataFolder folder) {
        return KnownPlaces.of(found(new SnapshotStore(folder.snapshots(), options.keep())));
    }

    /** Before recovery; refuses when another process makes snapshots and this one was told to. */
    static SnapshotWork prepare(SnapshotOptions options, DataFolder folder) {
        SnapshotStore store = new SnapshotStore(folder.snapshots(), options.keep());
        try {
            // What a server before this one said of its core: this one may come back before that place.
            Files.deleteIfExists(folder.live());
        } catch (IOException refused) {
            throw new Refusal(ExitCode.DISK, "cannot remove " + folder.live() + ": " + refused, refused);
        }
        return new SnapshotWork(
                options, folder, store, options.mode() == SnapshotOptions.Mode.ON ? store.lock() : null);
    }

    SnapshotOptions options() {
        return options;
    }

    /** What recovery may begin with, the newest first, and last what it must begin with when nothing else is good. */
    List<SnapshotFile> found() {
        return found(store);
    }

    private static List<SnapshotFile> found(SnapshotStore store) {
        try {
            return candidates(store);
        } catch (SnapshotException unreadable) {
            throw new Refusal(ExitCode.DISK, unreadable.getMessage(), unreadable);
        }
    }

    static List<SnapshotFile> candidates(SnapshotStore store) throws SnapshotException {
        List<SnapshotFile> files = new ArrayList<>(store.list());
        SnapshotFile base = store.base();
        if (base != null) {
            files.add(base);
        }
        return files;
    }

    /** Begins its work, once the journal is being written. */
    void start(Pipeline pipeline, ChronicleEventLog eventLog, PrintWriter err) {
        pruneWatch = new PruneWatch(folder.events(), eventLog, err);
        pruneWatch.start();
        if (options.mode() == SnapshotOptions.Mode.ON) {
            Archiving archiving = new Archiving(folder, options.archive(), store);
            follower = new Snapshotter(
                    store,
                    options.config(),
                    pipeline,
                    folder.journal(),
                    folder.events(),
                    Retention.STANDARD,
                    new SnapshotReporter(err, archiving, eventLog::refresh));
            follower.start();
        } else if (options.mode() == SnapshotOptions.Mode.APART) {
            publisher = new CheckpointPublisher(
                    pipeline,
                    folder.live(),
                    refused -> err.println("scrip: cannot tell `scrip snapshotter` where the core is: " + refused));
            publisher.start();
        }
    }

    /** Where a wish for a snapshot goes. */
    SnapshotPort port() {
        return switch (options.mode()) {
            case ON -> follower;
            case APART -> MADE_APART;
            case OFF -> SnapshotPort.NONE;
        };
    }

    /** @param core at rest, after its last command */
    void stop(LedgerProcessor core) {
        pruneWatch.close();
        if (follower != null && options.atStop()) {
            follower.closeWithSnapshot(new Checkpoint(0, core.lastSequence(), core.stateHash()));
        } else if (follower != null) {
            follower.close();
        }
        if (publisher != null) {
            publisher.closeWith(core.lastSequence(), core.stateHash());
        }
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException refused) {
            throw new Refusal(ExitCode.DISK, "cannot let go of " + folder.snapshots() + ": " + refused, refused);
        }
    }
}
