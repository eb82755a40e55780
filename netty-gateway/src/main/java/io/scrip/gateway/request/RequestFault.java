package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;

/** A request that is malformed, with the field that is wrong ({@code null}: all of it). Has no stack trace. */
public final class RequestFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final String field;

    /** The detail is a sentence for the client; it must not repeat more of the input than the field's name. */
    public RequestFault(ProblemKind kind, String field, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.field = field;
    }

    public ProblemKind kind() {
        return kind;
    }

    /** JSON path of the field, such as {@code items[3].amount}; {@code null} when it is no single field. */
    public String field() {
        return field;
    }

    /** The same fault inside an outer field. */
    RequestFault inside(String prefix) {
        return new RequestFault(kind, field == null ? prefix : prefix + "." + field, getMessage());
    }
}
