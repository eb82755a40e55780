package io.scrip.gateway.json;

/**
 * The start of every RFC 9457 problem: {@code {"type","title","status","detail","code","request_id"}}. What explains
 * it ({@code field}, {@code needed}, {@code available}, {@code limit}, {@code wallet_id}) follows in the same object.
 */
public final class ProblemJson {
    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:scrip:problem:";

    private ProblemJson() {}

    /** Opens the object and writes the common members; the caller writes the rest and ends the object. */
    public static void begin(
            JsonOut json, int status, String code, String title, CharSequence detail, CharSequence requestId) {
        json.beginObject();
        writeHead(json, status, code, title, detail);
        json.name("request_id").string(requestId);
    }

    /** The common members without a request id: for the items of a batch, which have the answer's. */
    static void writeHead(JsonOut json, int status, String code, String title, CharSequence detail) {
        json.name("type").string(TYPE_PREFIX + code);
        json.name("title").string(title);
        json.name("status").number(status);
        json.name("detail").string(detail);
        json.name("code").string(code);
    }
}
