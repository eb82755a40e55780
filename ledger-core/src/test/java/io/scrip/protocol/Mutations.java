package io.scrip.protocol;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Damages messages the way faulty clients, attackers and cosmic rays do. */
final class Mutations {
    private static final int ID_HIGH = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        65_534,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };

    private final SmallRandom random;

    Mutations(SmallRandom random) {
        this.random = random;
    }

    /** The message with one to three wounds. */
    byte[] wounded(byte[] message, byte[] other) {
        byte[] bytes = message;
        int wounds = 1 + (random.oneIn(4) ? random.below(3) : 0);
        for (int i = 0; i < wounds; i++) {
            bytes = wounded(bytes, other, random.below(10));
        }
        return bytes;
    }

    private byte[] wounded(byte[] message, byte[] other, int kind) {
        byte[] bytes = message.clone();
        return switch (kind) {
            case 0 -> Arrays.copyOf(bytes, random.below(bytes.length + 1));
            case 1 -> extended(bytes);
            case 2 -> spliced(bytes, other);
            case 3 -> random(random.below(200));
            case 4, 5 -> withEdge(bytes, Long.BYTES);
            case 6 -> withEdge(bytes, random.oneIn(2) ? Short.BYTES : Integer.BYTES);
            case 7 -> withTimedId(bytes);
            default -> withFlippedBits(bytes);
        };
    }

    byte[] random(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextLong();
        }
        return bytes;
    }

    private byte[] extended(byte[] bytes) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.below(20));
        for (int i = bytes.length; i < longer.length && random.oneIn(2); i++) {
            longer[i] = (byte) random.nextLong();
        }
        return longer;
    }

    private byte[] spliced(byte[] bytes, byte[] other) {
        int from = random.below(Math.min(bytes.length, other.length) + 1);
        System.arraycopy(other, from, bytes, from, Math.min(bytes.length, other.length) - from);
        return bytes;
    }

    private byte[] withEdge(byte[] bytes, int width) {
        if (bytes.length < width) {
            return bytes;
        }
        int at = random.below(bytes.length - width + 1);
        long edge = EDGES[random.below(EDGES.length)];
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (edge >>> (8 * i));
        }
        return bytes;
    }

    /** A UUIDv7 near the time of the test's journal, or far from it. */
    private byte[] withTimedId(byte[] bytes) {
        if (bytes.length < ID_HIGH + 16) {
            return bytes;
        }
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        long timeMs = random.oneIn(4) ? random.nextLong() >>> 16 : random.below(200_000);
        buffer.putLong(ID_HIGH, (timeMs << 16) | 0x7000L, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(ID_HIGH + 8, Long.MIN_VALUE | random.below(1000), ByteOrder.LITTLE_ENDIAN);
        return bytes;
    }

    private byte[] withFlippedBits(byte[] bytes) {
        for (int flips = 1 + random.below(4); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.below(bytes.length)] ^= (byte) (1 << random.below(8));
        }
        return bytes;
    }

    static byte[] bytesOf(DirectBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
