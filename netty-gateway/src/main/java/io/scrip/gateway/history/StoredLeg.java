package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.TransferJson;
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
        BalanceNumbers fromBalances,
        BalanceNumbers toBalances,
        StoredCommand command)
        implements StoredEvent {

    /** Which operation moved the value. */
    public TransferJson.Kind kind() {
        if (command instanceof StoredCommand.Transfer) {
            return TransferJson.Kind.TRANSFER;
        }
        if (command instanceof StoredCommand.Issue) {
            return TransferJson.Kind.ISSUE;
        }
        throw new IllegalStateException("event " + eventSequence + " came from a command that moves nothing");
    }

    /** The balances of this leg's account of {@code wallet}, which has to be one of its two sides. */
    public BalanceNumbers balancesOf(long wallet) {
        if (wallet == to) {
            return toBalances;
        }
        if (wallet == from) {
            return fromBalances;
        }
        throw new IllegalArgumentException("wallet " + wallet + " is no side of event " + eventSequence);
    }
}
