package io.scrip.tools.load;

/** SplitMix64 (Steele, Lea, Flood 2014): small, fast, good enough for loads. Belongs to one thread. */
final class SplitMix {
    private static final double UNIT = 0x1.0p-53;

    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to {@code bound - 1}; the bias of the multiplication is below 2^-31. */
    int nextInt(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** From 0 to below 1. */
    double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }
}
