package io.scrip.gateway.history;

import io.scrip.protocol.BalancesDecoder;

/**
 * The totals of one account as an event or a wallet reply states them, in the token's smallest unit.
 *
 * <p>The derived numbers are exact: a sum that leaves the range of a long throws {@link ArithmeticException}, which the
 * core's own checks make impossible for what it wrote.
 */
public record AccountBalances(
        long debitsPosted,
        long creditsPosted,
        long debitsPending,
        long creditsPending,
        long floor,
        long ceiling,
        long version,
        long staked) {

    static final long UNLIMITED_FLOOR = Long.MIN_VALUE;

    /** Copies a decoder's numbers. */
    public static AccountBalances of(BalancesDecoder balances) {
        return new AccountBalances(
                balances.debitsPosted(),
                balances.creditsPosted(),
                balances.debitsPending(),
                balances.creditsPending(),
                balances.floor(),
                balances.ceiling(),
                balances.version(),
                balances.staked());
    }

    /** Whether nothing limits what may be debited, so that {@link #available()} has no value. */
    public boolean hasUnlimitedFloor() {
        return floor == UNLIMITED_FLOOR;
    }

    /** What may be debited now; ask {@link #hasUnlimitedFloor()} before. */
    public long available() {
        if (hasUnlimitedFloor()) {
            throw new IllegalStateException("an account without a floor has no available amount");
        }
        return Math.subtractExact(Math.subtractExact(posted(), debitsPending), floor);
    }

    /** Incoming holds. */
    public long pending() {
        return creditsPending;
    }

    /** Outgoing holds. */
    public long locked() {
        return debitsPending;
    }

    /** Credits less debits, without holds. */
    public long posted() {
        return Math.subtractExact(creditsPosted, debitsPosted);
    }

    /** Posted and staked together. */
    public long total() {
        return Math.addExact(posted(), staked);
    }
}
