package io.scrip.gateway.ws;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What a client may say on a wallet stream: an object with nothing but a known {@code type}. */
enum InboundType {
    PING,
    GET_STATE,
    INVALID;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(1_024)
                    .maxNumberLength(32)
                    .build())
            .build();

    static InboundType of(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || parser.nextToken() != JsonToken.PROPERTY_NAME
                    || !parser.currentName().equals("type")
                    || parser.nextToken() != JsonToken.VALUE_STRING) {
                return INVALID;
            }
            InboundType type = switch (parser.getString()) {
                case "ping" -> PING;
                case "get_state" -> GET_STATE;
                default -> INVALID;
            };
            return parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? type : INVALID;
        } catch (JacksonException e) {
            return INVALID;
        }
    }
}
