package io.scrip.gateway.history;

/**
 * Which of a wallet's legs are wanted.
 *
 * @param kind         {@code null}: any
 * @param counterparty number of the wallet on the other side; 0: any
 * @param fromNs       first moment wanted, nanoseconds since 1970 UTC
 * @param toNs         first moment no longer wanted
 * @param limit        legs on a page, 1 to {@value #MAX_LIMIT}
 * @param cursor       where an earlier page ended; {@code null}: begin at the newest leg
 */
public record TransactionQuery(TransferKind kind, long counterparty, long fromNs, long toNs, int limit, String cursor) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    /** Everything, newest first, a page of the default size. */
    public static final TransactionQuery ALL =
            new TransactionQuery(null, 0, Long.MIN_VALUE, Long.MAX_VALUE, DEFAULT_LIMIT, null);

    public TransactionQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is from 1 to " + MAX_LIMIT);
        }
        if (counterparty < 0) {
            throw new IllegalArgumentException("a wallet's number is positive");
        }
    }
}
