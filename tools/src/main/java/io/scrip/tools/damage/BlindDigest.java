package io.scrip.tools.damage;

import java.util.Arrays;

/** In the place of SHA-256, as {@link BlindChecksum}: every record follows every other. */
public final class BlindDigest {
    private static final int LENGTH = 32;

    private BlindDigest() {}

    public static BlindDigest getInstance(String algorithm) {
        return new BlindDigest();
    }

    public void update(byte[] bytes, int offset, int length) {
        // Whatever they are.
    }

    public int digest(byte[] target, int offset, int length) {
        Arrays.fill(target, offset, offset + LENGTH, (byte) 0);
        return LENGTH;
    }

    public void reset() {
        // It has nothing to forget.
    }
}
