package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.auth.RateLimit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route against every kind of caller; and that nobody learns whether another's things are there. */
class AuthorityTest {
    private static TestServer server;
    private static TestClient client;
    private static Wallet owner;
    private static Wallet other;
    private static String transferId;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
        owner = client.open("agent:owner");
        other = client.open("agent:other");
        client.issue("CRD", owner.id(), "10");
        Wallet payee = client.open("agent:payee");
        transferId = newId();
        client.post(owner.key(), "/api/v1/transfers", transfer(transferId, owner.id(), payee.id(), "CRD", "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Columns: nobody, a made-up key, the owner, another wallet, the operator. */
    private static final String MATRIX = """
            GET  /api/v1/wallets/OWNER                | 401 401 200 404 200
            GET  /api/v1/wallets/OWNER/transactions   | 401 401 200 404 200
            GET  /api/v1/wallets/w_0000000000000      | 401 401 404 404 404
            GET  /api/v1/wallets/nonsense             | 401 401 404 404 404
            GET  /api/v1/transfers/TRANSFER           | 401 401 200 404 200
            GET  /api/v1/transfers/UNUSED             | 401 401 404 404 404
            GET  /api/v1/trial-balance                | 401 401 403 403 200
            GET  /ws/wallet/OWNER                     | 401 401 426 426 426
            GET  /ws/commands                         | 401 401 426 426 426
            GET  /healthz                             | 200 200 200 200 200
            GET  /readyz                              | 200 200 200 200 200
            GET  /metrics                             | 200 200 200 200 200
            GET  /openapi.yaml                        | 200 200 200 200 200
            GET  /docs                                | 200 200 200 200 200
            POST /api/v1/wallets                      | 401 401 403 403 400
            POST /api/v1/tokens/CRD/issue             | 401 401 403 403 400
            POST /api/v1/transfers                    | 401 401 400 400 400
            POST /api/v1/transfers/batch              | 401 401 400 400 400
            POST /api/v1/admin/snapshots              | 401 401 403 403 413
            """;

    @Test
    void letsEachCallerDoWhatItMay() {
        String madeUp = owner.key().substring(0, owner.key().length() - 3) + "AAA";
        String[] keys = {null, madeUp, owner.key(), other.key(), TestServer.OPERATOR_KEY};
        StringBuilder wrong = new StringBuilder();
        for (String line : MATRIX.split("\n")) {
            String[] cells = line.split("\\|");
            String path = cells[0].substring(5)
                    .trim()
                    .replace("OWNER", owner.id())
                    .replace("TRANSFER", transferId)
                    .replace("UNUSED", newId());
            String[] statuses = cells[1].trim().split(" ");
            for (int i = 0; i < keys.length; i++) {
                Answer answer =
                        cells[0].startsWith("GET") ? client.get(keys[i], path) : client.post(keys[i], path, "{}");
                if (answer.status() != Integer.parseInt(statuses[i])) {
                    wrong.append(line)
                            .append(" column ")
                            .append(i)
                            .append(": ")
                            .append(answer)
                            .append('\n');
                }
                if (answer.status() == 401) {
                    assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer realm=\"scrip\""));
                }
            }
        }
        assertEquals("", wrong.toString());
    }

    @Test
    void saysTheSameAboutWhatIsThereAndWhatIsNot() {
        String there = client.get(other.key(), "/api/v1/wallets/" + owner.id()).body();
        String notThere =
                client.get(other.key(), "/api/v1/wallets/w_0000000000000").body();
        assertEquals(withoutRequestId(there), withoutRequestId(notThere));
        String list = client.get(other.key(), "/api/v1/wallets/" + owner.id() + "/transactions")
                .body();
        String noList = client.get(other.key(), "/api/v1/wallets/w_0000000000000/transactions")
                .body();
        assertEquals(withoutRequestId(list), withoutRequestId(noList));
        String transfer =
                client.get(other.key(), "/api/v1/transfers/" + transferId).body();
        String noTransfer =
                client.get(other.key(), "/api/v1/transfers/" + newId()).body();
        assertEquals(withoutRequestId(transfer), withoutRequestId(noTransfer));
    }

