package io.scrip.gateway.request;

import io.scrip.gateway.json.LotsJson;
import io.scrip.gateway.request.FlatBody.Field;
import io.scrip.gateway.request.FlatBody.Form;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsEncoder;
import tools.jackson.core.JsonToken;

/**
 * The terms on which value is issued: {@code {"category","priority"?,"effective_at"?,"expires_at","convertible_from"}}.
 * A time may also be {@code "never"}; one from which something holds may be {@code "at_once"}. One instance belongs to
 * one thread and is reused.
 */
final class Terms {
    static final String FIELD = "terms";

    private static final long NEVER_NS = Long.MAX_VALUE;
    private static final int MAX_PRIORITY = 255;
    /** That of plain value. */
    private static final int USUAL_PRIORITY = 128;

    private static final String EFFECTIVE_AT = "effective_at";
    private static final String EXPIRES_AT = "expires_at";
    private static final String CONVERTIBLE_FROM = "convertible_from";

    private final FlatBody body = new FlatBody(
            Field.required("category", Form.TEXT),
            Field.optional("priority", Form.INTEGER),
            Field.optional(EFFECTIVE_AT, Form.TEXT),
            Field.required(EXPIRES_AT, Form.TEXT),
            Field.optional(CONVERTIBLE_FROM, Form.TEXT));
    private LotCategory category = LotCategory.PLAIN;
    private int priority;
    private long effectiveNs;
    private long expiresNs;
    private long convertibleFromNs;

    /** Plain value again. */
    void clear() {
        category = LotCategory.PLAIN;
        priority = 0;
        effectiveNs = 0;
        expiresNs = 0;
        convertibleFromNs = 0;
    }

    /** Reads the member's value: an object, or null for plain value. */
    void read(JsonBody json) {
        clear();
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw JsonBody.wrongType(FIELD, "an object, or null");
        }
        try {
            readMembers(json);
        } catch (RequestFault fault) {
            throw fault.inside(FIELD);
        }
    }

    private void readMembers(JsonBody json) {
        body.readMembers(json);
        category = body.word("category", LotCategory.PAID, LotCategory.PROMOTIONAL);
        priority = (int) body.integer("priority", 0, MAX_PRIORITY, USUAL_PRIORITY);
        effectiveNs = body.has(EFFECTIVE_AT) ? from(EFFECTIVE_AT) : 0;
        expiresNs = LotsJson.NEVER.equals(body.text(EXPIRES_AT))
                ? NEVER_NS
                : FlatBody.time(EXPIRES_AT, body.text(EXPIRES_AT));
        if (category == LotCategory.PROMOTIONAL) {
            if (body.has(CONVERTIBLE_FROM) && !LotsJson.NEVER.equals(body.text(CONVERTIBLE_FROM))) {
                throw RequestContext.invalid(CONVERTIBLE_FROM, "Promotional value is never convertible.");
            }
            convertibleFromNs = NEVER_NS;
        } else if (!body.has(CONVERTIBLE_FROM)) {
            // Cash that can be had at once must not come of a field that was forgotten.
            throw JsonBody.missing(CONVERTIBLE_FROM);
        } else {
            convertibleFromNs = LotsJson.NEVER.equals(body.text(CONVERTIBLE_FROM)) ? NEVER_NS : from(CONVERTIBLE_FROM);
        }
    }

    private long from(String field) {
        return LotsJson.AT_ONCE.equals(body.text(field)) ? 0 : FlatBody.time(field, body.text(field));
    }

    void write(LotTermsEncoder encoder) {
        encoder.category(category)
                .priority((short) priority)
                .effectiveAt(effectiveNs)
                .expiresAt(expiresNs)
                .convertibleFrom(convertibleFromNs);
    }
}
