package io.scrip.tools.load;

/**
 * Who pays and who is paid.
 *
 * @param exponent of Zipf's law for both sides; 0 for evenly
 * @param hot      whether wallet 0 is paid by everybody
 */
public record Skew(double exponent, boolean hot) {
    /** Everybody as often as anybody else. */
    public static final Skew UNIFORM = new Skew(0, false);

    /** One account on one side of every transfer. */
    public static final Skew HOT = new Skew(0, true);

    public Skew {
        if (!(exponent >= 0 && exponent <= 20)) {
            throw new IllegalArgumentException("the exponent of --zipf must be 0 to 20, not " + exponent);
        }
        if (hot && exponent > 0) {
            throw new IllegalArgumentException("--hot and --zipf exclude each other");
        }
    }

    Pairs pairs(int wallets, SplitMix random) {
        if (wallets < 2) {
            throw new IllegalArgumentException("a transfer needs two wallets");
        }
        return new Pairs(this, wallets, random);
    }

    /** Draws pairs of different wallets. Belongs to one thread. */
    static final class Pairs {
        private final Skew skew;
        private final int wallets;
        private final SplitMix random;
        private final Zipf zipf;
        private int from;
        private int to;

        private Pairs(Skew skew, int wallets, SplitMix random) {
            this.skew = skew;
            this.wallets = wallets;
            this.random = random;
            zipf = skew.exponent > 0 ? new Zipf(wallets, skew.exponent) : null;
        }

        void draw() {
            from = skew.hot ? 1 + random.nextInt(wallets - 1) : one();
            drawTo();
        }

        /** Another payee of the same payer. */
        void drawTo() {
            if (skew.hot) {
                to = 0;
                return;
            }
            // Somebody else by one more draw among the others, so that it ends.
            to = one();
            if (to == from) {
                to = (from + 1 + random.nextInt(wallets - 1)) % wallets;
            }
        }

        private int one() {
            return zipf == null ? random.nextInt(wallets) : zipf.next(random);
        }

        int from() {
            return from;
        }

        int to() {
            return to;
        }
    }
}
