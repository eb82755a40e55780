package io.scrip.client;

import org.agrona.MutableDirectBuffer;

/** Something that can be encoded, as often as it has to be sent. Immutable. */
interface Message {
    /** Writes the message with its header; returns its length. */
    int encode(Encoders encoders, MutableDirectBuffer buffer, int at);

    /** The most bytes it can take. */
    int maxBytes();
}
