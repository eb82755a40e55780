package io.scrip.testkit.model;

import io.scrip.protocol.BalancesDecoder;

/** An account as replies and events show it. */
public record Balances(
        long debitsPosted,
        long creditsPosted,
        long debitsPending,
        long creditsPending,
        long floor,
        long ceiling,
        long version,
        long staked,
        long withheld) {
    /** What stands where there is nothing to say. */
    public static final Balances NONE = new Balances(0, 0, 0, 0, 0, Long.MAX_VALUE, 0, 0, 0);

    public static Balances of(BalancesDecoder decoder) {
        return new Balances(
                decoder.debitsPosted(),
                decoder.creditsPosted(),
                decoder.debitsPending(),
                decoder.creditsPending(),
                decoder.floor(),
                decoder.ceiling(),
                decoder.version(),
                decoder.staked(),
                decoder.withheld());
    }
}
