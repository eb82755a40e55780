package io.scrip.gateway.json;

import java.util.Locale;

/**
 * Every problem that the gateway itself finds, before or instead of the core. The name in lower case is the stable
 * code; what the core refuses stands in {@link OutcomeStatus}.
 */
public enum ProblemKind {
    // The request as HTTP.
    BAD_FRAMING(400, "Malformed HTTP"),
    REQUEST_TIMEOUT(408, "Request too slow"),
    BODY_TOO_LARGE(413, "Body too large"),
    URI_TOO_LONG(414, "Request line too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    EXPECTATION_FAILED(417, "Unknown expectation"),
    UPGRADE_REQUIRED(426, "WebSocket only"),
    HEAD_TOO_LARGE(431, "Header fields too large"),
    // The body as JSON.
    MALFORMED_JSON(400, "Malformed JSON"),
    JSON_LIMIT(400, "JSON too complex"),
    UNKNOWN_FIELD(400, "Unknown field"),
    DUPLICATE_FIELD(400, "Duplicate field"),
    MISSING_FIELD(400, "Missing field"),
    WRONG_TYPE(400, "Wrong type"),
    INVALID_VALUE(400, "Invalid value"),
    AMOUNT_NOT_STRING(400, "Amount is not a string"),
    INVALID_AMOUNT(400, "Invalid amount"),
    TOO_MANY_DECIMALS(400, "Too many decimals"),
    AMOUNT_TOO_LARGE(400, "Amount too large"),
    AMOUNT_NOT_POSITIVE(400, "Amount not positive"),
    ID_MISSING(400, "Id missing"),
    ID_MISMATCH(400, "Two different ids"),
    INVALID_PARAMETER(400, "Invalid parameter"),
    // Who asks.
    UNAUTHORIZED(401, "Key needed"),
    NOT_AUTHORIZED(403, "Not authorized"),
    FOREIGN_ID(403, "Id of somebody else"),
    // What is asked for.
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    HISTORY_PRUNED(410, "History pruned"),
    // How the server is.
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "Internal error"),
    OVERLOADED(503, "Overloaded"),
    READ_ONLY(503, "Read-only"),
    STOPPING(503, "Stopping"),
    NOT_READY(503, "Not ready"),
    SNAPSHOT_FAILED(503, "No snapshot was made"),
    OUTCOME_UNKNOWN(504, "Outcome unknown");

    private final int status;
    private final String title;
    private final String code;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Short name for people. */
    public String title() {
        return title;
    }

    /** Stable name for programs. */
    public String code() {
        return code;
    }
}
