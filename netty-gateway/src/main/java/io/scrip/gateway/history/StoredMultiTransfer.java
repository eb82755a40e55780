package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Several movements in one command, as it came. */
record StoredMultiTransfer(Origin origin, long applyBefore, List<Leg> legs, String reference, String metadata)
        implements MovingCommand {
    StoredMultiTransfer {
        legs = List.copyOf(legs);
    }

    /** One of the movements asked for. */
    record Leg(long from, long to, long token, long amount, int fromAccount, int toAccount) {}

    static CommandKind kind() {
        return new CommandKind(MultiTransferDecoder.TEMPLATE_ID, StoredMultiTransfer::read);
    }

    @Override
    public int templateId() {
        return MultiTransferDecoder.TEMPLATE_ID;
    }

    @Override
    public List<Field> content() {
        return List.of(
                new Field("legs", legs),
                new Field("reference", reference),
                new Field("metadata", metadata),
                new Field("apply_before", applyBefore));
    }

    @Override
    public Outcome visible(Outcome outcome) {
        boolean ownsAll = true;
        for (Leg leg : legs) {
            ownsAll &= leg.from() == origin.callerWallet();
        }
        return OutcomeStatus.visible(outcome, ownsAll);
    }

    @Override
    public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
        MovementJson.beginMulti(json, decision, TransferJson.Status.REFUSED, reference, metadata);
        for (Leg leg : legs) {
            json.beginObject().name("kind").string(TransferJson.Kind.TRANSFER.code());
            TransferJson.writeSide(json, "from", leg.from(), "from_account", leg.fromAccount());
            TransferJson.writeSide(json, "to", leg.to(), "to_account", leg.toAccount());
            json.name("token").token(leg.token()).name("amount");
            int scale = scales.scaleOf(leg.token());
            if (scale == TokenScales.UNKNOWN) {
                json.nullValue();
            } else {
                json.amount(leg.amount(), scale);
            }
            json.name("balances").beginObject().endObject().endObject();
        }
        json.endArray();
    }

    private static StoredCommand read(Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        MultiTransferDecoder multi = new MultiTransferDecoder().wrap(buffer, body, blockLength, version);
        MultiTransferDecoder.LegsDecoder group = multi.legs();
        List<Leg> legs = new ArrayList<>(group.count());
        while (group.hasNext()) {
            group.next();
            legs.add(new Leg(
                    group.from(), group.to(), group.token(), group.amount(), group.fromAccount(), group.toAccount()));
        }
        String reference = multi.reference();
        return new StoredMultiTransfer(origin, multi.applyBefore(), legs, reference, multi.metadata());
    }
}
