package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import tools.jackson.core.JsonToken;

/**
 * A request that came as one message instead of over HTTP:
 * {@code {"request","method","path","idempotency_key"?,"body"?}}. The body is only found here, and read by its own
 * reader, as if it had come by HTTP. One instance belongs to one thread and is reused.
 */
public final class SocketRequest {
    /** The number of a message that did not say it. */
    public static final long NO_NUMBER = -1;

    private static final String BODY = "body";
    private static final FieldTable FIELDS = FieldTable.of("request", "method", "path", "idempotency_key", BODY);

    private final JsonBody json = new JsonBody();
    private long number;
    private String method;
    private String path;
    private String idempotencyKey;
    private int bodyAt;
    private int bodyLength;
    private boolean hasBody;

    /** Reads a message; what is wrong with it, {@code null}: nothing. What stood before the fault is known even then. */
    public RequestFault read(byte[] message, int length) {
        number = NO_NUMBER;
        method = null;
        path = null;
        idempotencyKey = null;
        bodyAt = 0;
        bodyLength = 0;
        hasBody = false;
        try {
            json.readMessage(message, length, this::members);
            return null;
        } catch (RequestFault fault) {
            boolean inBody = fault.field() != null && fault.field().startsWith(BODY + ".");
            // Over HTTP nothing stands around the body.
            return inBody
                    ? new RequestFault(fault.kind(), fault.field().substring(BODY.length() + 1), fault.getMessage())
                    : fault;
        }
    }

    private Void members() {
        long seen = 0;
        for (int field = json.nextField(FIELDS, seen); field != JsonBody.END; field = json.nextField(FIELDS, seen)) {
            seen |= 1L << field;
            String name = FIELDS.name(field);
            switch (field) {
                case 0 -> number = number(name);
                case 1 -> method = method(name);
                case 2 -> path = json.text(name);
                case 3 -> idempotencyKey = json.optionalText(name);
                default -> body(name);
            }
        }
        for (int field = 0; field < 3; field++) {
            if ((seen & 1L << field) == 0) {
                throw JsonBody.missing(FIELDS.name(field));
            }
        }
        return null;
    }

    private long number(String name) {
        if (json.next() != JsonToken.VALUE_NUMBER_INT) {
            throw JsonBody.wrongType(name, "an integer");
        }
        long value = json.currentInteger(name);
        if (value < 0) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, name, "The number must not be negative.");
        }
        return value;
    }

    private String method(String name) {
        String text = json.text(name);
        if (!text.equals("GET") && !text.equals("POST")) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, name, "The method must be GET or POST.");
        }
        return text;
    }

    private void body(String name) {
        bodyAt = json.object(name);
        bodyLength = json.objectEnd() - bodyAt;
        hasBody = true;
    }

    /** The client's own number of it, {@link #NO_NUMBER} when it was not found. */
    public long number() {
        return number;
    }

    public String method() {
        return method;
    }

    /** Path and query. */
    public String path() {
        return path;
    }

    /** {@code null} when there is none. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    public boolean hasBody() {
        return hasBody;
    }

    /** Where the body begins in the message. */
    public int bodyAt() {
        return bodyAt;
    }

    public int bodyLength() {
        return bodyLength;
    }
}
