package io.scrip.gateway.http;

/**
 * The query of {@code GET /wallets/{id}/transactions}. Absent texts are {@code null}.
 *
 * @param limit how many at most, 1 to 500
 * @param cursor where the last page ended
 * @param kind only this kind of transfer
 * @param counterpartyWallet only with this wallet; 0: any
 * @param fromNs only at or after this time; 0: from the beginning
 * @param toNs only before this time; 0: to the end
 * @param token only the wallet's accounts in this token; 0: all
 */
public record TransactionQuery(
        int limit, String cursor, String kind, long counterpartyWallet, long fromNs, long toNs, long token) {
    /** Page size when none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    /** Largest page. */
    public static final int MAX_LIMIT = 500;

    public TransactionQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }

    /** The same of all tokens. */
    public TransactionQuery(int limit, String cursor, String kind, long counterpartyWallet, long fromNs, long toNs) {
        this(limit, cursor, kind, counterpartyWallet, fromNs, toNs, 0);
    }

    /** The same of one token; 0: of all. */
    TransactionQuery ofToken(long onlyToken) {
        return new TransactionQuery(limit, cursor, kind, counterpartyWallet, fromNs, toNs, onlyToken);
    }
}
