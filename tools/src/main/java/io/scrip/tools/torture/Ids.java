package io.scrip.tools.torture;

import java.util.SplittableRandom;
import java.util.UUID;

/** Transfer ids that a seed brings back. */
final class Ids {
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_BITS = 0xC000000000000000L;
    private static final long VARIANT = 0x8000000000000000L;

    private Ids() {}

    /** A random UUID of version 4: the bits of version 7 would claim a time, and be refused for it. */
    static String random(SplittableRandom random) {
        long high = (random.nextLong() & ~VERSION_BITS) | VERSION_4;
        long low = (random.nextLong() & ~VARIANT_BITS) | VARIANT;
        return new UUID(high, low).toString();
    }
}
