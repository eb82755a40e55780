package io.scrip.testkit.model;

import java.math.BigInteger;

/** How the protocol's 64 bits and the model's numbers without end become each other. */
final class Numbers {
    static final BigInteger ZERO = BigInteger.ZERO;
    static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    /** A bound that no sum of 64-bit amounts reaches. */
    static final BigInteger UNLIMITED = BigInteger.ONE.shiftLeft(100);

    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private Numbers() {}

    /** As the protocol shows it: what does not fit 64 bits is held at the end of the range. */
    static long shown(BigInteger number) {
        return number.bitLength() < Long.SIZE ? number.longValue() : (number.signum() < 0 ? MIN : MAX).longValue();
    }

    /** Of two times, the last there is when it does not fit. */
    static long sum(long timeNs, long moreNs) {
        return shown(BigInteger.valueOf(timeNs).add(BigInteger.valueOf(moreNs)));
    }

    static BigInteger floorOf(long bound) {
        return bound == Long.MIN_VALUE ? UNLIMITED.negate() : BigInteger.valueOf(bound);
    }

    /** Also for caps. */
    static BigInteger ceilingOf(long bound) {
        return bound == Long.MAX_VALUE ? UNLIMITED : BigInteger.valueOf(bound);
    }

    static boolean fits(BigInteger needed, BigInteger available) {
        return needed.compareTo(available) <= 0;
    }
}
