package io.scrip.testkit.model;

import io.scrip.protocol.HoldStatus;

/** A hold, for whoever wants to do something with it. */
public record HoldView(Id id, AccountKey from, AccountKey to, long left, long expiresNs, HoldStatus status) {
    static HoldView of(NaiveHold hold) {
        return new HoldView(
                hold.id(), hold.from(), hold.to(), hold.left().longValueExact(), hold.expiresNs(), hold.status());
    }
}
