package io.scrip.gateway.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.ProblemKind;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JsonToken;

/**
 * A client's own JSON object, copied in compact form: members keep their order, numbers their digits. So the same
 * object in other white space is the same content. One instance belongs to one thread and is reused.
 */
final class Metadata {
    static final String FIELD = "metadata";
    static final int MAX_LENGTH_BYTES = 2_048;

    private final ByteBuf copy = Unpooled.buffer(MAX_LENGTH_BYTES);
    private final JsonOut out = new JsonOut();

    /** Forgets what was read before. */
    void clear() {
        copy.clear();
    }

    /** Reads the member's value: an object, or null for none. */
    void read(JsonBody json) {
        clear();
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw JsonBody.wrongType(FIELD, "a JSON object");
        }
        out.to(copy);
        object(json);
        if (copy.readableBytes() > MAX_LENGTH_BYTES) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, FIELD, "Metadata may have at most 2,048 bytes of compact JSON.");
        }
    }

    /** Reads the members of the object that has just been entered. */
    void readMembers(JsonBody json) {
        clear();
        out.to(copy);
        object(json);
    }

    byte[] bytes() {
        return copy.array();
    }

    int lengthBytes() {
        return copy.readableBytes();
    }

    private void object(JsonBody json) {
        out.beginObject();
        Set<String> names = new HashSet<>();
        while (json.next() != JsonToken.END_OBJECT) {
            String name = JsonBody.requireWellFormed(FIELD, json.currentName());
            if (!names.add(name)) {
                throw JsonBody.duplicate(FIELD + "." + name);
            }
            out.clientName(name);
            value(json, json.next());
        }
        out.endObject();
    }

    private void array(JsonBody json) {
        out.beginArray();
        for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
            value(json, token);
        }
        out.endArray();
    }

    private void value(JsonBody json, JsonToken token) {
        switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> out.string(JsonBody.requireWellFormed(FIELD, json.currentText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.raw(json.currentText());
            case VALUE_TRUE -> out.bool(true);
            case VALUE_FALSE -> out.bool(false);
            default -> out.nullValue();
        }
    }
}
