package io.scrip.proof;

/** One account after an event, as the schema's {@code Balances}: amounts in the token's smallest unit. */
public record AccountTotals(
        long debitsPosted,
        long creditsPosted,
        long debitsPending,
        long creditsPending,
        long floor,
        long ceiling,
        long version,
        long staked,
        long withheld) {}
