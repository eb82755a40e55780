package io.scrip.testkit.sim;

import org.agrona.DirectBuffer;

/** A message in the engine's ring, and what has become of it. */
final class Offer {
    final Request request;
    /** Whether it belongs into the journal. */
    final boolean journaled;

    /** 0 until it is appended. */
    long sequence;

    long timestampNs;
    /** The engine was told that there is no room for it. */
    boolean refused;

    /** Null until the engine has answered. */
    DirectBuffer reply;

    /** Whether the answer has been handed to the network. */
    boolean flushed;

    Offer(Request request, boolean journaled) {
        this.request = request;
        this.journaled = journaled;
    }
}
