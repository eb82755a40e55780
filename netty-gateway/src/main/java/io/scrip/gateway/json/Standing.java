package io.scrip.gateway.json;

import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.OutcomeReplyDecoder;

/**
 * What has become of a command by now. Immutable.
 *
 * @param hold      NONE when it placed no hold, or one that is forgotten
 * @param holdLeft  what can still be captured; of a resolved hold: what was given back
 * @param expiresNs of the hold
 * @param reversed  given back so far
 */
public record Standing(HoldStatus hold, long holdLeft, long expiresNs, long reversed) {
    /** Nothing has come of it. */
    public static final Standing NOTHING = new Standing(HoldStatus.NONE, 0, 0, 0);

    /** What the core says of an id. */
    public static Standing of(OutcomeReplyDecoder reply) {
        return new Standing(reply.holdStatus(), reply.holdLeft(), reply.expiresAt(), reply.reversed());
    }

    /** What the API calls the hold's status. */
    public TransferJson.Status status() {
        return switch (hold) {
            case POSTED -> TransferJson.Status.POSTED;
            case VOIDED -> TransferJson.Status.VOIDED;
            case EXPIRED -> TransferJson.Status.EXPIRED;
            default -> TransferJson.Status.PENDING;
        };
    }
}
