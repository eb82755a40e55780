package io.scrip.testkit.model;

import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.OutcomeReplyDecoder;

/** What is known of a command's id: its record, what became of its hold, and how much of it was given back. */
public record OutcomeView(
        Id id, long eventSequence, HoldStatus holdStatus, long holdLeft, long expiresNs, long reversed) {

    public static OutcomeView of(OutcomeReplyDecoder reply) {
        return new OutcomeView(
                new Id(reply.id().high(), reply.id().low()),
                reply.eventSequence(),
                reply.holdStatus(),
                reply.holdLeft(),
                reply.expiresAt(),
                reply.reversed());
    }
}
