package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;

/**
 * One movement of a command's, with both accounts after it.
 *
 * @param scale       decimal places of the token
 * @param fromAccount code of the account, 0: main
 * @param fee         charged with the command, on its first leg
 * @param command     none but for a command's first leg
 */
public record StoredLeg(
        long eventSequence,
        long sequence,
        long timestampNs,
        long idHigh,
        long idLow,
        LegKind legKind,
        int scale,
        long token,
        long amount,
        long fee,
        long from,
        int fromAccount,
        long to,
        int toAccount,
        BalanceNumbers fromBalances,
        BalanceNumbers toBalances,
        StoredCommand command)
        implements StoredEvent {

    @Override
    public Outcome outcome() {
        return Outcome.APPLIED;
    }

    /** What the movement was, as the API calls it. */
    public TransferJson.Kind kind() {
        return switch (legKind) {
            case TRANSFER -> TransferJson.Kind.TRANSFER;
            case ISSUE -> TransferJson.Kind.ISSUE;
            case HOLD -> TransferJson.Kind.HOLD;
            case CAPTURE -> TransferJson.Kind.CAPTURE;
            case RELEASE -> TransferJson.Kind.RELEASE;
            case EXPIRY -> TransferJson.Kind.EXPIRY;
            case REVERSAL -> TransferJson.Kind.REVERSAL;
            case FEE -> TransferJson.Kind.FEE;
            case BREAKAGE -> TransferJson.Kind.BREAKAGE;
            case EFFECTIVE -> TransferJson.Kind.EFFECTIVE;
            default -> throw new IllegalStateException("event " + eventSequence + " is of an unknown kind");
        };
    }

    /** Where the movement left what it moved. */
    public TransferJson.Status status() {
        return switch (legKind) {
            case HOLD -> TransferJson.Status.PENDING;
            case RELEASE -> TransferJson.Status.VOIDED;
            case EXPIRY -> TransferJson.Status.EXPIRED;
            default -> TransferJson.Status.POSTED;
        };
    }

    /** The balances of the wallet's main account after this leg, {@code null} when the leg did not touch it. */
    public BalanceNumbers mainBalancesOf(long wallet) {
        if (wallet == to && toAccount == 0) {
            return toBalances;
        }
        return wallet == from && fromAccount == 0 ? fromBalances : null;
    }
}
