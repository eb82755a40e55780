package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig.Timeouts;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Order, limits and refusals of whole connections. */
class ConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static String post(String key, String body) {
        return "POST /api/v1/transfers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static String get(String key, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + (key == null ? "" : "Authorization: Bearer " + key + "\r\n")
                + "\r\n";
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        try (TestServer server = new TestServer();
                RawClient raw = new RawClient(server.tcpPort())) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet payer = client.open("agent:payer");
            Wallet payee = client.open("agent:payee");
            client.issue("CRD", payer.id(), "1000");
            // Slow ones (history), quick ones (ring), and ones that are answered at once, all in one write.
            int rounds = 60;
            StringBuilder requests = new StringBuilder();
            for (int i = 1; i <= rounds; i++) {
                requests.append(post(payer.key(), transfer(newId(), payer.id(), payee.id(), "CRD", "0." + (1000 + i))));
                requests.append(get(payer.key(), "/api/v1/wallets/" + payer.id() + "/transactions?limit=1"));
                requests.append(get(null, "/nothing/" + i));
                requests.append(get(payer.key(), "/api/v1/wallets/" + payer.id()));
            }
            raw.send(requests.toString());
            for (int i = 1; i <= rounds; i++) {
                RawClient.Answer transfer = raw.read();
                assertEquals(201, transfer.status(), transfer.body());
                String amount = "\"amount\":\"" + "0." + (1000 + i) + "\"";
                assertTrue(transfer.body().contains(amount.replaceAll("0+\"$", "\"")), transfer.body());
                assertTrue(raw.read().body().startsWith("{\"data\":"));
                assertEquals(404, raw.read().status());
                assertTrue(raw.read().body().startsWith("{\"wallet_id\":"));
            }
        }
    }

    @Test
    void goesOnWithPipelinedRequestsThatWaitedForRoomInTheBuffers() {
        try (TestServer server = new TestServer();
                RawClient raw = new RawClient(server.tcpPort())) {
            raw.send(get(null, "/docs/swagger-ui-bundle.js").repeat(12));
            for (int i = 0; i < 12; i++) {
                RawClient.Answer answer = raw.read();
                assertEquals(200, answer.status());
                assertTrue(
                        answer.body().length() > 1_000_000,
                        "length " + answer.body().length());
            }
        }
    }

    @Test
    void takesOnlySoManyRequestsInHand() {
        try (TestServer server = new TestServer();
                RawClient raw = new RawClient(server.tcpPort())) {
            server.port.silent = true;
            String key = TestServer.OPERATOR_KEY;
            raw.send(get(key, "/api/v1/trial-balance").repeat(40));
            eventually(() -> server.port.offers.get() >= GatewayConfig.MAX_PIPELINED);
            // Whatever were read beyond the limit would have been offered by the time that others are answered.
            TestClient client = new TestClient(server.tcpPort());
            for (int i = 0; i < 20; i++) {
                assertEquals(200, client.get(null, "/healthz").status());
            }
            assertEquals(GatewayConfig.MAX_PIPELINED, server.port.offers.get());
        }
    }

    @Test
    void refusesWhatTheRingCannotTake() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet payer = client.open("agent:payer");
            String body = transfer(newId(), payer.id(), payer.id(), "CRD", "1");
            server.port.full = true;
            Answer full = client.post(payer.key(), "/api/v1/transfers", body);
            assertEquals(503, full.status());
            assertEquals("overloaded", full.code());
            assertEquals("1", full.header("Retry-After"));
            assertEquals(
                    503,
                    client.get(payer.key(), "/api/v1/wallets/" + payer.id()).status());
            server.port.full = false;
            server.port.cause = "read_only";
            assertEquals(
                    "read_only",
                    client.post(payer.key(), "/api/v1/transfers", body).code());
            assertEquals(503, client.get(null, "/readyz").status());
            assertEquals(200, client.get(null, "/healthz").status());
            server.port.cause = "stopping";
            assertEquals(
                    "stopping",
                    client.post(payer.key(), "/api/v1/transfers", body).code());
            server.port.cause = null;
            assertEquals(200, client.get(null, "/readyz").status());
            assertEquals(
                    "same_wallet",
                    client.post(payer.key(), "/api/v1/transfers", body).code());
        }
    }

    @Test
    void passesOnThatTheJournalHasNoRoom() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet payer = client.open("agent:payer");
            server.journal.full = true;
            Answer answer = client.post(
                    payer.key(), "/api/v1/transfers", transfer(newId(), payer.id(), payer.id(), "CRD", "1"));
            assertEquals(503, answer.status());
            assertEquals("read_only", answer.code());
            assertNotNull(answer.header("Retry-After"));
            assertEquals(
                    200,
                    client.get(payer.key(), "/api/v1/wallets/" + payer.id()).status());
            server.journal.full = false;
        }
    }

    @Test
    void saysThatAnOutcomeIsNotKnownYet() {
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, SHORT, LONG);
        try (TestServer server = new TestServer(GatewayConfig.defaults().withTimeouts(timeouts))) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet payer = client.open("agent:payer");
            server.port.silent = true;
            Answer answer = client.post(
                    payer.key(), "/api/v1/transfers", transfer(newId(), payer.id(), payer.id(), "CRD", "1"));
            assertEquals(504, answer.status());
            assertEquals("outcome_unknown", answer.code());
            server.port.silent = false;
            assertEquals(
                    200,
                    client.get(payer.key(), "/api/v1/wallets/" + payer.id()).status());
        }
    }

    @Test
    void endsConnectionsThatDawdle() {
        Timeouts timeouts = new Timeouts(SHORT, SHORT, SHORT, LONG, LONG);
        try (TestServer server = new TestServer(GatewayConfig.defaults().withTimeouts(timeouts))) {
            assertEquals(List.of(408), statusesOf(server, ""));
            assertEquals(List.of(408), statusesOf(server, "GET /healthz HTTP/1.1\r\nHost:"));
            assertEquals(
                    List.of(408),
                    statusesOf(server, "POST /api/v1/transfers HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"));
            assertEquals(List.of(200), statusesOf(server, get(null, "/healthz")));
            assertEquals(List.of(200, 408), statusesOf(server, get(null, "/healthz") + "GET"));
        }
    }

    private static List<Integer> statusesOf(TestServer server, String bytes) {
        try (RawClient raw = new RawClient(server.tcpPort())) {
            return raw.send(bytes).readToEnd().stream()
                    .map(RawClient.Answer::status)
                    .toList();
        }
    }

    @Test
    void endsConnectionsThatLeaveTheirAnswersUnread() {
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, LONG, SHORT);
        try (TestServer server = new TestServer(GatewayConfig.defaults().withTimeouts(timeouts));
                RawClient raw = new RawClient(server.tcpPort())) {
            // More than the buffers of both sides hold, asked for and never read.
            raw.send(get(null, "/docs/swagger-ui-bundle.js").repeat(16));
            eventually(() -> server.gateway.metrics().connections() == 1);
            eventually(() -> server.gateway.metrics().connections() == 0);
        }
    }

    @Test
    void letsOnlySoManyConnectionsIn() {
        GatewayConfig config = GatewayConfig.defaults().withConnections(100, 3, true);
        try (TestServer server = new TestServer(config);
                RawClient first = new RawClient(server.tcpPort());
                RawClient second = new RawClient(server.tcpPort());
                RawClient third = new RawClient(server.tcpPort())) {
            for (RawClient client : List.of(first, second, third)) {
                assertEquals(200, client.send(get(null, "/healthz")).read().status());
            }
            assertTrue(isTurnedAway(server));
            assertEquals(200, first.send(get(null, "/healthz")).read().status());
            third.endOutput();
            eventually(() -> server.gateway.metrics().connections() == 2);
            try (RawClient fifth = new RawClient(server.tcpPort())) {
                assertEquals(200, fifth.send(get(null, "/healthz")).read().status());
            }
        }
        try (TestServer server = new TestServer(GatewayConfig.defaults().withConnections(1, 3, false));
                RawClient first = new RawClient(server.tcpPort())) {
            assertEquals(200, first.send(get(null, "/healthz")).read().status());
            assertTrue(isTurnedAway(server));
        }
    }

    /** Whether one more connection is reset, be it while it connects or when it sends. */
    private static boolean isTurnedAway(TestServer server) {
        try (RawClient client = new RawClient(server.tcpPort())) {
            return client.send(get(null, "/healthz")).isAtEnd();
        } catch (IllegalStateException resetWhileConnecting) {
            return true;
        }
    }

    @Test
    void survivesClientsThatLeaveInTheMiddle() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet payer = client.open("agent:payer");
            for (int i = 0; i < 50; i++) {
                try (RawClient raw = new RawClient(server.tcpPort())) {
                    raw.send(get(payer.key(), "/api/v1/wallets/" + payer.id() + "/transactions")
                            .repeat(1 + i % 16));
                    raw.send("POST /api/v1/transfers HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{");
                }
            }
            assertEquals(
                    200,
                    client.get(payer.key(), "/api/v1/wallets/" + payer.id()).status());
            // The client of this test keeps a connection of its own alive.
            eventually(() -> server.gateway.metrics().connections() <= 1);
        }
    }

    @Test
    void upgradesToAWebSocketForWhoMayReadTheWallet() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet owner = client.open("agent:owner");
            Wallet other = client.open("agent:other");
            try (RawClient raw = new RawClient(server.tcpPort())) {
                RawClient.Answer answer =
                        raw.send(upgrade(owner.key(), owner.id(), "")).read();
                assertEquals(101, answer.status());
                assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.header("Sec-WebSocket-Accept"));
                String state = raw.readFrame();
                assertTrue(state.startsWith("{\"type\":\"wallet_state\""), state);
                client.issue("CRD", owner.id(), "3");
                String frames = raw.readFrame() + raw.readFrame();
                assertTrue(frames.contains("\"type\":\"balance_update\""), frames);
                assertTrue(frames.contains("\"type\":\"transaction_completed\""), frames);
            }
            String foreign = "Origin: http://evil.example\r\n";
            String own = "Origin: http://a\r\n";
            assertEquals(404, upgradeStatus(server, upgrade(other.key(), owner.id(), "")));
            assertEquals(401, upgradeStatus(server, upgrade("sk_x", owner.id(), "")));
            assertEquals(403, upgradeStatus(server, upgrade(owner.key(), owner.id(), foreign)));
            assertEquals(101, upgradeStatus(server, upgrade(owner.key(), owner.id(), own)));
            assertEquals(400, upgradeStatus(server, upgrade(owner.key(), owner.id() + "?from=x", "")));
            assertEquals(
                    426,
                    upgradeStatus(server, upgrade(owner.key(), owner.id(), "").replace("Version: 13", "Version: 8")));
            assertEquals(
                    426,
                    upgradeStatus(
                            server, upgrade(owner.key(), owner.id(), "").replace("dGhlIHNhbXBsZSBub25jZQ==", "x")));
        }
    }

    private static int upgradeStatus(TestServer server, String request) {
        try (RawClient raw = new RawClient(server.tcpPort())) {
            return raw.send(request).read().status();
        }
    }

    private static String upgrade(String key, String wallet, String more) {
        return "GET /ws/wallet/" + wallet + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key
                + "\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n" + more
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    @Test
    void saysWhyItCannotListen() throws Exception {
        try (TestServer server = new TestServer()) {
            GatewayConfig taken = GatewayConfig.defaults().withAddress("127.0.0.1", server.tcpPort());
            try (Gateway second =
                    new Gateway(taken, server.port, null, server.scales, null, null, null, new NoEngine())) {
                BindFailure failure = assertThrows(BindFailure.class, second::start);
                assertTrue(failure.isPortInUse());
                assertTrue(failure.getMessage().contains(Integer.toString(server.tcpPort())), failure.getMessage());
            }
            GatewayConfig foreign = GatewayConfig.defaults().withAddress("192.0.2.1", 0);
            try (Gateway third =
                    new Gateway(foreign, server.port, null, server.scales, null, null, null, new NoEngine())) {
                BindFailure failure = assertThrows(BindFailure.class, third::start);
                assertFalse(failure.isPortInUse());
            }
        }
    }

    @Test
    void countsRequestsByRouteAndNeverByWallet() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet wallet = client.open("agent:w");
            client.get(wallet.key(), "/api/v1/wallets/" + wallet.id());
            client.get(null, "/api/v1/none");
            String text = client.get(null, "/metrics").body();
            assertTrue(
                    text.contains("scrip_http_requests_total{method=\"GET\",route=\"/api/v1/wallets/{wallet_id}\","
                            + "status=\"200\"} 1.0"),
                    text);
            assertTrue(text.contains("route=\"none\",status=\"404\"} 1.0"), text);
            assertTrue(text.contains("scrip_http_request_seconds_bucket{"), text);
            assertTrue(text.contains("scrip_ring_remaining 1024.0"), text);
            assertTrue(text.contains("scrip_journal_sequence 5.0"), text);
            assertTrue(text.contains("scrip_event_sequence 5.0"), text);
            assertTrue(text.contains("scrip_http_connections 1.0"), text);
            assertFalse(text.contains(wallet.id()), text);
        }
    }

    @Test
    void hidesItsOwnFaults() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet wallet = client.open("agent:w");
            server.port.broken = true;
            Answer answer = client.post(
                    wallet.key(),
                    "/api/v1/transfers",
                    json(
                            "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'1'}",
                            newId(), wallet.id(), wallet.id()));
            assertEquals(500, answer.status());
            assertEquals("internal", answer.code());
            assertFalse(answer.body().contains("Exception"), answer.body());
            assertFalse(answer.body().contains("broken on purpose"), answer.body());
            server.port.broken = false;
            assertEquals(
                    200,
                    client.get(wallet.key(), "/api/v1/wallets/" + wallet.id()).status());
        }
    }

    private static final class NoEngine implements io.scrip.gateway.http.EngineStatus {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public long ringRemaining() {
            return 0;
        }

        @Override
        public long journalSequence() {
            return 0;
        }

        @Override
        public long eventSequence() {
            return 0;
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("it did not come true within 20 s");
            }
            Thread.onSpinWait();
        }
    }
}
