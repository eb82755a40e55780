package io.scrip.gateway.binary;

import io.netty.buffer.ByteBuf;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets SBE look at what Netty holds, without copying. */
final class Bytes {
    private Bytes() {}

    /** Lays {@code view} over bytes that must stay where they are for as long as it is used. */
    static void wrap(UnsafeBuffer view, ByteBuf bytes, int index, int lengthBytes) {
        if (index < 0 || lengthBytes < 0 || index > bytes.capacity() - lengthBytes) {
            throw new IndexOutOfBoundsException("no " + lengthBytes + " bytes at " + index);
        }
        if (bytes.hasMemoryAddress()) {
            view.wrap(bytes.memoryAddress() + index, lengthBytes);
        } else if (bytes.hasArray()) {
            view.wrap(bytes.array(), bytes.arrayOffset() + index, lengthBytes);
        } else {
            view.wrap(bytes.internalNioBuffer(index, lengthBytes).slice(), 0, lengthBytes);
        }
    }
}
