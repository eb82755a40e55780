package io.scrip.gateway.json;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.util.Locale;

/**
 * A refusal of the core as a problem, from plain values, so that the first answer and every replay are the same bytes.
 *
 * <p>Its request id is derived from the record of the outcome ({@link #requestId}): whoever asks again gets the id of
 * the request that was decided.
 */
public final class OutcomeProblem {
    /** Scale of numbers that are no amounts: shown as JSON numbers. */
    public static final int PLAIN_NUMBERS = -2;

    /** Times are kept in nanoseconds and told in seconds. */
    private static final int SECONDS_SCALE = 9;

    private OutcomeProblem() {}

    /**
     * The numbers of a refusal as the core gave them.
     *
     * @param scale of the token; {@link TransferJson#UNKNOWN_SCALE} when it is not registered; {@link #PLAIN_NUMBERS}
     *     for a condition on a version
     * @param wallet the wallet that is there already, or whose rule refused; 0 for none
     * @param window over what the rule that refused counts
     */
    public record Numbers(int scale, long needed, long available, long limit, long wallet, SpendingWindow window) {
        /** For refusals that need no numbers. */
        public static final Numbers NONE = new Numbers(TransferJson.UNKNOWN_SCALE, 0, 0, 0, WalletIds.NONE);

        /** For refusals by anything but a rule that counts. */
        public Numbers(int scale, long needed, long available, long limit, long wallet) {
            this(scale, needed, available, limit, wallet, SpendingWindow.NONE);
        }
    }

    /** Request id of the answer that a remembered outcome gets, first and later. */
    public static String requestId(long eventSequence) {
        return "evt-" + eventSequence;
    }

    /** Writes the whole problem document of a refused command. */
    public static void write(JsonOut json, OutcomeStatus row, Numbers numbers, String requestId) {
        ProblemJson.begin(json, row.status(), row.code(), row.title(), row.detail(), requestId);
        writeNumbers(json, row, numbers);
        json.endObject();
    }

    /** Writes the problem as one result of a batch, with the id of its item. */
    public static void writeItem(JsonOut json, OutcomeStatus row, Numbers numbers, long idHigh, long idLow) {
        json.beginObject();
        writeItemMembers(json, row, numbers, idHigh, idLow);
        json.endObject();
    }

    /** Writes an id that was used again with other content, as one result of a batch. */
    public static void writeConflictItem(JsonOut json, String field, long idHigh, long idLow) {
        OutcomeStatus row = OutcomeStatus.of(Outcome.IDEMPOTENCY_CONFLICT);
        json.beginObject();
        writeItemMembers(json, row, Numbers.NONE, idHigh, idLow);
        json.name("field").string(field).endObject();
    }

    /** Writes a problem of the gateway as one result of a batch. */
    public static void writeGatewayItem(JsonOut json, ProblemKind kind, String detail, long idHigh, long idLow) {
        json.beginObject();
        ProblemJson.writeHead(json, kind.status(), kind.code(), kind.title(), detail);
        json.name("id").uuid(idHigh, idLow).endObject();
    }

    /** Writes the members of a refusal without the braces: for a refused transfer shown as a resource. */
    public static void writeRefusalMembers(JsonOut json, OutcomeStatus row, Numbers numbers) {
        json.name("code").string(row.code());
        json.name("title").string(row.title());
        json.name("detail").string(row.detail());
        writeNumbers(json, row, numbers);
    }

    private static void writeItemMembers(JsonOut json, OutcomeStatus row, Numbers numbers, long idHigh, long idLow) {
        ProblemJson.writeHead(json, row.status(), row.code(), row.title(), row.detail());
        json.name("id").uuid(idHigh, idLow);
        writeNumbers(json, row, numbers);
    }

    private static void writeNumbers(JsonOut json, OutcomeStatus row, Numbers numbers) {
        switch (row.numbers()) {
            case NONE -> {}
            case NEEDED_AND_AVAILABLE -> {
                writeNumber(json.name("needed"), numbers.needed(), numbers.scale());
                writeNumber(json.name("available"), numbers.available(), numbers.scale());
            }
            case NEEDED -> writeNumber(json.name("needed"), numbers.needed(), numbers.scale());
            case AVAILABLE_AND_LIMIT -> {
                writeNumber(json.name("available"), numbers.available(), numbers.scale());
                writeNumber(json.name("limit"), numbers.limit(), numbers.scale());
            }
            case DEADLINE -> {
                json.name("limit").timestamp(numbers.limit());
                json.name("timestamp").timestamp(numbers.available());
            }
            case TIMEOUT -> {
                json.name("needed").amount(numbers.needed(), SECONDS_SCALE);
                json.name("limit").amount(numbers.limit(), SECONDS_SCALE);
            }
            case WALLET -> json.name("wallet_id").wallet(numbers.wallet());
            case NEEDED_AND_LIMIT -> {
                writeNumber(json.name("needed"), numbers.needed(), numbers.scale());
                writeNumber(json.name("limit"), numbers.limit(), numbers.scale());
            }
            case COUNTS -> writeThree(json, numbers, PLAIN_NUMBERS);
            case SPENDING_RULE -> writeRule(json, numbers, numbers.scale());
            case COUNTING_RULE -> writeRule(json, numbers, PLAIN_NUMBERS);
        }
    }

    private static void writeRule(JsonOut json, Numbers numbers, int scale) {
        writeThree(json, numbers, scale);
        json.name("window").string(numbers.window().name().toLowerCase(Locale.ROOT));
        json.name("wallet_id").wallet(numbers.wallet());
    }

    private static void writeThree(JsonOut json, Numbers numbers, int scale) {
        writeNumber(json.name("needed"), numbers.needed(), scale);
        writeNumber(json.name("available"), numbers.available(), scale);
        writeNumber(json.name("limit"), numbers.limit(), scale);
    }

    private static void writeNumber(JsonOut json, long value, int scale) {
        if (scale == PLAIN_NUMBERS) {
            json.number(value);
        } else if (scale == TransferJson.UNKNOWN_SCALE) {
            json.nullValue();
        } else {
            json.amount(value, scale);
        }
    }
}
