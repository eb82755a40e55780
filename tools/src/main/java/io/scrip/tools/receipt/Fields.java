package io.scrip.tools.receipt;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The members of one JSON object, each of which has to be asked for and to be exactly what is written. One thread. */
final class Fields {
    private static final String DECIMAL = "0|-?[1-9][0-9]{0,18}";

    private final String place;
    private final JsonNode object;
    private final Set<String> taken = new HashSet<>();

    Fields(JsonNode object, String place) throws NotAReceipt {
        if (object == null || !object.isObject()) {
            throw new NotAReceipt(place + " is no object");
        }
        this.object = object;
        this.place = place;
    }

    /** The object in a member; {@code null} for JSON null. */
    Fields objectOrNull(String name) throws NotAReceipt {
        JsonNode value = take(name);
        return value.isNull() ? null : new Fields(value, place + "." + name);
    }

    Fields object(String name) throws NotAReceipt {
        return new Fields(take(name), place + "." + name);
    }

    JsonNode array(String name) throws NotAReceipt {
        JsonNode value = take(name);
        if (!value.isArray()) {
            throw fault(name);
        }
        return value;
    }

    String text(String name) throws NotAReceipt {
        JsonNode value = take(name);
        if (!value.isString()) {
            throw fault(name);
        }
        return value.stringValue();
    }

    /** A 64-bit number, written as a decimal string. */
    long number(String name) throws NotAReceipt {
        String text = text(name);
        try {
            if (text.matches(DECIMAL)) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException outOfRange) {
            throw fault(name);
        }
        throw fault(name);
    }

    /** A small number, written as a JSON integer. */
    int small(String name, int max) throws NotAReceipt {
        JsonNode value = take(name);
        if (!value.isInt() || value.intValue() < 0 || value.intValue() > max) {
            throw fault(name);
        }
        return value.intValue();
    }

    byte[] hex(String name, int lengthBytes) throws NotAReceipt {
        return hex(text(name), lengthBytes, place + "." + name);
    }

    UUID uuid(String name) throws NotAReceipt {
        String text = text(name);
        if (!text.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")) {
            throw fault(name);
        }
        return UUID.fromString(text);
    }

    /** Refuses members that nobody has asked for. */
    void end() throws NotAReceipt {
        for (String name : object.propertyNames()) {
            if (!taken.contains(name)) {
                throw new NotAReceipt(place + "." + name + " is not known");
            }
        }
    }

    static byte[] hex(String text, int lengthBytes, String place) throws NotAReceipt {
        if (text.length() != 2 * lengthBytes || !text.matches("[0-9a-f]*")) {
            throw new NotAReceipt(place + " is not " + lengthBytes + " bytes in lower-case hexadecimal");
        }
        return HexFormat.of().parseHex(text);
    }

    private JsonNode take(String name) throws NotAReceipt {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new NotAReceipt(place + "." + name + " is missing");
        }
        taken.add(name);
        return value;
    }

    private NotAReceipt fault(String name) {
        return new NotAReceipt(place + "." + name + " is not what a receipt has there");
    }
}
