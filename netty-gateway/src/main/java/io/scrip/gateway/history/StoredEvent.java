package io.scrip.gateway.history;

import io.scrip.protocol.Outcome;

/** One record of the event log, decoded: the outcome of a command as it was decided the first time. Immutable. */
public sealed interface StoredEvent permits StoredLeg, StoredDecision {

    /** Dense position in the event log, from 1. */
    long eventSequence();

    /** Journal sequence of the command. */
    long sequence();

    /** Nanoseconds since 1970 UTC. */
    long timestampNs();

    long idHigh();

    long idLow();

    Outcome outcome();

    /** The command that was decided. */
    StoredCommand command();
}
