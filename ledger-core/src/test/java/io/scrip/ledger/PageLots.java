package io.scrip.ledger;

import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.LotTermsEncoder;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.ReverseEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Lots on a page: the terms of an issue, what a reversal says of them, and how they are written down. */
final class PageLots {
    private record Piece(long amount, LotTerms terms) {}

    private final TestLedger ledger;
    private final PageNames names;

    PageLots(TestLedger ledger, PageNames names) {
        this.ledger = ledger;
        this.names = names;
    }

    /** A row that names a category makes a lot; what else it does not say is: priority 128, good at once, for ever. */
    void writeTerms(LotTermsEncoder encoder, PageRow row, long nowNs) {
        boolean lot = row.has("category");
        encoder.category(lot ? LotCategory.valueOf(row.cell("category")) : LotCategory.PLAIN)
                .priority(Short.parseShort(row.or("priority", lot ? "128" : "0")))
                .effectiveAt(row.has("good") ? names.time(row.cell("good"), nowNs) : 0)
                .expiresAt(lot || row.has("till") ? names.time(row.or("till", "never"), nowNs) : 0)
                .convertibleFrom(row.has("cash") ? names.time(row.cell("cash"), nowNs) : 0);
    }

    /** What the original and its fee were made of, as the gateway finds it in the event log. */
    void writeOriginal(ReverseEncoder encoder, long[] original) {
        List<Piece> pieces = piecesOf(original, false);
        ReverseEncoder.LotsEncoder lots = encoder.lotsCount(pieces.size());
        for (Piece piece : pieces) {
            copy(lots.next().amount(piece.amount()).terms(), piece.terms());
        }
        List<Piece> feePieces = piecesOf(original, true);
        ReverseEncoder.FeeLotsEncoder feeLots = encoder.feeLotsCount(feePieces.size());
        for (Piece piece : feePieces) {
            copy(feeLots.next().amount(piece.amount()).terms(), piece.terms());
        }
    }

    private List<Piece> piecesOf(long[] id, boolean fee) {
        List<Piece> pieces = new ArrayList<>();
        for (DirectBuffer event : ledger.events) {
            if (MessageShape.templateId(event, 0) != LegEventDecoder.TEMPLATE_ID) {
                continue;
            }
            LegEventDecoder leg = new LegEventDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
            boolean wanted = leg.id().high() == id[0]
                    && leg.id().low() == id[1]
                    && (fee ? leg.kind() == LegKind.FEE : leg.legIndex() == 0);
            if (wanted) {
                for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
                    pieces.add(new Piece(lot.amount(), terms(lot.terms())));
                }
                return pieces;
            }
        }
        return pieces;
    }

    private static LotTerms terms(LotTermsDecoder from) {
        LotTerms terms = new LotTerms();
        terms.set(from.category(), from.priority(), from.effectiveAt(), from.expiresAt(), from.convertibleFrom());
        return terms;
    }

    private static void copy(LotTermsEncoder encoder, LotTerms terms) {
        encoder.category(terms.category)
                .priority((short) terms.priority)
                .effectiveAt(terms.effectiveNs)
                .expiresAt(terms.expiresNs)
                .convertibleFrom(terms.convertibleFromNs);
    }

    /** {@code 10 PAID 20 till noon cash dusk}, one after the other, in burn-down order; {@code none} without any. */
    String inWords(long wallet, long token) {
        DirectBuffer bytes = ledger.query(Commands.getLots(wallet, token));
        if (MessageShape.templateId(bytes, 0) != LotsReplyDecoder.TEMPLATE_ID) {
            return "none";
        }
        LotsReplyDecoder reply = new LotsReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        StringBuilder words = new StringBuilder();
        for (LotsReplyDecoder.LotsDecoder lot : reply.lots()) {
            LotTerms terms = terms(lot.terms());
            words.append(words.length() == 0 ? "" : "; ").append(lot.amount() + " " + terms.category);
            words.append(' ').append(terms.priority);
            if (names.times().containsValue(terms.effectiveNs)) {
                words.append(" good ").append(names.nameOfTime(terms.effectiveNs));
            }
            if (terms.expiresNs != Lots.NEVER) {
                words.append(" till ").append(names.nameOfTime(terms.expiresNs));
            }
            boolean promotional = terms.category == LotCategory.PROMOTIONAL;
            if (terms.convertibleFromNs != (promotional ? Lots.NEVER : 0)) {
                words.append(" cash ").append(names.nameOfTime(terms.convertibleFromNs));
            }
        }
        return words.length() == 0 ? "none" : words.toString();
    }
}
