package io.scrip.benchmarks;

/** Tells whoever waits what is being done. */
@FunctionalInterface
public interface Progress {
    /** Says nothing, for tests. */
    Progress SILENT = what -> {};

    /** Another step has begun; one short line without an end. */
    void step(String what);
}
