package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketHandlerTest {
    private static final String PONG = "{\"type\":\"pong\"}";
    private static final String INVALID =
            "{\"type\":\"error\",\"error\":\"Invalid message format\",\"code\":\"invalid_message\"}";
    private static final String RATE_LIMITED =
            "{\"type\":\"error\",\"error\":\"Too many messages\",\"code\":\"rate_limited\"}";

    private final StreamRig rig = new StreamRig();
    private StreamClient client;

    @BeforeEach
    void connect() {
        client = rig.connected(2, Subscription.ONLY_NEW);
        assertEquals("s0", client.brief());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"ping\"}", " { \"type\" :\t\"ping\" }\n", "{\"t\\u0079pe\":\"p\\u0069ng\"}"})
    void aPingGetsAPong(String ping) {
        client.send(ping);
        assertEquals(PONG, client.brief());
    }

    @Test
    void getStateGetsTheStateAsOfNow() {
        rig.script.issue(2, "CRD", 5);
        client.send("{\"type\":\"get_state\"}");
        client.send("{\"type\":\"get_state\"}");
        rig.settle();
        assertEquals("s1 b1 t1 s1", inOrderOfSequence(client.brief()));
    }

    /** A state may come before or after the leg it already shows; both are right. */
    private static String inOrderOfSequence(String brief) {
        return brief.startsWith("s1 s1") ? "s1 b1 t1 s1" : brief.replace("b1 t1 s1 s1", "s1 b1 t1 s1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ping",
                "\"ping\"",
                "null",
                "[]",
                "{}",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\"}}",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"more\":1}",
                "{\"more\":1,\"type\":\"ping\"}",
                "{\"type\":\"Ping\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":1}",
                "{\"type\":null}",
                "{\"type\":[\"ping\"]}",
                "{'type':'ping'}",
                "{type:\"ping\"}",
                "{\"type\":\"ping\",}",
                "{\"type\":\"ping\"} x",
                "\ufeff{\"type\":\"ping\"}",
                "{\"type\":\"p\u0000ing\"}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void anythingElseGetsAnErrorAndTheStreamGoesOn(String message) {
        client.send(message);
        assertEquals(INVALID, client.brief());

        rig.script.issue(2, "CRD", 5);
        rig.settle();
        assertEquals("b1 t1", client.brief());
    }

    @Test
    void aBinaryMessageGetsOneErrorHoweverManyFragmentsItHas() {
        client.channel.writeInbound(new BinaryWebSocketFrame(text("{\"type\":\"ping\"}")));
        assertEquals(INVALID, client.brief());
        client.channel.writeInbound(new BinaryWebSocketFrame(false, 0, text("{\"type\":")));
        client.channel.writeInbound(new ContinuationWebSocketFrame(true, 0, text("\"ping\"}")));
        assertEquals(INVALID, client.brief());
    }

    @Test
    void fragmentsMakeOneMessageWithPingsBetween() {
        client.channel.writeInbound(new TextWebSocketFrame(false, 0, text("{\"type\"")));
        client.channel.writeInbound(new PingWebSocketFrame(text("hello")));
        PongWebSocketFrame pong = client.channel.readOutbound();
        assertEquals("hello", pong.content().toString(StandardCharsets.UTF_8));
        pong.release();
        client.channel.writeInbound(new ContinuationWebSocketFrame(false, 0, text(":\"pi")));
        client.channel.writeInbound(new ContinuationWebSocketFrame(true, 0, text("ng\"}")));
        assertEquals(PONG, client.brief());
        client.channel.writeInbound(new PongWebSocketFrame());
        assertEquals("", client.brief());
    }

    @Test
    void aCharacterMayBeSplitOverFragmentsButNotBroken() {
        byte[] bytes = "{\"type\":\"\u20ac\"}".getBytes(StandardCharsets.UTF_8);
        client.channel.writeInbound(new TextWebSocketFrame(false, 0, Unpooled.copiedBuffer(bytes, 0, 10)));
        client.channel.writeInbound(
                new ContinuationWebSocketFrame(true, 0, Unpooled.copiedBuffer(bytes, 10, bytes.length - 10)));
        assertEquals(INVALID, client.brief());

        client.channel.writeInbound(new TextWebSocketFrame(true, 0, Unpooled.copiedBuffer(bytes, 0, 10)));
        rig.settle();
        client.take();
        assertEquals(1007, client.closeCode);
    }

    @Test
    void aMessageOfSixteenFragmentsIsReadAndOneOfSeventeenEndsTheStream() {
        sendInFragments(16, 4);
        assertEquals(INVALID, client.brief());
        sendInFragments(17, 4);
        rig.settle();
        client.take();
        assertEquals(1008, client.closeCode);
    }

    @Test
    void aMessageOf64KibIsReadAndALongerOneEndsTheStream() {
        sendInFragments(8, 8 << 10);
        assertEquals(INVALID, client.brief());
        sendInFragments(9, 8 << 10);
        rig.settle();
        assertEquals("", client.brief());
        assertEquals(1009, client.closeCode);
    }

    private void sendInFragments(int count, int lengthBytes) {
        String piece = String.join("", Collections.nCopies(lengthBytes, "x"));
        client.channel.writeInbound(new TextWebSocketFrame(false, 0, text(piece)));
        for (int i = 1; i < count; i++) {
            client.channel.writeInbound(new ContinuationWebSocketFrame(i == count - 1, 0, text(piece)));
        }
    }

    @Test
    void theFiftyFirstMessageOfASecondIsRefusedOnceAndTheNextSecondIsNew() {
        for (int i = 0; i < 49; i++) {
            client.send("{\"type\":\"ping\"}");
        }
        client.channel.writeInbound(new TextWebSocketFrame(false, 0, text("{\"type\"")));
        client.channel.writeInbound(new ContinuationWebSocketFrame(true, 0, text(":\"ping\"}")));
        assertEquals(
                Collections.nCopies(50, PONG),
                client.take().stream().map(StreamClient.Message::type).toList());

        for (int i = 0; i < 100; i++) {
            client.send("{\"type\":\"ping\"}");
        }
        client.channel.writeInbound(new TextWebSocketFrame(false, 0, text("{\"type\"")));
        assertEquals(RATE_LIMITED, client.brief());

        rig.nowNs += TimeUnit.SECONDS.toNanos(1);
        client.channel.writeInbound(new ContinuationWebSocketFrame(true, 0, text(":\"ping\"}")));
        assertEquals("", client.brief());
        client.send("{\"type\":\"ping\"}");
        assertEquals(PONG, client.brief());
    }

    @Test
    void aFloodEndsTheStream() {
        for (int i = 0; i < 500; i++) {
            client.channel.writeInbound(new PingWebSocketFrame());
        }
        rig.settle();
        client.take();
        assertEquals(0, client.closeCode);
        client.channel.writeInbound(new PingWebSocketFrame());
        rig.settle();
        client.take();
        assertEquals(1008, client.closeCode);
    }

    @Test
    void aClientThatDoesNotReadGetsNoAnswers() {
        client.setWritable(false);
        client.send("{\"type\":\"ping\"}");
        client.send("nonsense");
        client.channel.writeInbound(new PingWebSocketFrame());
        client.setWritable(true);
        assertEquals("", client.brief());
    }

    @Test
    void aCloseIsAnsweredWithACloseAndForgotten() {
        client.channel.writeInbound(new CloseWebSocketFrame(1000, "bye"));
        client.take();
        rig.settle();
        assertEquals(1000, client.closeCode);
        assertFalse(client.channel.isOpen());
        assertEquals(0, rig.hub.subscriptionCount());
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfAMessageLeavesNothingBehind() {
        ByteBuf half = text("{\"type\"");
        client.channel.writeInbound(new TextWebSocketFrame(false, 0, half));
        client.disconnect();
        rig.settle();
        assertEquals(0, half.refCnt());
        assertEquals(0, rig.hub.subscriptionCount());
    }
}
