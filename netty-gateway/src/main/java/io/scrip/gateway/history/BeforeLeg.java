package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;

/**
 * What an account held before a leg: what the leg says that it held after it, less what the leg did. For when the leg
 * before has been pruned. Stateless.
 */
final class BeforeLeg {
    private BeforeLeg() {}

    /**
     * Reckons back.
     *
     * @return with the floor that the account had at the leg; null when the record does not tell how much was withheld,
     *     which is so when anything but an issue moves a lot that is not good yet
     */
    static BalanceNumbers of(LegEventDecoder leg, long wallet, int account) {
        boolean isFrom = leg.from() == wallet && leg.fromAccount() == account;
        boolean isTo = leg.to() == wallet && leg.toAccount() == account;
        BalanceNumbers after = BalanceNumbers.of(isTo ? leg.toBalances() : leg.fromBalances());
        long posted = posts(leg.kind()) ? leg.amount() : 0;
        long pending = reserves(leg) * leg.amount();
        long lotsToCome = lotsNotGoodYet(leg);
        if (lotsToCome > 0 && leg.kind() != LegKind.ISSUE) {
            return null;
        }
        long withheld = leg.kind() == LegKind.EFFECTIVE ? leg.amount() : 0;
        return new BalanceNumbers(
                after.debitsPosted() - (isFrom ? posted : 0),
                after.creditsPosted() - (isTo ? posted : 0),
                after.debitsPending() - (isFrom ? pending : 0),
                after.creditsPending() - (isTo ? pending : 0),
                after.floor(),
                after.staked(),
                after.withheld() + withheld - (isTo ? lotsToCome : 0));
    }

    private static boolean posts(LegKind kind) {
        return switch (kind) {
            case HOLD, RELEASE, EXPIRY, EFFECTIVE -> false;
            default -> true;
        };
    }

    /** 1: what is reserved grew by the amount, -1: it fell. */
    private static int reserves(LegEventDecoder leg) {
        return switch (leg.kind()) {
            case HOLD -> 1;
            case CAPTURE, RELEASE, EXPIRY -> -1;
            // A sender's fee was reserved with its hold, a receiver's comes out of what was captured.
            case FEE ->
                leg.feePayer() == FeePayer.SENDER
                                && (leg.holdId().high() | leg.holdId().low()) != 0
                        ? -1
                        : 0;
            default -> 0;
        };
    }

    private static long lotsNotGoodYet(LegEventDecoder leg) {
        long amount = 0;
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            if (lot.terms().effectiveAt() > leg.timestamp()) {
                amount += lot.amount();
            }
        }
        return amount;
    }
}
