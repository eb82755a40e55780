package io.scrip.client;

import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.OutcomeReplyDecoder;

/**
 * What is known of an id. Immutable.
 *
 * @param eventSequence where its outcome stands; 0: not known, or not for this key
 * @param holdStatus    {@link HoldStatus#NONE} when it is no hold
 * @param holdLeft      what can still be captured
 * @param expiresAtNs   of a hold; 0: none
 * @param reversed      given back so far
 */
public record OutcomeState(long eventSequence, HoldStatus holdStatus, long holdLeft, long expiresAtNs, long reversed) {
    static OutcomeState of(OutcomeReplyDecoder reply) {
        return new OutcomeState(
                reply.eventSequence(), reply.holdStatus(), reply.holdLeft(), reply.expiresAt(), reply.reversed());
    }
}
