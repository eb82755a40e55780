package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.BinaryClient.Frame;
import io.scrip.gateway.feed.FeedConfig;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PingEncoder;
import io.scrip.protocol.PongDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.WelcomeDecoder;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handshake, the cutting of the stream into frames, and everything that makes a connection wait or end. */
class BinaryLimitsTest {
    private TestServer server;
    private Wallet alice;
    private long from;
    private long to;

    private void start(GatewayConfig config, BinaryConfig binary) {
        server = new TestServer(config, FeedConfig.DEFAULT, binary.withAddress("127.0.0.1", 0));
        TestClient http = new TestClient(server.tcpPort());
        alice = http.open("agent:alice");
        from = WalletIds.parse(alice.id());
        to = WalletIds.parse(http.open("agent:bob").id());
        http.issue("CRD", alice.id(), "1000000");
    }

    private void start() {
        start(GatewayConfig.defaults().withRateLimit(RateLimit.NONE), BinaryConfig.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
        assertNull(server.fault.get());
    }

    private byte[] transfer() {
        return Sent.transfer(UUID.randomUUID(), from, to, 1);
    }

    private void assertEnds(BinaryClient client, ProblemCode code) {
        Frame frame = client.receive();
        assertEquals(code, frame.code());
        assertEquals(1, frame.problem().fatal());
        assertNull(client.receive());
        client.close();
    }

    @Test
    void aHelloIsAnsweredWithTheLimits() {
        start();
        try (BinaryClient client = new BinaryClient(server.binaryPort())) {
            Frame frame = client.ask(42, BinaryClient.hello(1, alice.key()));
            assertEquals(42, frame.number());
            WelcomeDecoder welcome =
                    new WelcomeDecoder().wrapAndApplyHeader(frame.message(), 0, new MessageHeaderDecoder());
            assertEquals(from, welcome.caller().wallet());
            assertEquals(8_190, welcome.maxBatchItems());
            assertEquals(4_096, welcome.maxInFlight());
            assertEquals((2 << 20) + 8, welcome.maxFrameBytes());
        }
    }

    @Test
    void whoeverIsNotWelcomeIsToldWhyAndCutOff() {
        start();
        BinaryClient wrongKey = new BinaryClient(server.binaryPort());
        wrongKey.send(
                1, BinaryClient.hello(1, alice.key().substring(0, alice.key().length() - 1) + "!"));
        assertEnds(wrongKey, ProblemCode.UNAUTHORIZED);
        BinaryClient wrongVersion = new BinaryClient(server.binaryPort());
        wrongVersion.send(1, BinaryClient.hello(2, alice.key()));
        assertEnds(wrongVersion, ProblemCode.UNKNOWN_VERSION);
        BinaryClient noHello = new BinaryClient(server.binaryPort());
        noHello.send(1, transfer());
        assertEnds(noHello, ProblemCode.HELLO_EXPECTED);
        BinaryClient cutHello = new BinaryClient(server.binaryPort());
        byte[] hello = BinaryClient.hello(1, alice.key());
        cutHello.send(1, Arrays.copyOf(hello, hello.length - 3));
        assertEnds(cutHello, ProblemCode.MALFORMED);
        BinaryClient longHello = new BinaryClient(server.binaryPort());
        longHello.send(1, BinaryClient.hello(1, "k".repeat(900)));
        assertEnds(longHello, ProblemCode.MALFORMED);
        BinaryClient http = new BinaryClient(server.binaryPort());
        http.sendRaw("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEnds(http, ProblemCode.BODY_TOO_LARGE);
    }

    @Test
    void aKeyThatIsTakenAwayEndsTheConnectionWithTheNextFrameWhateverItIs() {
        start();
        BinaryClient payer = BinaryClient.open(server.binaryPort(), alice.key());
        BinaryClient pinging = BinaryClient.open(server.binaryPort(), alice.key());
        server.withoutKeys.add(from);
        payer.send(1, transfer());
        assertEnds(payer, ProblemCode.UNAUTHORIZED);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[32]);
        PingEncoder ping = new PingEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        pinging.send(2, BinaryClient.bytes(buffer, ping.value(1).encodedLength()));
        assertEnds(pinging, ProblemCode.UNAUTHORIZED);
    }

    @Test
    void framesThatCannotBeFramesEndTheConnection() {
        start();
        for (int length : new int[] {0, 15, -1, (2 << 20) + 9, Integer.MIN_VALUE}) {
            BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key());
            client.sendRaw(ByteBuffer.allocate(4 + Math.max(0, Math.min(length, 15)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .array());
            assertEnds(client, length >= 0 && length < 16 ? ProblemCode.BAD_FRAMING : ProblemCode.BODY_TOO_LARGE);
        }
    }

    @Test
    void aFrameMayBeCutAnywhere() {
        start();
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            byte[] frame = BinaryClient.frame(1, transfer());
            for (int cut = 1; cut < frame.length; cut++) {
                byte[] two = new byte[frame.length * 2];
                System.arraycopy(frame, 0, two, 0, frame.length);
                System.arraycopy(BinaryClient.frame(2, transfer()), 0, two, frame.length, frame.length);
                client.sendRaw(Arrays.copyOf(two, cut));
                client.sendRaw(Arrays.copyOfRange(two, cut, frame.length + cut));
                client.sendRaw(Arrays.copyOfRange(two, frame.length + cut, two.length));
                long sum = client.receive().number() + client.receive().number();
                assertEquals(3, sum, "one answer each, in whatever order");
            }
        }
    }

    @Test
    void thousandsMayBeInFlightAndMoreThanAllowedOnlyWait() {
        start(GatewayConfig.defaults().withRateLimit(RateLimit.NONE), BinaryConfig.DEFAULT.withInFlight(7, 1 << 20));
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int count = 5_000;
            for (int i = 0; i < count; i++) {
                all.writeBytes(BinaryClient.frame(i, transfer()));
            }
            Thread sender = new Thread(() -> client.sendRaw(all.toByteArray()));
            sender.start();
            Set<Long> answered = new HashSet<>();
            for (int i = 0; i < count; i++) {
                Frame frame = client.receive();
                assertEquals(CommandReplyDecoder.TEMPLATE_ID, frame.templateId());
                assertTrue(answered.add(frame.number()));
            }
        }
    }

