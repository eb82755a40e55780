package io.scrip.gateway.http;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.scrip.gateway.json.ProblemKind;
import java.util.Iterator;
import java.util.Map;

/**
 * The few headers that matter, taken out in one pass, and the rules that the parser does not know. One instance belongs
 * to one connection and is reused.
 */
final class RequestHead {
    static final int MAX_HEADERS = 64;

    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString EXPECT = AsciiString.cached("expect");
    private static final AsciiString ORIGIN = AsciiString.cached("origin");
    private static final AsciiString UPGRADE = AsciiString.cached("upgrade");
    private static final AsciiString CONNECTION = AsciiString.cached("connection");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString IDEMPOTENCY_KEY = AsciiString.cached("idempotency-key");
    private static final AsciiString CONTENT_ENCODING = AsciiString.cached("content-encoding");
    private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
    private static final AsciiString WS_KEY = AsciiString.cached("sec-websocket-key");
    private static final AsciiString WS_VERSION = AsciiString.cached("sec-websocket-version");

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    String host;
    String expect;
    String origin;
    String upgrade;
    String connection;
    String contentType;
    String authorization;
    String contentLength;
    String idempotencyKey;
    String contentEncoding;
    String transferEncoding;
    String webSocketKey;
    String webSocketVersion;
    /** Path and query of the request target. */
    String target;
    /** Whether the client understands what HTTP/1.0 does not know. */
    boolean isHttp11;

    private boolean repeated;

    /** Reads the head; a fault when it breaks a rule. */
    FramingFault read(HttpRequest request) {
        clear();
        if (request.headers().size() > MAX_HEADERS) {
            return new FramingFault(ProblemKind.HEAD_TOO_LARGE, "A request may have at most 64 header fields.");
        }
        Iterator<Map.Entry<CharSequence, CharSequence>> headers =
                request.headers().iteratorCharSequence();
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            take(header.getKey(), header.getValue().toString());
        }
        if (repeated) {
            return FramingFault.of("A header field that may stand once is repeated.");
        }
        boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        isHttp11 = http11;
        if (!http11 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return FramingFault.of("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
        }
        if (transferEncoding != null) {
            if (!http11 || contentLength != null || !transferEncoding.equals("chunked")) {
                return FramingFault.of("Transfer-Encoding must be exactly chunked, without Content-Length.");
            }
        }
        if (contentLength != null && !isDigits(contentLength)) {
            return FramingFault.of("Content-Length must be one plain number.");
        }
        if (host == null ? http11 : !isHost(host)) {
            return FramingFault.of("HTTP/1.1 needs one valid Host.");
        }
        return readTarget(request.uri());
    }

    /** Whether the connection may be used again after the answer. */
    boolean keepsAlive(HttpRequest request) {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && (connection == null || !hasToken(connection, "close"));
    }

    /** Whether this asks for a WebSocket. */
    boolean wantsWebSocket() {
        return upgrade != null
                && upgrade.equalsIgnoreCase("websocket")
                && connection != null
                && hasToken(connection, "upgrade");
    }

    /** Whether a body follows. */
    boolean hasBody() {
        return transferEncoding != null || (contentLength != null && !contentLength.equals("0"));
    }

    /** Announced length of the body, -1 when none was; saturated. */
    long announcedBytes() {
        if (contentLength == null) {
            return -1;
        }
        return contentLength.length() > 18 ? Long.MAX_VALUE : Long.parseLong(contentLength);
    }

    private FramingFault readTarget(String uri) {
        String rest = uri;
        int authorityAt = uri.startsWith(HTTP) ? HTTP.length() : uri.startsWith(HTTPS) ? HTTPS.length() : 0;
        if (authorityAt > 0) {
            int slash = uri.indexOf('/', authorityAt);
            int end = slash < 0 ? uri.length() : slash;
            if (!uri.substring(authorityAt, end).equalsIgnoreCase(host)) {
                return FramingFault.of("The request target names another host than Host.");
            }
            rest = slash < 0 ? "/" : uri.substring(slash);
        }
        if (!rest.startsWith("/") || rest.indexOf('#') >= 0) {
            return FramingFault.of("The request target must be a path.");
        }
        target = rest;
        return null;
    }

    private void clear() {
        host = null;
        expect = null;
        origin = null;
        upgrade = null;
        connection = null;
        contentType = null;
        authorization = null;
        contentLength = null;
        idempotencyKey = null;
        contentEncoding = null;
        transferEncoding = null;
        webSocketKey = null;
        webSocketVersion = null;
        target = null;
        repeated = false;
    }

    private void take(CharSequence name, String value) {
        switch (name.length()) {
            case 4 -> host = once(HOST, name, value, host);
            case 6 -> {
                expect = once(EXPECT, name, value, expect);
                origin = once(ORIGIN, name, value, origin);
            }
            case 7 -> upgrade = once(UPGRADE, name, value, upgrade);
            case 10 -> connection = once(CONNECTION, name, value, connection);
            case 12 -> contentType = once(CONTENT_TYPE, name, value, contentType);
            case 13 -> authorization = once(AUTHORIZATION, name, value, authorization);
            case 14 -> contentLength = once(CONTENT_LENGTH, name, value, contentLength);
            case 15 -> idempotencyKey = once(IDEMPOTENCY_KEY, name, value, idempotencyKey);
            case 16 -> contentEncoding = once(CONTENT_ENCODING, name, value, contentEncoding);
            case 17 -> {
                transferEncoding = once(TRANSFER_ENCODING, name, value, transferEncoding);
                webSocketKey = once(WS_KEY, name, value, webSocketKey);
            }
            case 21 -> webSocketVersion = once(WS_VERSION, name, value, webSocketVersion);
            default -> {}
        }
    }

    private String once(AsciiString wanted, CharSequence name, String value, String before) {
        if (!wanted.contentEqualsIgnoreCase(name)) {
            return before;
        }
        repeated |= before != null;
        return value;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!plain && "-._:[]%".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean hasToken(String list, String token) {
        for (String part : list.split(",")) {
            if (part.trim().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
