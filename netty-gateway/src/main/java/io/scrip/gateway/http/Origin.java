package io.scrip.gateway.http;

import io.scrip.gateway.auth.Authenticator;

/** Where requests come from and their answers go: a connection of HTTP, or one of messages. Belongs to its loop. */
interface Origin {
    /** Knows the keys that have come this way. */
    Authenticator authenticator();

    /** Whether nobody is left to be answered. */
    boolean isGone();

    /** The exchange has its answer now. */
    void onAnswered(Exchange exchange);

    /** Sends what there is. */
    void flush();
}