    @Test
    void aFullRingMakesAFrameWaitAndThenIsOverload() {
        start(
                GatewayConfig.defaults().withRateLimit(RateLimit.NONE),
                BinaryConfig.DEFAULT.withTimeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMillis(50)));
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            server.port.full = true;
            Frame refused = client.ask(5, transfer());
            assertEquals(ProblemCode.OVERLOADED, refused.code());
            assertTrue(refused.problem().retryAfterMs() > 0);
            assertEquals(0, refused.problem().fatal());
            server.port.cause = "read_only";
            assertEquals(ProblemCode.READ_ONLY, client.ask(6, transfer()).code());
            server.port.cause = "stopping";
            assertEquals(ProblemCode.STOPPING, client.ask(6, transfer()).code());
            server.port.cause = null;
            server.port.full = false;
            assertEquals(
                    Outcome.APPLIED,
                    BinaryDoorTest.command(client.ask(7, transfer())).outcome());
        }
    }

    @Test
    void aFrameThatCameInPiecesAndFindsAFullRingIsAnsweredAllTheSame() {
        start(
                GatewayConfig.defaults().withRateLimit(RateLimit.NONE),
                BinaryConfig.DEFAULT.withTimeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMillis(20)));
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            byte[] frame = BinaryClient.frame(9, transfer());
            for (int cut = 1; cut < frame.length; cut += 9) {
                server.port.full = true;
                client.sendRaw(Arrays.copyOf(frame, cut));
                // Most of the time it is read by now, and the rest comes by itself; either must be answered.
                LockSupport.parkNanos(2_000_000);
                client.sendRaw(Arrays.copyOfRange(frame, cut, frame.length));
                assertEquals(ProblemCode.OVERLOADED, client.receive().code());
                server.port.full = false;
                assertEquals(
                        Outcome.APPLIED,
                        BinaryDoorTest.command(client.ask(10, transfer())).outcome());
            }
        }
    }

    @Test
    void aFrameThatWaitedForTheRingIsTakenWhenThereIsRoom() {
        start(
                GatewayConfig.defaults().withRateLimit(new RateLimit(1, 1)),
                BinaryConfig.DEFAULT.withTimeouts(
                        Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofHours(1)));
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            server.port.full = true;
            client.send(1, transfer());
            client.send(2, transfer());
            server.port.full = false;
            // The first was counted once, however often it was tried: the next one is the second of a second.
            for (int i = 0; i < 2; i++) {
                Frame frame = client.receive();
                if (frame.number() == 1) {
                    assertEquals(Outcome.APPLIED, BinaryDoorTest.command(frame).outcome());
                } else {
                    assertEquals(ProblemCode.RATE_LIMITED, frame.code());
                }
            }
        }
    }

    @Test
    void anOutcomeThatDoesNotComeIsUnknown() {
        start(
                GatewayConfig.defaults()
                        .withRateLimit(RateLimit.NONE)
                        .withTimeouts(new GatewayConfig.Timeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(60),
                                Duration.ofMillis(200),
                                Duration.ofSeconds(10))),
                BinaryConfig.DEFAULT);
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            server.port.silent = true;
            assertEquals(ProblemCode.OUTCOME_UNKNOWN, client.ask(8, transfer()).code());
            server.port.silent = false;
            assertEquals(
                    Outcome.APPLIED,
                    BinaryDoorTest.command(client.ask(9, transfer())).outcome());
        }
    }

    @Test
    void silenceEndsAConnectionAndPingsDoNot() {
        start(
                GatewayConfig.defaults(),
                BinaryConfig.DEFAULT.withTimeouts(
                        Duration.ofMillis(300), Duration.ofMillis(700), Duration.ofMillis(300), Duration.ofSeconds(1)));
        assertEnds(new BinaryClient(server.binaryPort()), ProblemCode.REQUEST_TIMEOUT);
        BinaryClient slow = BinaryClient.open(server.binaryPort(), alice.key());
        slow.sendRaw(Arrays.copyOf(BinaryClient.frame(1, transfer()), 20));
        assertEnds(slow, ProblemCode.REQUEST_TIMEOUT);
        BinaryClient idle = BinaryClient.open(server.binaryPort(), alice.key());
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[32]);
        PingEncoder ping = new PingEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .value(77);
        Frame pong = idle.ask(3, BinaryClient.bytes(buffer, ping.encodedLength()));
        assertEquals(PongDecoder.TEMPLATE_ID, pong.templateId());
        assertEquals(
                77,
                new PongDecoder()
                        .wrapAndApplyHeader(pong.message(), 0, new MessageHeaderDecoder())
                        .value());
        assertEnds(idle, ProblemCode.REQUEST_TIMEOUT);
    }

    @Test
    void aReaderThatDoesNotReadIsCut() throws Exception {
        start(
                GatewayConfig.defaults()
                        .withRateLimit(RateLimit.NONE)
                        .withTimeouts(new GatewayConfig.Timeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(10),
                                Duration.ofMillis(300))),
                BinaryConfig.DEFAULT);
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            byte[] question = BinaryClient.frame(1, Sent.wallet(from));
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                many.writeBytes(question);
            }
            byte[] questions = many.toByteArray();
            boolean cut = false;
            long untilNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!cut && System.nanoTime() - untilNs < 0) {
                try {
                    client.sendRaw(questions);
                } catch (UncheckedIOException reset) {
                    cut = true;
                }
            }
            assertTrue(cut);
        }
    }

    @Test
    void whoHasSaidEverythingGetsEveryAnswer() throws Exception {
        start();
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            for (int i = 0; i < 100; i++) {
                client.send(i, transfer());
            }
            client.socket.shutdownOutput();
            for (int i = 0; i < 100; i++) {
                assertEquals(CommandReplyDecoder.TEMPLATE_ID, client.receive().templateId());
            }
            assertNull(client.receive());
        }
    }

    @Test
    void binaryConnectionsCountAgainstTheLimitOfTheAddress() {
        start(GatewayConfig.defaults().withConnections(100, 5, true), BinaryConfig.DEFAULT);
        List<BinaryClient> clients = new ArrayList<>();
        boolean refused = false;
        for (int i = 0; i < 6 && !refused; i++) {
            try {
                clients.add(BinaryClient.open(server.binaryPort(), alice.key()));
            } catch (UncheckedIOException | NullPointerException reset) {
                refused = true;
            }
        }
        assertTrue(refused);
        assertFalse(clients.isEmpty());
        clients.forEach(BinaryClient::close);
    }
}
