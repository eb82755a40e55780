package io.scrip.gateway.history;

import org.agrona.DirectBuffer;

/** How a command of one SBE template is taken out of its message. Immutable. */
record CommandKind(int templateId, Decoding decoding) {

    /** Copies a command out of a buffer that may be reused afterwards. */
    @FunctionalInterface
    interface Decoding {
        /** Reads the message whose block begins at {@code body}, behind its header. */
        StoredCommand read(StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version);
    }
}
