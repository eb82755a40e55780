package io.scrip.protocol;

/** SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): one long of state, the same numbers everywhere. */
class SmallRandom {
    private long state;

    SmallRandom(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to bound - 1. */
    int below(int bound) {
        return (int) Math.floorMod(nextLong(), (long) bound);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }
}
