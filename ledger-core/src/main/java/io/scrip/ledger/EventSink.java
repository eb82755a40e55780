package io.scrip.ledger;

import org.agrona.DirectBuffer;

/** Where the core's events go, in order of their dense sequence. The buffer is valid during the call only. */
@FunctionalInterface
public interface EventSink {
    void onEvent(long eventSequence, DirectBuffer event, int offset, int length);
}
