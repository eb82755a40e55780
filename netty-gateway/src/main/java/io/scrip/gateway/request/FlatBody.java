package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonToken;

/**
 * An object of plain members, as it was read: for commands that are rare, where a class of fields for each would say
 * nothing more. One instance belongs to one thread and is reused.
 */
final class FlatBody {
    static final int MAX_TEXT_BYTES = 128;

    private static final int MAX_ID_LENGTH = 64;

    /** What a member may be. */
    enum Form {
        TEXT("a string"),
        /** A decimal string. */
        AMOUNT("a decimal string"),
        INTEGER("an integer"),
        BOOL("true or false");

        private final String text;

        Form(String text) {
            this.text = text;
        }
    }

    /**
     * A member that a body may have.
     *
     * @param nullable whether null is a value of its own
     */
    record Field(String name, Form form, boolean required, boolean nullable) {
        /** One that must be there. */
        static Field required(String name, Form form) {
            return new Field(name, form, true, false);
        }

        /** One that must be there, so that nobody forgets it; null says that there is no such bound. */
        static Field explicit(String name, Form form) {
            return new Field(name, form, true, true);
        }

        /** One that may be left out; null is as good as that. */
        static Field optional(String name, Form form) {
            return new Field(name, form, false, true);
        }
    }

    private final List<Field> fields;
    private final FieldTable table;
    private final Object[] values;

    FlatBody(Field... members) {
        fields = List.of(members);
        table = FieldTable.of(fields.stream().map(Field::name).toArray(String[]::new));
        values = new Object[fields.size()];
    }

    /** The body of a command, which may carry the command's id. */
    static FlatBody ofCommand(Field... members) {
        Field[] all = Arrays.copyOf(members, members.length + 1);
        all[members.length] = Field.optional(CommandId.FIELD, Form.TEXT);
        return new FlatBody(all);
    }

    /** Reads a whole body. */
    FlatBody read(JsonBody json, byte[] body, int length) {
        return json.read(body, length, false, () -> readMembers(json));
    }

    /** Reads the members of the object that has just been entered. */
    FlatBody readMembers(JsonBody json) {
        Arrays.fill(values, null);
        long seen = 0;
        for (int field = json.nextField(table, seen); field != JsonBody.END; field = json.nextField(table, seen)) {
            seen |= 1L << field;
            values[field] = value(json, fields.get(field));
        }
        for (int field = 0; field < values.length; field++) {
            if (fields.get(field).required() && (seen & 1L << field) == 0) {
                throw JsonBody.missing(table.name(field));
            }
        }
        return this;
    }

    private static Object value(JsonBody json, Field field) {
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NULL && field.nullable()) {
            return null;
        }
        boolean isNumber = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        if (isNumber && field.form() == Form.AMOUNT) {
            throw new RequestFault(
                    ProblemKind.AMOUNT_NOT_STRING,
                    field.name(),
                    "Amounts are decimal strings in token units, such as \"20\" or \"0.5\"; put it in quotes.");
        }
        boolean fits = switch (field.form()) {
            case TEXT, AMOUNT -> token == JsonToken.VALUE_STRING;
            case INTEGER -> token == JsonToken.VALUE_NUMBER_INT;
            case BOOL -> token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
        };
        if (!fits) {
            throw JsonBody.wrongType(field.name(), field.form().text + (field.nullable() ? ", or null" : ""));
        }
        return switch (field.form()) {
            case TEXT, AMOUNT -> JsonBody.requireWellFormed(field.name(), json.currentText());
            case INTEGER -> json.currentInteger(field.name());
            case BOOL -> token == JsonToken.VALUE_TRUE;
        };
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** A text, {@code null} when it is left out or null. */
    String text(String name) {
        return (String) get(name);
    }

    boolean flag(String name) {
        return (Boolean) get(name);
    }

    /** The command's id as the body says it. */
    String id() {
        String id = text(CommandId.FIELD);
        if (id != null && id.length() > MAX_ID_LENGTH) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, CommandId.FIELD, "The text may have at most 64 characters.");
        }
        return id;
    }

    /** An integer between bounds; {@code absent} when it is left out or null. */
    long integer(String name, long min, long max, long absent) {
        Long value = (Long) get(name);
        if (value == null) {
            return absent;
        }
        if (value < min || value > max) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, name, "The number must be from " + min + " to " + max + ".");
        }
        return value;
    }

    /** Units of an amount; {@code absent} when it is null. */
    long amount(String name, int scale, boolean signed, long absent) {
        String text = text(name);
        if (text == null) {
            return absent;
        }
        boolean negative = signed && text.startsWith("-");
        long units = AmountText.parse(name, negative ? text.substring(1) : text, scale, true);
        return negative ? -units : units;
    }

    /** A wallet's number; {@link WalletIds#NONE} when it is null. */
    long wallet(String name) {
        String text = text(name);
        if (text == null) {
            return WalletIds.NONE;
        }
        if (!WalletIds.isWellFormed(text)) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, name, "A wallet id is w_ and 13 characters, as the ledger gave it.");
        }
        return WalletIds.decode(text);
    }

    /** A token's code; {@link TokenCodes#NONE} when it is left out. */
    long token(String name) {
        String text = text(name);
        if (text == null) {
            return TokenCodes.NONE;
        }
        long code = TokenCodes.parse(text);
        if (code == TokenCodes.NONE) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, name, "A token code is 1 to 8 capital letters and digits.");
        }
        return code;
    }

    /** Nanoseconds of a time. */
    static long time(String name, String text) {
        long ns = Timestamps.parse(text);
        if (ns == Timestamps.INVALID) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, name, "A time is RFC 3339 in UTC, such as 2026-11-21T09:30:00.5Z.");
        }
        return ns;
    }

    /** One of the constants in lower case. */
    @SafeVarargs
    final <E extends Enum<E>> E word(String name, E... constants) {
        String text = text(name);
        List<String> words = new ArrayList<>();
        for (E constant : constants) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        throw new RequestFault(ProblemKind.INVALID_VALUE, name, "The word must be one of: " + words + ".");
    }

    /** UTF-8 of a short text without control characters; none when it is left out. */
    byte[] shortText(String name) {
        String text = text(name);
        if (text == null) {
            return new byte[0];
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, name, "The text must not hold control characters.");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT_BYTES) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, name, "The text may have at most 128 bytes of UTF-8.");
        }
        return bytes;
    }

    private Object get(String name) {
        for (int field = 0; field < values.length; field++) {
            if (fields.get(field).name().equals(name)) {
                return values[field];
            }
        }
        throw new IllegalStateException("this body has no field " + name);
    }
}
