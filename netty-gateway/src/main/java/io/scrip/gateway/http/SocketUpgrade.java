package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.scrip.gateway.json.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Consumer;

/** Checks the handshake of a WebSocket and turns the connection into one. RFC 6455, section 4.2. Stateless. */
final class SocketUpgrade {
    private static final int KEY_BYTES = 16;
    private static final String VERSION = "13";
    /** The constant of RFC 6455 that proves that the server has understood the request. */
    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    private static final int SWITCHING_STATUS = 101;

    private SocketUpgrade() {}

    /** Whether this is a handshake from where one may come; it has been answered otherwise. */
    static boolean isWelcome(Exchange exchange) {
        RequestHead head = exchange.connection().head();
        if (!head.wantsWebSocket() || !VERSION.equals(head.webSocketVersion) || !isKey(head.webSocketKey)) {
            Responses responses = exchange.loop.responses();
            responses
                    .beginProblem(
                            exchange, ProblemKind.UPGRADE_REQUIRED, "This path speaks WebSocket, version 13, only.")
                    .endObject();
            responses
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Version", VERSION)
                    .send(exchange, ProblemKind.UPGRADE_REQUIRED.status());
            return false;
        }
        if (!isOwnOrigin(head)) {
            exchange.loop
                    .responses()
                    .problem(exchange, ProblemKind.NOT_AUTHORIZED, "Pages of another origin may not connect.", null);
            return false;
        }
        return true;
    }

    /** Answers 101 and hands the channel over; a pipelined upgrade is refused. */
    static void upgrade(Exchange exchange, WebSocketDecoderConfig decoding, Consumer<Channel> receiver) {
        HttpConnection connection = exchange.connection();
        if (!connection.isAlone(exchange)) {
            exchange.loop
                    .responses()
                    .problem(exchange, ProblemKind.BAD_FRAMING, "An upgrade cannot be pipelined.", null);
            return;
        }
        ChannelHandlerContext context = connection.context();
        ChannelPipeline pipeline = context.pipeline();
        ByteBuf answer = context.alloc().buffer(256);
        ByteBufUtil.writeAscii(answer, SWITCHING);
        ByteBufUtil.writeAscii(answer, acceptOf(connection.head().webSocketKey));
        ByteBufUtil.writeAscii(answer, "\r\nX-Request-Id: " + exchange.requestId() + "\r\n\r\n");
        exchange.loop.metrics().onAnswer(exchange.routeIndex, SWITCHING_STATUS, System.nanoTime() - exchange.startedNs);
        ChannelFuture unused = context.writeAndFlush(answer, context.voidPromise());

        WebSocket13FrameEncoder encoder = new WebSocket13FrameEncoder(false);
        pipeline.addBefore(context.name(), null, encoder);
        // The new decoder takes over whatever the client has sent already.
        pipeline.replace(connection.decoder(), null, new WebSocket13FrameDecoder(decoding));
        connection.release(exchange);
        receiver.accept(pipeline.channel());
    }

    /** A browser says from which page it comes; only our own may use a key from there. */
    private static boolean isOwnOrigin(RequestHead head) {
        return head.origin == null
                || head.origin.equalsIgnoreCase("http://" + head.host)
                || head.origin.equalsIgnoreCase("https://" + head.host);
    }

    private static boolean isKey(String key) {
        if (key == null) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static String acceptOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
