package io.scrip.gateway.binary;

import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.TextClient.Answer;
import io.scrip.gateway.feed.FeedConfig;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.ws.RawSocket;
import io.scrip.gateway.ws.RawSocket.Frame;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What makes requests as text wait, be refused, or end their connection. */
class TextLimitsTest {
    private static final String TRANSFERS = "/api/v1/transfers";

    private TestServer server;
    private TestClient http;
    private Wallet alice;
    private Wallet bob;

    private void start(GatewayConfig config, BinaryConfig binary) {
        server = new TestServer(config, FeedConfig.DEFAULT, binary);
        http = new TestClient(server.tcpPort());
        alice = http.open("agent:alice");
        bob = http.open("agent:bob");
        http.issue("CRD", alice.id(), "1000000");
    }

    private static GatewayConfig unlimited() {
        return GatewayConfig.defaults().withRateLimit(RateLimit.NONE);
    }

    private static GatewayConfig withOutcomeWithin(Duration outcome) {
        return unlimited()
                .withTimeouts(new GatewayConfig.Timeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        outcome,
                        Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() {
        server.close();
        assertNull(server.fault.get());
    }

    private TextClient connect() {
        return new TextClient(server.tcpPort(), alice.key());
    }

    private String payment() {
        return transfer(newId(), alice.id(), bob.id(), "CRD", "1");
    }

    @Test
    void everyMessageCountsAgainstTheRateOfTheKeyWhateverItIs() {
        start(GatewayConfig.defaults().withRateLimit(new RateLimit(1, 2)), BinaryConfig.DEFAULT);
        try (TextClient client = connect()) {
            // The handshake was the first of the two.
            assertEquals("malformed_json", client.ask("nonsense").code());
            Answer answer = client.askPost(2, TRANSFERS, payment());
            assertEquals(429, answer.status());
            assertEquals(2, answer.number());
            assertEquals("rate_limited", answer.code());
            assertEquals("1", answer.header("Retry-After"));
            assertTrue(answer.header("RateLimit").startsWith("\"key\";r=0"));
            assertTrue(answer.header("RateLimit-Policy").startsWith("\"key\";q=2"));
            assertEquals("rate_limited", client.ask("nonsense").code());
        }
    }

    @Test
    void whatCannotBeAcceptedIsRefusedAsOverHttp() {
        start(unlimited(), BinaryConfig.DEFAULT);
        try (TextClient client = connect()) {
            server.port.full = true;
            Answer full = client.askPost(1, TRANSFERS, payment());
            assertEquals(503, full.status());
            assertEquals("overloaded", full.code());
            assertEquals("1", full.header("Retry-After"));
            server.port.full = false;
            server.port.cause = "read_only";
            assertEquals("read_only", client.askPost(2, TRANSFERS, payment()).code());
            server.port.cause = null;
            assertEquals(201, client.askPost(3, TRANSFERS, payment()).status());
        }
    }

    @Test
    void anOutcomeThatDoesNotComeIsUnknown() {
        start(withOutcomeWithin(Duration.ofMillis(200)), BinaryConfig.DEFAULT);
        try (TextClient client = connect()) {
            server.port.silent = true;
            Answer answer = client.askPost(1, TRANSFERS, payment());
            assertEquals(504, answer.status());
            assertEquals("outcome_unknown", answer.code());
            server.port.silent = false;
            assertEquals(201, client.askPost(2, TRANSFERS, payment()).status());
        }
    }

    @Test
    void aFaultOfOursIsAnsweredWithoutAnyOfIt() {
        start(unlimited(), BinaryConfig.DEFAULT);
        try (TextClient client = connect()) {
            server.port.broken = true;
            Answer answer = client.askPost(1, TRANSFERS, payment());
            assertEquals(500, answer.status());
            assertEquals("internal", answer.code());
            server.port.broken = false;
            assertEquals(201, client.askPost(2, TRANSFERS, payment()).status());
        }
    }

    @Test
    void noMoreIsReadThanMayBeInFlight() {
        start(withOutcomeWithin(Duration.ofHours(1)).withThreads(1), BinaryConfig.DEFAULT.withInFlight(3, 16 << 20));
        assertAtMost(3);
    }

    @Test
    void theBytesInFlightAreLimitedAsWell() {
        start(withOutcomeWithin(Duration.ofHours(1)).withThreads(1), BinaryConfig.DEFAULT.withInFlight(100, 300));
        // A payment has about 250 bytes: the second one is above the limit, the third has to wait.
        assertAtMost(2);
    }

    private void assertAtMost(int inFlight) {
        try (TextClient client = connect()) {
            server.port.silent = true;
            for (int i = 0; i < 2 * inFlight; i++) {
                client.post(i, TRANSFERS, payment());
            }
            long untilNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (server.port.offers.get() < inFlight && System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
            // The one event loop has been round since, so it has seen all that was sent.
            for (int i = 0; i < 3; i++) {
                assertEquals(200, http.get(null, "/healthz").status());
            }
            assertEquals(inFlight, server.port.offers.get());
        }
    }

    @Test
    void aKeyThatIsTakenAwayIsAnsweredOnceMoreAndThatIsTheEnd() {
        start(unlimited(), BinaryConfig.DEFAULT);
        try (TextClient client = connect()) {
            assertEquals(201, client.askPost(1, TRANSFERS, payment()).status());
            server.withoutKeys.add(WalletIds.parse(alice.id()));
            String payment = payment();
            Answer refused = client.askPost(2, TRANSFERS, payment);
            assertEquals(401, refused.status());
            assertEquals("unauthorized", refused.code());
            assertEquals(2, refused.number());
            Frame end = client.nextFrame();
            assertEquals(RawSocket.CLOSE, end.opcode());
            assertEquals(1008, end.closeCode());
            server.withoutKeys.clear();
            try (TextClient again = connect()) {
                Answer first = again.askPost(3, TRANSFERS, payment);
                assertEquals(201, first.status());
                assertNull(first.header("Idempotent-Replayed"), "it was not done for the key that was taken away");
            }
        }
    }

    @Test
    void aKeyThatIsTakenAwayEndsTheConnectionOfWhoeverSendsNonsense() {
        start(unlimited(), BinaryConfig.DEFAULT);
        try (TextClient client = connect()) {
            server.withoutKeys.add(WalletIds.parse(alice.id()));
            assertEquals(401, client.ask("nonsense").status());
            assertEquals(RawSocket.CLOSE, client.nextFrame().opcode());
        }
    }

    @Test
    void silenceEndsTheConnectionWithAReasonAndNothingBinary() {
        start(
                unlimited(),
                BinaryConfig.DEFAULT.withTimeouts(
                        Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(1)));
        try (TextClient client = connect()) {
            assertEquals(201, client.askPost(1, TRANSFERS, payment()).status());
            Frame end = client.nextFrame();
            assertEquals(RawSocket.CLOSE, end.opcode());
            assertEquals(1008, end.closeCode());
        }
    }
}
