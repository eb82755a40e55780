package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.json.Viewer;

/**
 * The short way of the usual requests, from the bytes that arrived to their endpoint, past Netty's parser. What is not
 * plain, not known or not allowed stays in the buffer for the long way. One instance belongs to one event loop.
 */
final class PlainIntake {
    private final Loop loop;
    private final PlainRequest request;
    private byte[] arrival = new byte[GatewayConfig.MAX_BODY_BYTES];

    PlainIntake(Loop loop, PlainRequest request) {
        this.loop = loop;
        this.request = request;
    }

    /** Takes as many requests as are whole and plain and may begin, from the reader index on. */
    void take(HttpConnection connection, Dispatcher dispatcher, ByteBuf in) {
        int end = in.readableBytes();
        if (end > arrival.length) {
            arrival = new byte[Math.max(end, arrival.length * 2)];
        }
        in.getBytes(in.readerIndex(), arrival, 0, end);
        for (int at = 0; at < end && connection.mayBegin(); ) {
            int next = request.read(arrival, at, end);
            if (next == PlainRequest.NOT_PLAIN) {
                return;
            }
            Exchange exchange = new Exchange(connection, loop, System.nanoTime());
            Viewer viewer =
                    connection.authenticator().viewerOf(arrival, request.authorizationAt, request.authorizationLength);
            if (!dispatcher.beginPlain(exchange, request, viewer)) {
                return;
            }
            in.skipBytes(next - at);
            at = next;
            connection.accept(exchange);
            byte[] body = loop.bodyBuffer(request.bodyLength);
            System.arraycopy(arrival, request.bodyAt, body, 0, request.bodyLength);
            dispatcher.handle(exchange, body, request.bodyLength);
        }
    }
}
