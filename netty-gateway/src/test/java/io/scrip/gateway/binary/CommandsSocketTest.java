package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.BinaryClient.Frame;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.WelcomeDecoder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code /ws/commands}: the same frames as over TCP, one in each binary message. */
class CommandsSocketTest {
    private static TestServer server;
    private static TestClient http;
    private static Wallet alice;
    private static long from;
    private static long to;

    @BeforeAll
    static void start() {
        server = new TestServer(GatewayConfig.defaults().withRateLimit(RateLimit.NONE));
        http = new TestClient(server.tcpPort());
        alice = http.open("agent:alice");
        from = WalletIds.parse(alice.id());
        to = WalletIds.parse(http.open("agent:bob").id());
        http.issue("CRD", alice.id(), "1000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What has come: frames, and the code of a close. */
    private static final class Listener implements WebSocket.Listener {
        final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                ByteBuffer frame = ByteBuffer.wrap(parts.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
                parts.reset();
                frames.add(new Frame(frame.getLong(), new UnsafeBuffer(frame.array(), 8, frame.capacity() - 8)));
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        Frame next() throws InterruptedException {
            Frame frame = frames.poll(20, TimeUnit.SECONDS);
            if (frame == null) {
                throw new IllegalStateException("nothing came");
            }
            return frame;
        }
    }

    private static WebSocket connect(Listener listener, String key) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(URI.create("ws://127.0.0.1:" + server.tcpPort() + "/ws/commands"), listener)
                .join();
    }

    private static ByteBuffer frame(long number, byte[] message) {
        return ByteBuffer.allocate(8 + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .put(message)
                .flip()
                // The JDK's client masks eight bytes at a time, in the buffer's order, which must be the network's.
                .order(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void theHandshakeSaysWhoseItIsAndTheServerSaysWelcome() throws InterruptedException {
        Listener listener = new Listener();
        WebSocket socket = connect(listener, alice.key());
        Frame welcome = listener.next();
        assertEquals(0, welcome.number());
        assertEquals(
                from,
                new WelcomeDecoder()
                        .wrapAndApplyHeader(welcome.message(), 0, new MessageHeaderDecoder())
                        .caller()
                        .wallet());
        socket.sendBinary(frame(5, Sent.transfer(UUID.randomUUID(), from, to, 3)), true)
                .join();
        Frame answer = listener.next();
        assertEquals(5, answer.number());
        assertEquals(Outcome.APPLIED, BinaryDoorTest.command(answer).outcome());
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertEquals(WebSocket.NORMAL_CLOSURE, listener.closed.join());
        assertNull(server.fault.get());
    }

    @Test
    void aLargeBatchMayComeInFragments() throws InterruptedException {
        Listener listener = new Listener();
        WebSocket socket = connect(listener, alice.key());
        listener.next();
        byte[][] items = new byte[8_190][];
        for (int i = 0; i < items.length; i++) {
            items[i] = Sent.transfer(UUID.randomUUID(), from, to, 1);
        }
        ByteBuffer whole = frame(6, Sent.batch(items));
        while (whole.hasRemaining()) {
            ByteBuffer part = whole.slice(whole.position(), Math.min(100_000, whole.remaining()));
            whole.position(whole.position() + part.remaining());
            socket.sendBinary(part, !whole.hasRemaining()).join();
        }
        Frame answer = listener.next();
        assertEquals(6, answer.number());
        BatchReplyDecoder reply = BinaryDoorTest.batch(answer);
        assertEquals(8_190, reply.results().count());
        socket.abort();
    }

    @Test
    void withoutAKeyThereIsNoConnection() {
        CompletionException refused =
                assertThrows(CompletionException.class, () -> connect(new Listener(), "sk_nobody_knows_this_key"));
        WebSocketHandshakeException handshake = (WebSocketHandshakeException) refused.getCause();
        assertEquals(401, handshake.getResponse().statusCode());
        assertEquals(426, http.get(alice.key(), "/ws/commands").status());
    }
}