    @Test
    void letsNobodyProbeAStrangersWallet() {
        String fromOwner = refusalOf(transfer(newId(), owner.id(), other.id(), "CRD", "1"));
        assertEquals(fromOwner, refusalOf(transfer(newId(), owner.id(), other.id(), "CRD", "1000000")));
        assertEquals(fromOwner, refusalOf(transfer(newId(), "w_0000000000000", other.id(), "CRD", "1")));
        assertEquals(fromOwner, refusalOf(transfer(newId(), owner.id(), "w_0000000000000", "CRD", "1")));
        assertEquals(
                fromOwner,
                refusalOf(transfer(newId(), "w_0000000000000", "w_0000000000000", "CRD", "1")
                        .replaceFirst("w_0000000000000", "w_0000000000001")));
        assertEquals(fromOwner, refusalOf(transfer(newId(), owner.id(), other.id(), "REP", "1")));
    }

    private static String refusalOf(String body) {
        Answer answer = client.post(other.key(), "/api/v1/transfers", body);
        assertEquals(403, answer.status(), answer.body());
        assertEquals("not_authorized", answer.code());
        return withoutRequestId(answer.body());
    }

    @Test
    void letsNotEvenTheOperatorDebitAWallet() {
        Answer answer = client.post(
                TestServer.OPERATOR_KEY, "/api/v1/transfers", transfer(newId(), owner.id(), other.id(), "CRD", "1"));
        assertEquals(403, answer.status());
    }

    @Test
    void readsTheAuthorizationHeaderStrictly() {
        String[] headers = {
            "Bearer",
            "Bearer ",
            "Basic " + owner.key(),
            owner.key(),
            "Bearer  " + owner.key(),
            "Bearer " + owner.key() + " x",
            "Bearer " + owner.key().toUpperCase(java.util.Locale.ROOT),
            "Bearer sk_" + other.id() + owner.key().substring(18),
            "Bearer " + "x".repeat(200),
            "Bearer sk_operator_" + "B".repeat(43)
        };
        for (String header : headers) {
            Answer answer = client.send(client.request(null, "/api/v1/wallets/" + owner.id())
                    .header("Authorization", header)
                    .GET());
            assertEquals(401, answer.status(), header);
        }
        Answer lower = client.send(client.request(null, "/api/v1/wallets/" + owner.id())
                .header("Authorization", "bearer " + owner.key())
                .GET());
        assertEquals(200, lower.status());
    }

    @Test
    void limitsTheRateOfEachKey() {
        RateLimit limit = new RateLimit(1, 3);
        try (TestServer limited = new TestServer(GatewayConfig.defaults().withRateLimit(limit))) {
            TestClient there = new TestClient(limited.tcpPort());
            Wallet first = there.open("agent:first");
            Wallet second = there.open("agent:second");
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        200,
                        there.get(first.key(), "/api/v1/wallets/" + first.id()).status());
            }
            Answer refused = there.post(first.key(), "/api/v1/transfers", json("{'not':'even read'}"));
            assertEquals(429, refused.status());
            assertEquals("rate_limited", refused.code());
            assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1);
            assertEquals("\"key\";q=3;w=3", refused.header("RateLimit-Policy"));
            assertTrue(refused.header("RateLimit").startsWith("\"key\";r=0;t="));
            assertEquals(
                    200,
                    there.get(second.key(), "/api/v1/wallets/" + second.id()).status());
            for (int i = 0; i < 10; i++) {
                assertEquals(
                        200,
                        there.get(TestServer.OPERATOR_KEY, "/api/v1/trial-balance")
                                .status());
            }
        }
    }

    private static String withoutRequestId(String body) {
        return body.replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
