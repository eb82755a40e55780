package io.scrip.engine;

/**
 * Where the live core was between two batches: everything up to it is durable.
 *
 * @param number    of checkpoints told so far, this one counted
 * @param sequence  of the last command applied
 * @param stateHash of the state after it
 */
public record Checkpoint(long number, long sequence, long stateHash) {}
