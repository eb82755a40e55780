package io.scrip.ledger;

import org.agrona.DirectBuffer;

/** Where the core's reply to the current command or query goes. The buffer is valid during the call only. */
@FunctionalInterface
public interface CommandReplySink {
    /** For hosts that have nobody to answer, as during replay: no reply is even encoded for it. */
    CommandReplySink NONE = (reply, offset, length) -> {};

    void onReply(DirectBuffer reply, int offset, int length);
}
