package io.scrip.gateway.json;

import io.scrip.protocol.BalancesDecoder;

/** An account's numbers after an event, in the token's smallest unit; see {@code Balances} in the schema. Immutable. */
public record BalanceNumbers(
        long debitsPosted,
        long creditsPosted,
        long debitsPending,
        long creditsPending,
        long floor,
        long staked,
        long withheld) {

    /** An account that nobody has touched. */
    public static final BalanceNumbers NOTHING = new BalanceNumbers(0, 0, 0, 0, 0, 0, 0);

    /** Copies what the decoder stands on. */
    public static BalanceNumbers of(BalancesDecoder balances) {
        return new BalanceNumbers(
                balances.debitsPosted(),
                balances.creditsPosted(),
                balances.debitsPending(),
                balances.creditsPending(),
                balances.floor(),
                balances.staked(),
                balances.withheld());
    }

    /** The same with another amount in the wallet's stake vault. */
    public BalanceNumbers withStaked(long inVault) {
        return new BalanceNumbers(debitsPosted, creditsPosted, debitsPending, creditsPending, floor, inVault, withheld);
    }
}
