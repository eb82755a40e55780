package io.scrip.snapshotter;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.CheckpointPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The checkpoints that a server in another process publishes. One thread. */
public final class PublishedCheckpoints implements CheckpointPort {
    private static final long LOOK_EVERY_NS = 20_000_000;

    private final Path file;
    private Checkpoint seen;
    private long lookedNs;
    private boolean hasLooked;

    public PublishedCheckpoints(Path file) {
        this.file = file;
    }

    @Override
    public void requestCheckpoint() {
        // It comes unasked.
    }

    /** The newest one that has been published; asked for more often than 50 times a second it looks no more often. */
    @Override
    public Checkpoint checkpoint() {
        long nowNs = System.nanoTime();
        if (hasLooked && nowNs - lookedNs < LOOK_EVERY_NS) {
            return seen;
        }
        hasLooked = true;
        lookedNs = nowNs;
        try {
            Checkpoint now = CheckpointFile.read(file);
            seen = now == null ? seen : now;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot read " + file, refused);
        }
        return seen;
    }
}
