package io.scrip.gateway.ws;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** Why the server ends a stream, with the status code of RFC 6455 that the peer gets. */
enum CloseReason {
    STOPPING(1001, "server is stopping"),
    INVALID_UTF8(1007, "text is not UTF-8"),
    KEY_REVOKED(1008, "key is no longer valid"),
    UNKNOWN_WALLET(1008, "no such wallet"),
    TOO_MANY_FRAGMENTS(1008, "message has too many fragments"),
    PRUNED(1008, "history was pruned: resume without from"),
    FLOOD(1008, "too many messages"),
    MESSAGE_TOO_BIG(1009, "message is too big"),
    FAULT(1011, "the stream cannot be continued"),
    SLOW_CONSUMER(1013, "slow consumer: resume with from"),
    OVERLOADED(1013, "overloaded: try again"),
    TOO_MANY_STREAMS(1013, "too many streams of this wallet");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    CloseWebSocketFrame frame() {
        return new CloseWebSocketFrame(code, text);
    }
}
