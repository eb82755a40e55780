package io.scrip.testkit.model;

import io.scrip.protocol.FeePayer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** What transfers of one kind cost. */
record FeeSchedule(long basisPoints, BigInteger minimum, BigInteger maximum, FeePayer payer, long revenueWallet) {
    private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

    /** {@code clamp(halfEven(amount × bps / 10,000), min, max)}. */
    BigInteger fee(BigInteger amount) {
        return share(amount, BigInteger.valueOf(basisPoints), WHOLE)
                .min(maximum)
                .max(minimum);
    }

    boolean isPaidBySender() {
        return payer == FeePayer.SENDER;
    }

    /** {@code halfEven(number × part / whole)}. */
    static BigInteger share(BigInteger number, BigInteger part, BigInteger whole) {
        return new BigDecimal(number.multiply(part))
                .divide(new BigDecimal(whole), 0, RoundingMode.HALF_EVEN)
                .toBigInteger();
    }
}
