package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Random UUIDs (version 4) and how they are written. Belongs to one thread. */
final class Ids {
    static final int LENGTH = 36;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long VERSION = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SplitMix random;
    private final byte[] text = new byte[LENGTH];
    private long high;
    private long low;

    Ids(SplitMix random) {
        this.random = random;
    }

    void draw() {
        high = (random.nextLong() & ~0xF000L) | VERSION;
        low = (random.nextLong() & ~0xC000_0000_0000_0000L) | VARIANT;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Writes the id drawn last. */
    void write(ByteBuf out) {
        write(out, high, low);
    }

    void write(ByteBuf out, long idHigh, long idLow) {
        int at = hex(idHigh >>> 32, 8, 0);
        at = dash(at);
        at = hex(idHigh >>> 16, 4, at);
        at = dash(at);
        at = hex(idHigh, 4, at);
        at = dash(at);
        at = hex(idLow >>> 48, 4, at);
        at = dash(at);
        hex(idLow, 12, at);
        out.writeBytes(text);
    }

    private int dash(int at) {
        text[at] = '-';
        return at + 1;
    }

    private int hex(long bits, int digits, int at) {
        for (int i = digits - 1; i >= 0; i--) {
            text[at + i] = HEX[(int) (bits >>> (4 * (digits - 1 - i))) & 15];
        }
        return at + digits;
    }
}
