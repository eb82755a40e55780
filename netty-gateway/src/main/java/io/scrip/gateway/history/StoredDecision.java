package io.scrip.gateway.history;

import io.scrip.protocol.Outcome;

/** Every outcome that moved nothing: a refusal with the numbers that explain it, or a command such as a new wallet. */
public record StoredDecision(
        long eventSequence,
        long sequence,
        long timestampNs,
        long idHigh,
        long idLow,
        Outcome outcome,
        long wallet,
        long needed,
        long available,
        long limitValue,
        StoredCommand command)
        implements StoredEvent {}
