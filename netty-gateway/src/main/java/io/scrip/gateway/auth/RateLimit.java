package io.scrip.gateway.auth;

/**
 * How many requests a wallet's key may send.
 *
 * @param perSecond sustained; 0 means no limit
 * @param burst     at once, after a pause
 */
public record RateLimit(int perSecond, int burst) {
    /** No limit at all. */
    public static final RateLimit NONE = new RateLimit(0, 0);

    /** What an ordinary key gets. */
    public static final RateLimit ORDINARY = new RateLimit(1_000, 2_000);

    public RateLimit {
        if (perSecond < 0 || perSecond > 1_000_000_000) {
            throw new IllegalArgumentException("perSecond must be 0 to 1,000,000,000, not " + perSecond);
        }
        if (perSecond > 0 && burst < 1) {
            throw new IllegalArgumentException("burst must be at least 1, not " + burst);
        }
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return perSecond > 0;
    }
}
