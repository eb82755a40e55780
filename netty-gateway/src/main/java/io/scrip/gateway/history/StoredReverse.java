package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.request.Original;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A movement was to be given back; {@code amount} 0: all that was left of it. */
record StoredReverse(Origin origin, long amount, Original original, String reason) implements MovingCommand {

    static CommandKind kind() {
        return new CommandKind(ReverseDecoder.TEMPLATE_ID, StoredReverse::read);
    }

    @Override
    public int templateId() {
        return ReverseDecoder.TEMPLATE_ID;
    }

    @Override
    public List<Field> content() {
        return List.of(
                new Field("original_id", List.of(original.idHigh(), original.idLow())),
                new Field("amount", amount),
                new Field("reason", reason));
    }

    @Override
    public long token() {
        return original.token();
    }

    /** Who gives back may not learn what the platform has left of its fees. */
    @Override
    public int scaleOfNumbers(StoredDecision refusal, int tokenScale) {
        boolean ownNumbers = origin.callerRole() != Role.WALLET
                || original.fee() == 0
                || (amount != 0 && refusal.needed() == amount && original.fee() < original.amount());
        return refusal.outcome() == Outcome.INSUFFICIENT_FUNDS && !ownNumbers ? TokenScales.UNKNOWN : tokenScale;
    }

    @Override
    public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
        new TransferJson()
                .clear()
                .id(decision.idHigh(), decision.idLow())
                .status(TransferJson.Status.REFUSED)
                .kind(TransferJson.Kind.REVERSAL)
                .original(original.idHigh(), original.idLow())
                .parties(original.to(), original.from())
                .accounts(original.toAccount(), original.fromAccount())
                .token(original.token(), scales.scaleOf(original.token()))
                .amount(amount == 0 ? original.amount() : amount, 0)
                .decidedAt(decision.sequence(), decision.timestampNs())
                .texts(reason, null)
                .writeMembers(json);
    }

    private static StoredCommand read(Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        ReverseDecoder reverse = new ReverseDecoder().wrap(buffer, body, blockLength, version);
        List<Original.Lot> lots = new ArrayList<>();
        ReverseDecoder.LotsDecoder pieces = reverse.lots();
        while (pieces.hasNext()) {
            pieces.next();
            lots.add(lot(pieces.amount(), pieces.terms()));
        }
        List<Original.Lot> feeLots = new ArrayList<>();
        ReverseDecoder.FeeLotsDecoder feePieces = reverse.feeLots();
        while (feePieces.hasNext()) {
            feePieces.next();
            feeLots.add(lot(feePieces.amount(), feePieces.terms()));
        }
        Original original = new Original(
                reverse.originalId().high(),
                reverse.originalId().low(),
                reverse.from(),
                reverse.fromAccount(),
                reverse.to(),
                reverse.toAccount(),
                reverse.token(),
                reverse.originalAmount(),
                reverse.originalFee(),
                reverse.originalFeePayer(),
                reverse.revenueWallet(),
                lots,
                feeLots);
        return new StoredReverse(origin, reverse.amount(), original, reverse.reason());
    }

    private static Original.Lot lot(long amount, LotTermsDecoder terms) {
        return new Original.Lot(
                amount,
                terms.category(),
                terms.priority(),
                terms.effectiveAt(),
                terms.expiresAt(),
                terms.convertibleFrom());
    }
}
