package io.scrip.gateway.http;

import org.agrona.DirectBuffer;

/** What is behind a route. Shared by all event loops, so without state of its own; both methods run on a loop. */
interface Endpoint {
    /**
     * Answers the request at once, or submits a command whose reply will come to {@link #onReply}.
     *
     * @param body the request's body; valid during the call only
     */
    void handle(Exchange exchange, byte[] body, int length);

    /** Whether it answers with the connection itself, so that only HTTP can ask for it. */
    default boolean takesConnection() {
        return false;
    }

    /**
     * Takes the engine's reply.
     *
     * @param templateId of the reply message, which begins with its header at {@code offset}
     */
    default void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
        throw new IllegalStateException("nothing was submitted");
    }
}
