package io.scrip.testkit;

import java.util.List;

/** Pseudo-random choices from a seed, the same everywhere and for ever (SplitMix64 by Steele, Lea and Flood). */
final class Chance {
    private long state;

    Chance(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) Math.floorMod(next() >>> 1, (long) bound);
    }

    /** {@code from} to {@code to}, both included. */
    long between(long from, long to) {
        return from + Math.floorMod(next() >>> 1, to - from + 1);
    }

    boolean oneIn(int times) {
        return below(times) == 0;
    }

    boolean coin() {
        return (next() & 1) == 0;
    }

    long pick(long... choices) {
        return choices[below(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Index of a weight, chosen in proportion to it. */
    int weighted(List<Integer> weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int at = below(sum);
        int index = 0;
        while (at >= weights.get(index)) {
            at -= weights.get(index);
            index++;
        }
        return index;
    }
}
