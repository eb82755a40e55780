package io.scrip.gateway.request;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LotCategory;
import java.util.List;

/**
 * A movement that is to be given back, as the event log has it. Amounts in the token's smallest unit. Immutable.
 *
 * @param revenueWallet who got the fee; 0: nobody
 * @param lots          what the amount was made of; empty: plain value
 * @param feeLots       what the fee was made of
 */
public record Original(
        long idHigh,
        long idLow,
        long from,
        int fromAccount,
        long to,
        int toAccount,
        long token,
        long amount,
        long fee,
        FeePayer feePayer,
        long revenueWallet,
        List<Lot> lots,
        List<Lot> feeLots) {
    public Original {
        lots = List.copyOf(lots);
        feeLots = List.copyOf(feeLots);
    }

    /** A piece of value with its terms; see {@code LotTerms} in the schema. */
    public record Lot(
            long amount, LotCategory category, int priority, long effectiveAt, long expiresAt, long convertibleFrom) {}
}
