package io.scrip.gateway.history;

import io.scrip.protocol.Outcome;

/**
 * A posted movement with both accounts after it. {@code previousFromEvent} and {@code previousToEvent} are the event
 * sequences of the legs before it on either account, 0 for none.
 */
public record StoredLeg(
        long eventSequence,
        long sequence,
        long timestampNs,
        long idHigh,
        long idLow,
        Outcome outcome,
        int scale,
        long token,
        long amount,
        long from,
        long to,
        long previousFromEvent,
        long previousToEvent,
        AccountBalances fromBalances,
        AccountBalances toBalances,
        StoredCommand command)
        implements StoredEvent {

    /** Which operation moved the value. */
    public TransferKind kind() {
        return TransferKind.of(command);
    }

    /** The balances of this leg's account of {@code wallet}, which has to be one of its two sides. */
    public AccountBalances balancesOf(long wallet) {
        if (wallet == to) {
            return toBalances;
        }
        if (wallet == from) {
            return fromBalances;
        }
        throw new IllegalArgumentException("wallet " + wallet + " is no side of event " + eventSequence);
    }
}
