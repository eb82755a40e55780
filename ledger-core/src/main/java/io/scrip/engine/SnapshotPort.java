package io.scrip.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where an operator's wish for a snapshot goes. Any thread; never waits. */
@FunctionalInterface
public interface SnapshotPort {
    /** A server that makes no snapshots. */
    SnapshotPort NONE =
            () -> CompletableFuture.failedFuture(new IllegalStateException("this server makes no snapshots"));

    /** Asks for a snapshot of at least what is durable now; fails with the reason when there will be none. */
    CompletionStage<Taken> requestSnapshot();

    /**
     * A snapshot that is good.
     *
     * @param sequence of the last command in it
     * @param fileName in the folder of snapshots
     */
    record Taken(long sequence, String fileName) {}
}
