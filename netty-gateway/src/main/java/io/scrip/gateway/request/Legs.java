package io.scrip.gateway.request;

import tools.jackson.core.JsonToken;

/**
 * The legs of a transfer of several: {@code [{"from","to","token","amount","from_account"?,"to_account"?}]}. One instance
 * belongs to one thread and is reused.
 */
final class Legs {
    static final String FIELD = "legs";
    static final int MAX_LEGS = 16;

    private static final FieldTable FIELDS =
            FieldTable.of("from", "to", "token", "amount", "from_account", "to_account");
    private static final int REQUIRED_FIELDS = 4;

    final long[] from = new long[MAX_LEGS];
    final long[] to = new long[MAX_LEGS];
    final long[] token = new long[MAX_LEGS];
    final String[] amount = new String[MAX_LEGS];
    final int[] fromAccount = new int[MAX_LEGS];
    final int[] toAccount = new int[MAX_LEGS];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Reads the member's value, a list of 1 to 16 legs. */
    void read(JsonBody json) {
        clear();
        if (json.next() != JsonToken.START_ARRAY) {
            throw JsonBody.wrongType(FIELD, "a list");
        }
        for (JsonToken next = json.next(); next != JsonToken.END_ARRAY; next = json.next()) {
            if (next != JsonToken.START_OBJECT) {
                throw JsonBody.wrongType(name(count), "an object");
            }
            if (count == MAX_LEGS) {
                throw RequestContext.invalid(FIELD, "There may be at most 16 legs.");
            }
            try {
                readOne(json);
            } catch (RequestFault fault) {
                throw fault.inside(name(count));
            }
            count++;
        }
        if (count == 0) {
            throw RequestContext.invalid(FIELD, "There must be at least one leg.");
        }
    }

    private void readOne(JsonBody json) {
        fromAccount[count] = 0;
        toAccount[count] = 0;
        long seen = 0;
        for (int field = json.nextField(FIELDS, seen); field != JsonBody.END; field = json.nextField(FIELDS, seen)) {
            seen |= 1L << field;
            String name = FIELDS.name(field);
            switch (field) {
                case 0 -> from[count] = TransferFields.wallet(name, json.text(name));
                case 1 -> to[count] = TransferFields.wallet(name, json.text(name));
                case 2 -> token[count] = TransferFields.token(name, json.text(name));
                case 3 -> amount[count] = json.amount(name);
                case 4 -> fromAccount[count] = TransferFields.account(json, name);
                default -> toAccount[count] = TransferFields.account(json, name);
            }
        }
        int absent = Long.numberOfTrailingZeros(~seen);
        if (absent < REQUIRED_FIELDS) {
            throw JsonBody.missing(FIELDS.name(absent));
        }
    }

    static String name(int index) {
        return FIELD + "[" + index + "]";
    }
}
