package io.scrip.gateway.history;

import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;

/**
 * Every outcome that moved nothing: a refusal with the numbers that explain it, or a command such as a new wallet.
 *
 * @param token     in which the numbers are, when the command names none or several; 0 otherwise
 * @param expiresNs of the hold that was extended; 0: none
 */
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
        long token,
        long expiresNs,
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
                reply.token(),
                reply.outcome() == Outcome.APPLIED ? reply.expiresAt() : 0,
                command);
    }
}
