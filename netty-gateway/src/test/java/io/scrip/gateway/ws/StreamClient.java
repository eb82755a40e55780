package io.scrip.gateway.ws;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The far end of an embedded connection. */
final class StreamClient {
    private static final Pattern NUMBERED = Pattern.compile(
            "\\{\"type\":\"(\\w+)\",\"sequence\":(\\d+),\"previous_sequence\":(\\d+),\"data\":(\\{.*})}");

    /** A message with a sequence; others have the whole text as type and 0. */
    record Message(String type, long sequence, long previousSequence, String data) {
        static Message of(String text) {
            Matcher matcher = NUMBERED.matcher(text);
            if (!matcher.matches()) {
                return new Message(text, 0, 0, "");
            }
            return new Message(
                    matcher.group(1),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    matcher.group(4));
        }

        /** {@code b12} for a balance update, {@code t12} for a transaction, {@code s12} for a state, else the text. */
        String brief() {
            return switch (type) {
                case "wallet_state" -> "s" + sequence;
                case "balance_update" -> "b" + sequence;
                case "transaction_completed" -> "t" + sequence;
                default -> type;
            };
        }
    }

    final EmbeddedChannel channel;
    final Subscription subscription;
    int pings;
    int closeCode;

    StreamClient(EmbeddedChannel channel, Subscription subscription) {
        this.channel = channel;
        this.subscription = subscription;
    }

    /** Takes everything that has arrived. */
    List<Message> take() {
        channel.runPendingTasks();
        List<Message> messages = new ArrayList<>();
        for (Object frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            if (frame instanceof TextWebSocketFrame text) {
                messages.add(Message.of(text.text()));
            } else if (frame instanceof CloseWebSocketFrame close) {
                closeCode = close.statusCode();
            } else if (frame instanceof PingWebSocketFrame) {
                pings++;
            }
            ReferenceCountUtil.release(frame);
        }
        return messages;
    }

    /** Takes everything and names it briefly. */
    String brief() {
        return String.join(" ", take().stream().map(Message::brief).toList());
    }

    void send(String text) {
        channel.writeInbound(new TextWebSocketFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    /** As if the peer had stopped, or had started again, to read. */
    void setWritable(boolean isWritable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, isWritable);
        channel.runPendingTasks();
    }

    void disconnect() {
        channel.close().syncUninterruptibly();
        channel.runPendingTasks();
        take();
    }
}
