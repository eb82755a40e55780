package io.scrip.gateway.request;

import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.LotTermsEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.ReverseEncoder;

/** Encodes the command that gives a movement back: what a client asks for, and all of the original. Stateless. */
public final class ReverseCommand {
    private ReverseCommand() {}

    /**
     * Writes the command.
     *
     * @param amount in the token's smallest unit; 0: all that was not given back yet
     */
    public static void write(
            Original original, long idHigh, long idLow, long amount, byte[] reason, Viewer caller, CommandBuffer out) {
        ReverseEncoder reverse = new ReverseEncoder();
        reverse.wrapAndApplyHeader(out.blank(ReverseEncoder.BLOCK_LENGTH), 0, new MessageHeaderEncoder());
        reverse.id().high(idHigh).low(idLow);
        RequestContext.writeCaller(reverse.caller(), caller);
        reverse.amount(amount);
        reverse.originalId().high(original.idHigh()).low(original.idLow());
        reverse.originalAmount(original.amount())
                .originalFee(original.fee())
                .originalFeePayer(original.feePayer())
                .from(original.from())
                .to(original.to())
                .token(original.token())
                .fromAccount(original.fromAccount())
                .toAccount(original.toAccount())
                .revenueWallet(original.revenueWallet());
        ReverseEncoder.LotsEncoder lots = reverse.lotsCount(original.lots().size());
        for (Original.Lot lot : original.lots()) {
            write(lot, lots.next().amount(lot.amount()).terms());
        }
        ReverseEncoder.FeeLotsEncoder feeLots =
                reverse.feeLotsCount(original.feeLots().size());
        for (Original.Lot lot : original.feeLots()) {
            write(lot, feeLots.next().amount(lot.amount()).terms());
        }
        reverse.putReason(reason, 0, reason.length);
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + reverse.encodedLength());
    }

    private static void write(Original.Lot lot, LotTermsEncoder terms) {
        terms.category(lot.category())
                .priority((short) lot.priority())
                .effectiveAt(lot.effectiveAt())
                .expiresAt(lot.expiresAt())
                .convertibleFrom(lot.convertibleFrom());
    }
}
