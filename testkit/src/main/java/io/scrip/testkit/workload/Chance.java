package io.scrip.testkit.workload;

import java.util.List;

/** Pseudo-random choices from a seed, the same everywhere and for ever (SplitMix64 by Steele, Lea and Flood). */
public final class Chance {
    private long state;

    public Chance(long seed) {
        state = seed;
    }

    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 to {@code bound - 1}. */
    public int below(int bound) {
        return (int) Math.floorMod(next() >>> 1, (long) bound);
    }

    /** {@code from} to {@code to}, both included. */
    public long between(long from, long to) {
        return from + Math.floorMod(next() >>> 1, to - from + 1);
    }

    public boolean oneIn(int times) {
        return below(times) == 0;
    }

    public boolean coin() {
        return (next() & 1) == 0;
    }

    public long pick(long... choices) {
        return choices[below(choices.length)];
    }

    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Index of a weight, chosen in proportion to it. */
    public int weighted(List<Integer> weights) {
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
