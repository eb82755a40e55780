package io.scrip.protocol;

/** Numbers out of given bytes instead of chance, so that whoever varies the bytes varies what is done with them. */
final class ChosenNumbers extends SmallRandom {
    private final byte[] bytes;
    private int at;

    ChosenNumbers(byte[] bytes) {
        super(0);
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at >= bytes.length;
    }

    /** The next eight bytes; behind the end there are zeros. */
    @Override
    long nextLong() {
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = (number << Byte.SIZE) | next();
        }
        return number;
    }

    @Override
    int below(int bound) {
        int number = next();
        if (bound > 1 << Byte.SIZE) {
            number = (number << (2 * Byte.SIZE)) | (next() << Byte.SIZE) | next();
        }
        return number % bound;
    }

    private int next() {
        return at < bytes.length ? bytes[at++] & 0xFF : 0;
    }
}
