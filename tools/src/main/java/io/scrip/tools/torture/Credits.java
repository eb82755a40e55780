package io.scrip.tools.torture;

import java.math.BigDecimal;

/** Amounts of the token that the test moves, between millionths and the API's decimal text. */
final class Credits {
    static final String TOKEN = "CRD";
    private static final int SCALE = 6;

    private Credits() {}

    static String text(long micros) {
        BigDecimal amount = BigDecimal.valueOf(micros, SCALE).stripTrailingZeros();
        return amount.toPlainString();
    }

    static long micros(String text) {
        return new BigDecimal(text).movePointRight(SCALE).longValueExact();
    }
}
