package io.scrip.gateway.json;

import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * The lots of an account in burn-down order: {@code {"wallet_id","token","account","sequence","timestamp","posted",
 * "in_lots","data":[{"amount","category","priority","effective_at","expires_at","convertible_from"}]}}. Holds
 * flyweights: one thread at a time.
 */
public final class LotsJson {
    /** Stands for a time that will not come. */
    public static final String NEVER = "never";
    /** Stands for a time that was always. */
    public static final String AT_ONCE = "at_once";

    private static final long NEVER_NS = Long.MAX_VALUE;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LotsReplyDecoder reply = new LotsReplyDecoder();

    /** Writes the object from a {@code LotsReply} message with its header. */
    public void write(JsonOut json, DirectBuffer message, int offset) {
        reply.wrapAndApplyHeader(message, offset, header);
        int scale = reply.scale();
        json.beginObject().name("wallet_id").wallet(reply.wallet());
        json.name("token").token(reply.token());
        json.name("account").number(reply.account());
        json.name("sequence").number(reply.sequence());
        json.name("timestamp").timestamp(reply.timestamp());
        json.name("posted").amount(reply.posted(), scale);
        json.name("in_lots").amount(reply.inLots(), scale);
        json.name("data").beginArray();
        for (LotsReplyDecoder.LotsDecoder lot : reply.lots()) {
            LotTermsDecoder terms = lot.terms();
            json.beginObject().name("amount").amount(lot.amount(), scale);
            json.name("category").string(terms.category().name().toLowerCase(Locale.ROOT));
            json.name("priority").number(terms.priority());
            json.name("effective_at");
            time(json, terms.effectiveAt());
            json.name("expires_at");
            time(json, terms.expiresAt());
            json.name("convertible_from");
            time(json, terms.convertibleFrom());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void time(JsonOut json, long ns) {
        if (ns == NEVER_NS) {
            json.string(NEVER);
        } else if (ns == 0) {
            json.string(AT_ONCE);
        } else {
            json.timestamp(ns);
        }
    }
}
