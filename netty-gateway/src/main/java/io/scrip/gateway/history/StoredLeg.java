package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.request.Original;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import java.util.List;

/**
 * One movement of a command's, with both accounts after it.
 *
 * @param legCount    legs of the command's, this one among them; they stand one after the other
 * @param scale       decimal places of the token
 * @param fromAccount code of the account, 0: main
 * @param fee         charged with the command, on its first leg
 * @param expiresNs   of the hold that it places or touches; 0: none
 * @param holdHigh    id of the hold that it places, captures or releases; zero: none
 * @param lots        what the amount was made of; empty: plain value
 * @param command     none but for a command's first leg
 */
public record StoredLeg(
        long eventSequence,
        long sequence,
        long timestampNs,
        long idHigh,
        long idLow,
        LegKind legKind,
        int legCount,
        int scale,
        long token,
        long amount,
        long fee,
        FeePayer feePayer,
        long expiresNs,
        long holdHigh,
        long holdLow,
        long from,
        int fromAccount,
        long to,
        int toAccount,
        BalanceNumbers fromBalances,
        BalanceNumbers toBalances,
        List<Original.Lot> lots,
        StoredCommand command)
        implements StoredEvent {
    public StoredLeg {
        lots = List.copyOf(lots);
    }

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

    /** The payer's account as the API names it: where an issue comes from goes without saying. */
    int shownFromAccount() {
        return legKind == LegKind.ISSUE ? 0 : fromAccount;
    }

    /** Whether one of its two accounts is the wallet's. */
    public boolean touches(long wallet) {
        return wallet == from || wallet == to;
    }

    /** The balances of the wallet's main account after this leg, {@code null} when the leg did not touch it. */
    public BalanceNumbers mainBalancesOf(long wallet) {
        if (wallet == to && toAccount == 0) {
            return toBalances;
        }
        return wallet == from && fromAccount == 0 ? fromBalances : null;
    }
}
