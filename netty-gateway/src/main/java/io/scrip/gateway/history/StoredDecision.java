package io.scrip.gateway.history;

import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;

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
        SpendingWindow window,
        StoredCommand command)
        implements StoredEvent {

    /** What a reply says of a command that moved nothing. */
    public static StoredDecision of(CommandReplyDecoder reply, StoredCommand command) {
        return new StoredDecision(
                reply.eventSequence(),
                reply.sequence(),
                reply.timestamp(),
                reply.id().high(),
                reply.id().low(),
                reply.outcome(),
                reply.wallet(),
                reply.needed(),
                reply.available(),
                reply.limitValue(),
                reply.window(),
                command);
    }
}
