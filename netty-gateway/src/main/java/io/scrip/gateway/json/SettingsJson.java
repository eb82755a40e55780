package io.scrip.gateway.json;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.SettingsReplyDecoder;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** The tokens that there are, and the fees that are taken. Holds flyweights: one thread at a time. */
public final class SettingsJson {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettingsReplyDecoder reply = new SettingsReplyDecoder();

    /** Writes {@code {"sequence","timestamp","data":[{"code","scale","transferable"}]}}. */
    public void writeTokens(JsonOut json, DirectBuffer message, int offset) {
        begin(json, message, offset);
        for (SettingsReplyDecoder.TokensDecoder token : reply.tokens()) {
            json.beginObject().name("code").token(token.token());
            json.name("scale").number(token.scale());
            json.name("transferable").bool(token.transferable() != 0).endObject();
        }
        json.endArray().endObject();
    }

    /**
     * Writes {@code {"sequence","timestamp","data":[{"kind","payer","basis_points","minimum_units","maximum_units",
     * "revenue_wallet"}]}}; the wallet that earns the fees only to those who read all.
     */
    public void writeFees(JsonOut json, DirectBuffer message, int offset, Viewer viewer) {
        begin(json, message, offset);
        SettingsReplyDecoder.TokensDecoder tokens = reply.tokens();
        while (tokens.hasNext()) {
            tokens.next();
        }
        for (SettingsReplyDecoder.FeesDecoder fee : reply.fees()) {
            json.beginObject().name("kind").string(fee.kind().name().toLowerCase(Locale.ROOT));
            json.name("payer").string(fee.payer().name().toLowerCase(Locale.ROOT));
            json.name("basis_points").number(fee.basisPoints());
            json.name("minimum_units").amount(fee.minimum(), 0);
            json.name("maximum_units");
            if (fee.maximum() == UNLIMITED) {
                json.nullValue();
            } else {
                json.amount(fee.maximum(), 0);
            }
            if (viewer.readsAll()) {
                json.name("revenue_wallet").wallet(fee.revenueWallet());
            }
            json.endObject();
        }
        json.endArray().endObject();
    }

    private void begin(JsonOut json, DirectBuffer message, int offset) {
        reply.wrapAndApplyHeader(message, offset, header);
        json.beginObject().name("sequence").number(reply.sequence());
        json.name("timestamp").timestamp(reply.timestamp());
        json.name("data").beginArray();
    }
}
