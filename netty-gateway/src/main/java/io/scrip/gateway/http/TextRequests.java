package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;

/**
 * Takes requests as JSON, one in each text message of a WebSocket, and answers them as HTTP would. One instance belongs
 * to one connection; everything runs on its event loop.
 */
public interface TextRequests {
    /** Takes a message, which stays the caller's; exactly one answer is given to it, at once or later. */
    void take(ByteBuf message, Answers answers);

    /** The other direction of the connection. */
    interface Answers {
        /** Whether nobody is left to be answered. */
        boolean isGone();

        /** One more request is in hand, and counts so many bytes against what may be in flight. */
        void onTaken(int chargeBytes);

        /** Appends an answer, whose buffer is given away, to what is sent next; its request is in hand no more. */
        void answer(ByteBuf text, int chargeBytes);

        /** Sends what there is. */
        void flushAnswers();
    }
}
