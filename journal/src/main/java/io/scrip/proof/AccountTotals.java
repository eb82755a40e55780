package io.scrip.proof;

/** One account's totals after an event, in the token's smallest unit. */
public record AccountTotals(
        long debitsPosted, long creditsPosted, long debitsPending, long creditsPending, long version) {}
