package io.scrip.testkit.model;

import io.scrip.protocol.LotsReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/** The lots of an account: those that are good in burn-down order, then those that are not yet; 1,000 at most. */
public record LotsView(
        AccountKey account, int scale, long sequence, long timestampNs, long posted, long inLots, List<Piece> lots) {

    public static LotsView of(LotsReplyDecoder reply) {
        List<Piece> lots = new ArrayList<>();
        for (LotsReplyDecoder.LotsDecoder lot : reply.lots()) {
            lots.add(new Piece(lot.amount(), Terms.of(lot.terms())));
        }
        return new LotsView(
                new AccountKey(reply.wallet(), reply.token(), reply.account()),
                reply.scale(),
                reply.sequence(),
                reply.timestamp(),
                reply.posted(),
                reply.inLots(),
                lots);
    }
}
