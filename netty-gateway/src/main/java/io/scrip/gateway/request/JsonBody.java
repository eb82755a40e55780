package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * One JSON document, read strictly and once, without a tree: known members only, none twice, nothing behind the end,
 * UTF-8 only. One instance belongs to one thread.
 */
final class JsonBody {
    /** Returned by {@link #nextField} at the end of the object. */
    static final int END = -1;

    static final int MAX_DEPTH = 8;
    private static final int MAX_TOKENS = 256;
    private static final int MAX_BATCH_TOKENS = 1_000_000;
    private static final int MAX_TEXT_LENGTH = 1024;
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_NUMBER_LENGTH = 19;

    private static final JsonFactory SINGLE = factory(MAX_DEPTH, MAX_TOKENS);
    private static final JsonFactory BATCH = factory(MAX_DEPTH, MAX_BATCH_TOKENS);
    /** A body stands inside, whose own limits are looked at when it is read. */
    private static final JsonFactory MESSAGE = factory(MAX_DEPTH + 1, 2 * MAX_BATCH_TOKENS);

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private JsonParser parser;

    private static JsonFactory factory(int maxDepth, int maxTokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxTokenCount(maxTokens)
                        .maxStringLength(MAX_TEXT_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }

    /**
     * Reads one document: an object, whose members {@code reading} takes.
     *
     * @throws RequestFault when it is anything else than that object
     */
    <T> T read(byte[] bytes, int length, boolean batch, Supplier<T> reading) {
        return read(batch ? BATCH : SINGLE, bytes, length, reading);
    }

    /** Like {@link #read}, for a message in which a body of any length stands. */
    <T> T readMessage(byte[] bytes, int length, Supplier<T> reading) {
        return read(MESSAGE, bytes, length, reading);
    }

    private <T> T read(JsonFactory factory, byte[] bytes, int length, Supplier<T> reading) {
        requireUtf8(bytes, length);
        parser = factory.createParser(ObjectReadContext.empty(), bytes, 0, length);
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RequestFault(ProblemKind.MALFORMED_JSON, null, "The body must be one JSON object.");
            }
            T result = reading.get();
            if (parser.nextToken() != null) {
                throw new RequestFault(ProblemKind.MALFORMED_JSON, null, "Something follows the JSON object.");
            }
            return result;
        } catch (StreamConstraintsException tooMuch) {
            throw new RequestFault(
                    ProblemKind.JSON_LIMIT,
                    memberPath(),
                    "The body exceeds a limit: depth 8, 256 tokens, texts of 1,024, names of 64 characters, numbers of"
                            + " 19 digits.");
        } catch (JacksonException malformed) {
            throw new RequestFault(
                    ProblemKind.MALFORMED_JSON,
                    null,
                    "The body is not valid JSON near byte "
                            + parser.currentLocation().getByteOffset() + ".");
        } finally {
            parser.close();
        }
    }

    /** Index of the next member of the object, or {@link #END}; {@code seen} has a bit for each that came before. */
    int nextField(FieldTable table, long seen) {
        int index = parser.nextNameMatch(table.matcher());
        if (index >= 0) {
            if ((seen & 1L << index) != 0) {
                throw duplicate(table.name(index));
            }
            return index;
        }
        if (index == PropertyNameMatcher.MATCH_END_OBJECT) {
            return END;
        }
        throw new RequestFault(
                ProblemKind.UNKNOWN_FIELD, parser.currentName(), "The request has a field that is not known here.");
    }

    static RequestFault duplicate(String name) {
        return new RequestFault(ProblemKind.DUPLICATE_FIELD, name, "The field is given twice.");
    }

    /** The text of a member that must be a string. */
    String text(String field) {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.VALUE_STRING) {
            throw wrongType(field, "a string");
        }
        return requireWellFormed(field, parser.getString());
    }

    /** Like {@link #text}, but {@code null} is as good as leaving the member out. */
    String optionalText(String field) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw wrongType(field, "a string");
        }
        return requireWellFormed(field, parser.getString());
    }

    /** An amount's text; a number gets a hint. */
    String amount(String field) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            throw new RequestFault(
                    ProblemKind.AMOUNT_NOT_STRING,
                    field,
                    "Amounts are decimal strings in token units, such as \"20\" or \"0.5\"; put it in quotes.");
        }
        if (token != JsonToken.VALUE_STRING) {
            throw wrongType(field, "a decimal string");
        }
        return parser.getString();
    }

    boolean bool(String field) {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrongType(field, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** Passes over the value of a member that must be an object; returns at which byte of the document it begins. */
    int object(String field) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrongType(field, "a JSON object");
        }
        int at = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return at;
    }

    /** The byte behind the object that was passed over last. */
    int objectEnd() {
        return (int) parser.currentLocation().getByteOffset();
    }

    /** The next token, for a value that may be of several types. */
    JsonToken next() {
        return parser.nextToken();
    }

    /** Text of the current string or number as it stands in the document. */
    String currentText() {
        return parser.getString();
    }

    String currentName() {
        return parser.currentName();
    }

    /** Value of the current integer. */
    long currentInteger(String field) {
        try {
            return parser.getLongValue();
        } catch (JacksonException tooLarge) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, field, "The number is too large.");
        }
    }

    static RequestFault wrongType(String field, String expected) {
        return new RequestFault(ProblemKind.WRONG_TYPE, field, "The field must be " + expected + ".");
    }

    static RequestFault missing(String field) {
        return new RequestFault(ProblemKind.MISSING_FIELD, field, "The field is missing.");
    }

    /** Escapes can spell half a character; the ledger keeps whole ones only. */
    static String requireWellFormed(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new RequestFault(ProblemKind.INVALID_VALUE, field, "The text holds half a character.");
                }
                i++;
            }
        }
        return text;
    }

    /** Path of the member that is being read, such as {@code items[3].metadata.k}; {@code null} outside of all. */
    private String memberPath() {
        StringBuilder path = new StringBuilder();
        appendPath(path, parser.streamReadContext());
        return path.isEmpty() ? null : path.toString();
    }

    private static void appendPath(StringBuilder path, TokenStreamContext context) {
        if (context.getParent() != null) {
            appendPath(path, context.getParent());
        }
        if (context.inArray() && context.hasCurrentIndex()) {
            path.append('[').append(context.getCurrentIndex()).append(']');
        } else if (context.inObject() && context.currentName() != null) {
            path.append(path.isEmpty() ? "" : ".").append(context.currentName());
        }
    }

    /** Jackson would also take UTF-16, UTF-32 and a byte order mark, and some byte sequences that are no UTF-8. */
    private void requireUtf8(byte[] bytes, int length) {
        boolean plain = true;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                throw new RequestFault(ProblemKind.MALFORMED_JSON, null, "The body must be UTF-8 without NUL.");
            }
            plain &= bytes[i] > 0;
        }
        if (plain) {
            return;
        }
        boolean byteOrderMark = length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB;
        try {
            utf8.decode(ByteBuffer.wrap(bytes, 0, length));
        } catch (CharacterCodingException notUtf8) {
            throw new RequestFault(ProblemKind.MALFORMED_JSON, null, "The body is not valid UTF-8.");
        }
        if (byteOrderMark && bytes[2] == (byte) 0xBF) {
            throw new RequestFault(ProblemKind.MALFORMED_JSON, null, "The body must not begin with a byte order mark.");
        }
    }
}
