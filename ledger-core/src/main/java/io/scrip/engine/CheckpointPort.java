package io.scrip.engine;

/** Where a follower asks what the live core's state is, to compare its own with it. Any thread; never waits. */
public interface CheckpointPort {
    /** Asks for a checkpoint after the batch that is being worked on, or soon when none is. */
    void requestCheckpoint();

    /** The newest checkpoint; null before the first. */
    Checkpoint checkpoint();
}
