package io.scrip.engine;

/** Where the sequencer, and nobody else, gets its time. */
@FunctionalInterface
public interface Clock {
    /** Nanoseconds since 1970 UTC; may jump or stand still, the sequencer makes it strictly growing. */
    long nowNs();
}
