package io.scrip.gateway.request;

import io.scrip.protocol.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Where a request leaves its encoded command. One instance belongs to one thread; the next request overwrites it. */
public final class CommandBuffer {
    private static final int INITIAL_BYTES = 8_192;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_BYTES);
    private int length;

    /** The command with its header, from 0 on. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * The buffer with a message's header and block zeroed. It is used again and again: what is not set must be zero,
     * which the schema reads as none, also for fields that are added later.
     */
    public MutableDirectBuffer blank(int blockLengthBytes) {
        return blank(buffer, blockLengthBytes);
    }

    static MutableDirectBuffer blank(MutableDirectBuffer buffer, int blockLengthBytes) {
        buffer.setMemory(0, MessageHeaderEncoder.ENCODED_LENGTH + blockLengthBytes, (byte) 0);
        return buffer;
    }

    public int length() {
        return length;
    }

    void length(int bytes) {
        length = bytes;
    }

    /** A copy that outlives the next request. */
    public byte[] copy() {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
