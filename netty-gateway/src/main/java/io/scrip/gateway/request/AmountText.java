package io.scrip.gateway.request;

import io.scrip.gateway.json.Amounts;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TokenScales;

/** Turns an amount's text into units, or says what is wrong with it. */
final class AmountText {
    private AmountText() {}

    /**
     * Units of an amount. With a token that is not registered the text's own decimals count: the ledger will say that
     * the token is unknown, and a retry gives the same bytes.
     *
     * @param scale the token's decimal places, or {@link TokenScales#UNKNOWN}
     */
    static long parse(String field, String text, int scale, boolean zeroAllowed) {
        int decimals = Amounts.decimalsOf(text);
        if (decimals < 0) {
            throw new RequestFault(
                    ProblemKind.INVALID_AMOUNT,
                    field,
                    "An amount is an unsigned decimal such as \"20\" or \"0.5\": digits, at most one point, no exponent.");
        }
        long units = Amounts.parse(text, scale == TokenScales.UNKNOWN ? decimals : scale);
        if (units == Amounts.TOO_MANY_DECIMALS) {
            throw new RequestFault(
                    ProblemKind.TOO_MANY_DECIMALS, field, "The token has at most " + scale + " decimals.");
        }
        if (units == Amounts.TOO_LARGE) {
            throw new RequestFault(
                    ProblemKind.AMOUNT_TOO_LARGE, field, "The amount exceeds 2^63 - 1 of the token's smallest units.");
        }
        if (units == 0 && !zeroAllowed) {
            throw new RequestFault(ProblemKind.AMOUNT_NOT_POSITIVE, field, "The amount must be greater than zero.");
        }
        return units;
    }
}
