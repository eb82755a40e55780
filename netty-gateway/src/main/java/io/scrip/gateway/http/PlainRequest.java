package io.scrip.gateway.http;

import io.scrip.gateway.http.Routes.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The usual request with a body, read from its bytes in one pass: POST to a path without parameters, HTTP/1.1, only
 * headers that are listed here and none of them twice, a Content-Length, and all of the body there already.
 *
 * <p>It accepts or passes, and never refuses: whatever is not exactly that goes the long way through {@link HeadScanner},
 * Netty's parser and {@link RequestHead}, which know what to say about it. So this is a strict subset of what they take,
 * and cannot be a second opinion about where a request ends. One instance belongs to one event loop.
 */
final class PlainRequest {
    /** What {@link #read} answers when the bytes are not (or not yet) a plain request. */
    static final int NOT_PLAIN = -1;

    private static final byte[] METHOD = ascii("POST ");
    private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
    private static final byte[] HOST = ascii("host");
    private static final byte[] ACCEPT = ascii("accept");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] USER_AGENT = ascii("user-agent");
    private static final byte[] CONTENT_TYPE = ascii("content-type");
    private static final byte[] AUTHORIZATION = ascii("authorization");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] ACCEPT_ENCODING = ascii("accept-encoding");
    private static final byte[] ACCEPT_LANGUAGE = ascii("accept-language");
    private static final byte[] IDEMPOTENCY_KEY = ascii("idempotency-key");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] JSON = ascii("application/json");
    private static final int MAX_LENGTH_DIGITS = 7;
    private static final boolean[] HOST_BYTES = new boolean[128];

    private static final int HOST_SEEN = 1;
    private static final int AUTHORIZATION_SEEN = 1 << 1;
    private static final int TYPE_SEEN = 1 << 2;
    private static final int LENGTH_SEEN = 1 << 3;
    private static final int KEY_SEEN = 1 << 4;
    private static final int CONNECTION_SEEN = 1 << 5;
    private static final int ACCEPT_SEEN = 1 << 6;
    private static final int AGENT_SEEN = 1 << 7;
    private static final int ENCODING_SEEN = 1 << 8;
    private static final int LANGUAGE_SEEN = 1 << 9;
    private static final int NEEDED = HOST_SEEN | AUTHORIZATION_SEEN | TYPE_SEEN | LENGTH_SEEN;

    static {
        for (int c = 0; c < HOST_BYTES.length; c++) {
            HOST_BYTES[c] = Character.isLetterOrDigit(c) || "-._:[]%".indexOf(c) >= 0;
        }
    }

    private final Place[] places;
    private final byte[][] paths;

    private byte[] in;
    private int limit;
    private int seen;

    /** The route that was asked for. */
    Place place;
    /** Where the value of Authorization stands. */
    int authorizationAt;

    int authorizationLength;
    /** Where the value of Idempotency-Key stands, when there is one. */
    private int keyAt;

    private int keyLength;
    /** Where the body stands. */
    int bodyAt;

    int bodyLength;

    /** Knows the routes that may be asked for so. */
    PlainRequest(List<Place> plainPlaces) {
        places = plainPlaces.toArray(new Place[0]);
        paths = new byte[places.length][];
        for (int i = 0; i < places.length; i++) {
            paths[i] = ascii(places[i].route().path());
        }
    }

    /**
     * Reads one request.
     *
     * @return index of the first byte behind it, or {@link #NOT_PLAIN}
     */
    int read(byte[] bytes, int from, int to) {
        in = bytes;
        // The head may be no longer than the parser of the long way would take.
        limit = Math.min(to, from + RequestDecoder.MAX_REQUEST_LINE_BYTES);
        seen = 0;
        keyLength = 0;
        int at = readRequestLine(from);
        while (at != NOT_PLAIN && at + 1 < limit && in[at] != '\r') {
            at = readHeader(at);
        }
        if (at == NOT_PLAIN || at + 1 >= limit || in[at + 1] != '\n' || (seen & NEEDED) != NEEDED) {
            return NOT_PLAIN;
        }
        bodyAt = at + 2;
        boolean whole = bodyLength <= to - bodyAt && bodyLength <= place.route().maxBodyBytes();
        return whole ? bodyAt + bodyLength : NOT_PLAIN;
    }

    /** Value of Idempotency-Key, {@code null} when there is none. */
    String idempotencyKey() {
        return (seen & KEY_SEEN) == 0 ? null : new String(in, keyAt, keyLength, StandardCharsets.US_ASCII);
    }

    private int readRequestLine(int from) {
        if (!isAt(METHOD, from)) {
            return NOT_PLAIN;
        }
        int pathAt = from + METHOD.length;
        for (int i = 0; i < paths.length; i++) {
            int versionAt = pathAt + paths[i].length;
            if (isAt(VERSION, versionAt) && isAt(paths[i], pathAt)) {
                place = places[i];
                return versionAt + VERSION.length;
            }
        }
        return NOT_PLAIN;
    }

    /** Reads one header line; returns where the next one begins. */
    private int readHeader(int nameAt) {
        int colon = nameAt;
        while (colon < limit && in[colon] != ':' && in[colon] > ' ') {
            colon++;
        }
        if (colon >= limit || in[colon] != ':') {
            return NOT_PLAIN;
        }
        int valueAt = colon + 1 < limit && in[colon + 1] == ' ' ? colon + 2 : colon + 1;
        int end = valueAt;
        while (end < limit && in[end] >= ' ' && in[end] != 0x7F) {
            end++;
        }
        boolean ends = end + 1 < limit && in[end] == '\r' && in[end + 1] == '\n';
        boolean tight = end > valueAt && in[valueAt] != ' ' && in[end - 1] != ' ';
        return ends && tight && take(nameAt, colon - nameAt, valueAt, end) ? end + 2 : NOT_PLAIN;
    }

    private boolean take(int nameAt, int nameLength, int valueAt, int end) {
        return switch (nameLength) {
            case 4 -> isNamed(HOST, nameAt) && once(HOST_SEEN) && isHost(valueAt, end);
            case 6 -> isNamed(ACCEPT, nameAt) && once(ACCEPT_SEEN);
            case 10 ->
                isNamed(CONNECTION, nameAt)
                        ? once(CONNECTION_SEEN) && isText(KEEP_ALIVE, valueAt, end)
                        : isNamed(USER_AGENT, nameAt) && once(AGENT_SEEN);
            case 12 -> isNamed(CONTENT_TYPE, nameAt) && once(TYPE_SEEN) && isText(JSON, valueAt, end);
            case 13 -> isNamed(AUTHORIZATION, nameAt) && takeAuthorization(valueAt, end);
            case 14 -> isNamed(CONTENT_LENGTH, nameAt) && once(LENGTH_SEEN) && isLength(valueAt, end);
            case 15 ->
                isNamed(IDEMPOTENCY_KEY, nameAt)
                        ? takeKey(valueAt, end)
                        : (isNamed(ACCEPT_ENCODING, nameAt) && once(ENCODING_SEEN))
                                || (isNamed(ACCEPT_LANGUAGE, nameAt) && once(LANGUAGE_SEEN));
            default -> false;
        };
    }

    private boolean takeAuthorization(int valueAt, int end) {
        authorizationAt = valueAt;
        authorizationLength = end - valueAt;
        return once(AUTHORIZATION_SEEN);
    }

    private boolean takeKey(int valueAt, int end) {
        keyAt = valueAt;
        keyLength = end - valueAt;
        return once(KEY_SEEN);
    }

    private boolean once(int header) {
        boolean first = (seen & header) == 0;
        seen |= header;
        return first;
    }

    private boolean isHost(int from, int end) {
        for (int i = from; i < end; i++) {
            if (!HOST_BYTES[in[i]]) {
                return false;
            }
        }
        return true;
    }

    private boolean isLength(int from, int end) {
        if (end - from > MAX_LENGTH_DIGITS) {
            return false;
        }
        int value = 0;
        for (int i = from; i < end; i++) {
            int digit = in[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        bodyLength = value;
        return value > 0;
    }

    private boolean isText(byte[] wanted, int from, int end) {
        return end - from == wanted.length && isAt(wanted, from);
    }

    private boolean isAt(byte[] wanted, int from) {
        if (wanted.length > limit - from) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (in[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Like {@link #isAt} for a name of the same length, in whatever case. */
    private boolean isNamed(byte[] lowerCase, int from) {
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = in[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
