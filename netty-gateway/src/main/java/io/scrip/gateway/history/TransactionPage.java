package io.scrip.gateway.history;

import java.util.List;

/**
 * Some of a wallet's legs, newest first.
 *
 * @param nextCursor where the next page begins; {@code null} when nothing is left. A page may be short, even empty,
 *                   and still have a next one: one request reads only so many records.
 */
public record TransactionPage(List<StoredLeg> legs, String nextCursor) {
    public TransactionPage {
        legs = List.copyOf(legs);
    }
}
