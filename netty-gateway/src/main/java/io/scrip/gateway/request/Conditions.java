package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.Measure;
import tools.jackson.core.JsonToken;

/**
 * What has to hold for a transfer to be applied: {@code [{"measure":"available","comparison":"at_least","value":"5"}]}.
 *
 * <p>Over HTTP a condition is about the payer's account only, the caller's own: one about the payee's would let anybody
 * find out a stranger's balance by trying. One instance belongs to one thread and is reused.
 */
final class Conditions {
    static final String FIELD = "conditions";
    static final int MAX_CONDITIONS = 8;

    private static final FieldTable FIELDS = FieldTable.of("measure", "comparison", "value");
    private static final int MEASURE = 0;
    private static final int COMPARISON = 1;

    private final Measure[] measures = new Measure[MAX_CONDITIONS];
    private final Comparison[] comparisons = new Comparison[MAX_CONDITIONS];
    private final long[] versions = new long[MAX_CONDITIONS];
    private final String[] amounts = new String[MAX_CONDITIONS];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    Measure measure(int index) {
        return measures[index];
    }

    Comparison comparison(int index) {
        return comparisons[index];
    }

    /** The value in the protocol's form: a version, or an amount in the token's smallest unit. */
    long value(int index, int scale) {
        if (measures[index] == Measure.VERSION) {
            return versions[index];
        }
        return AmountText.parse(name(index) + ".value", amounts[index], scale, true);
    }

    /** Reads the member's value: a list, or null for none. */
    void read(JsonBody json) {
        clear();
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_ARRAY) {
            throw JsonBody.wrongType(FIELD, "a list");
        }
        for (token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
            if (token != JsonToken.START_OBJECT) {
                throw JsonBody.wrongType(name(count), "an object");
            }
            if (count == MAX_CONDITIONS) {
                throw new RequestFault(ProblemKind.INVALID_VALUE, FIELD, "There may be at most 8 conditions.");
            }
            readOne(json);
            count++;
        }
    }

    private void readOne(JsonBody json) {
        try {
            measures[count] = null;
            comparisons[count] = null;
            long seen = 0;
            boolean isNumber = false;
            for (int field = json.nextField(FIELDS, seen);
                    field != JsonBody.END;
                    field = json.nextField(FIELDS, seen)) {
                seen |= 1L << field;
                switch (field) {
                    case MEASURE -> measures[count] = measure(json.text("measure"));
                    case COMPARISON -> comparisons[count] = comparison(json.text("comparison"));
                    default -> isNumber = readValue(json);
                }
            }
            if (Long.bitCount(seen) != 3) {
                throw JsonBody.missing(FIELDS.name(Long.numberOfTrailingZeros(~seen)));
            }
            if (isNumber && measures[count] != Measure.VERSION) {
                throw new RequestFault(
                        ProblemKind.AMOUNT_NOT_STRING, "value", "A balance is a decimal string; put it in quotes.");
            }
            if (!isNumber && measures[count] == Measure.VERSION) {
                throw JsonBody.wrongType("value", "an integer for a version");
            }
        } catch (RequestFault fault) {
            throw fault.inside(name(count));
        }
    }

    private boolean readValue(JsonBody json) {
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            versions[count] = json.currentInteger("value");
            if (versions[count] < 0) {
                throw new RequestFault(ProblemKind.INVALID_VALUE, "value", "A version is not negative.");
            }
            return true;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw JsonBody.wrongType("value", "a decimal string, or an integer for a version");
        }
        amounts[count] = json.currentText();
        return false;
    }

    private static Measure measure(String text) {
        return switch (text) {
            case "version" -> Measure.VERSION;
            case "available" -> Measure.AVAILABLE;
            case "posted" -> Measure.POSTED;
            default ->
                throw new RequestFault(
                        ProblemKind.INVALID_VALUE, "measure", "A measure is version, available or posted.");
        };
    }

    private static Comparison comparison(String text) {
        return switch (text) {
            case "equal" -> Comparison.EQUAL;
            case "at_least" -> Comparison.AT_LEAST;
            case "at_most" -> Comparison.AT_MOST;
            default ->
                throw new RequestFault(
                        ProblemKind.INVALID_VALUE, "comparison", "A comparison is equal, at_least or at_most.");
        };
    }

    private static String name(int index) {
        return FIELD + "[" + index + "]";
    }
}
