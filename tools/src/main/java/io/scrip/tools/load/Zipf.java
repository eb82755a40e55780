package io.scrip.tools.load;

/**
 * Ranks 0 to n − 1 with probability proportional to 1 / (rank + 1)^s, without a table: rejection-inversion after
 * W. Hörmann and G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions" (ACM
 * TOMACS 6, 1996). The area under the hat is inverted, and a point above the bars is drawn again; on average fewer than
 * 1.3 points are drawn.
 */
final class Zipf {
    private static final double NEAR_ZERO = 1e-8;

    private final int count;
    private final double exponent;
    private final double areaOfAll;
    private final double areaOfFirst;
    private final double surelyBelow;

    /** @param exponent more than 0; about 1 is what popularity looks like in the wild */
    Zipf(int count, double exponent) {
        if (count < 1 || !(exponent > 0) || exponent > 20) {
            throw new IllegalArgumentException("needs at least one rank and an exponent above 0, at most 20");
        }
        this.count = count;
        this.exponent = exponent;
        areaOfAll = area(count + 0.5);
        areaOfFirst = area(1.5) - 1;
        surelyBelow = 2 - inverse(area(2.5) - height(2));
    }

    int next(SplitMix random) {
        while (true) {
            double point = areaOfAll + random.nextDouble() * (areaOfFirst - areaOfAll);
            double at = inverse(point);
            int rank = (int) Math.max(1, Math.min(count, Math.round(at)));
            if (rank - at <= surelyBelow || point >= area(rank + 0.5) - height(rank)) {
                return rank - 1;
            }
        }
    }

    /** The hat: x^-s. */
    private double height(double x) {
        return Math.exp(-exponent * Math.log(x));
    }

    /** Its integral, (x^(1-s) - 1) / (1-s), which is log x for s = 1. */
    private double area(double x) {
        double log = Math.log(x);
        return expm1Ratio((1 - exponent) * log) * log;
    }

    private double inverse(double area) {
        double scaled = Math.max(-1, area * (1 - exponent));
        return Math.exp(log1pRatio(scaled) * area);
    }

    /** (e^x - 1) / x, also near 0. */
    private static double expm1Ratio(double x) {
        return Math.abs(x) > NEAR_ZERO ? Math.expm1(x) / x : 1 + x / 2;
    }

    /** log(1 + x) / x, also near 0. */
    private static double log1pRatio(double x) {
        return Math.abs(x) > NEAR_ZERO ? Math.log1p(x) / x : 1 - x / 2;
    }
}
