package io.scrip.ledger;

import io.scrip.protocol.MessageHeaderEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in byte arrays, each checked against the array's ends. For the few records that nearly every command writes:
 * the compiler keeps nothing in a register across a write to a buffer that may lie anywhere, but does across these.
 */
final class LittleEndian {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static void putShort(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** The eight bytes of a message's header as one number. */
    static long header(int blockLength, int templateId) {
        return blockLength
                | (long) templateId << 16
                | (long) MessageHeaderEncoder.SCHEMA_ID << 32
                | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48;
    }
}
