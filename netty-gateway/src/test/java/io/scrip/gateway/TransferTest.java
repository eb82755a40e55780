package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.json.TransferJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The main way: wallets, issue, transfers and what is read of them, against the real engine. */
class TransferTest {
    private static TestServer server;
    private static TestClient client;
    private static Wallet alice;
    private static Wallet bob;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
        alice = client.open("agent:alice");
        bob = client.open("agent:bob");
        assertEquals(201, client.issue("CRD", alice.id(), "1000").status());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void movesCreditsAndShowsThePayerItsBalance() {
        String id = newId();
        Answer answer = client.post(
                alice.key(),
                "/api/v1/transfers",
                json(
                        "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'1.500000','reference':'order 7',"
                                + "'metadata':{'a': [1, 2.50, {'b':null}]}}",
                        id, alice.id(), bob.id()));
        assertEquals(201, answer.status(), answer.body());
        JsonNode transfer = answer.json();
        assertEquals(id, transfer.path("id").asString());
        assertEquals("posted", transfer.path("status").asString());
        assertEquals("transfer", transfer.path("kind").asString());
        assertEquals(alice.id(), transfer.path("from").asString());
        assertEquals(bob.id(), transfer.path("to").asString());
        assertEquals("1.5", transfer.path("amount").asString());
        assertEquals("0", transfer.path("fee").asString());
        assertEquals("1.5", transfer.path("net").asString());
        assertEquals("order 7", transfer.path("reference").asString());
        assertTrue(answer.body().contains("\"metadata\":{\"a\":[1,2.50,{\"b\":null}]}"), answer.body());
        assertTrue(transfer.path("sequence").asLong() > 0);
        assertTrue(
                transfer.path("timestamp").asString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z"));
        assertEquals("CRD", transfer.path("balances").path("from").path("token").asString());
        assertTrue(transfer.path("balances").path("to").isMissingNode());
        assertNotNull(answer.header("X-Request-Id"));
        assertNull(answer.header("Idempotent-Replayed"));

        Answer read = client.get(alice.key(), "/api/v1/transfers/" + id);
        assertEquals(200, read.status());
        assertEquals(answer.body(), read.body());
        JsonNode toBob = client.get(bob.key(), "/api/v1/transfers/" + id).json();
        assertTrue(toBob.path("balances").path("from").isMissingNode());
        assertEquals("CRD", toBob.path("balances").path("to").path("token").asString());
        JsonNode toOperator =
                client.get(TestServer.OPERATOR_KEY, "/api/v1/transfers/" + id).json();
        assertEquals(2, toOperator.path("balances").size());
    }

    @Test
    void showsAWalletToItsOwner() {
        Wallet carol = client.open("agent:carol");
        client.issue("USD", carol.id(), "12.34");
        Answer answer = client.get(carol.key(), "/api/v1/wallets/" + carol.id());
        assertEquals(200, answer.status());
        JsonNode wallet = answer.json();
        assertEquals(carol.id(), wallet.path("wallet_id").asString());
        assertEquals("agent:carol", wallet.path("owner").asString());
        assertFalse(wallet.path("locked").asBoolean());
        assertEquals(3, wallet.path("balances").size());
        JsonNode usd = wallet.path("balances").get(1);
        assertEquals("USD", usd.path("token").asString());
        assertEquals("12.34", usd.path("available").asString());
        assertEquals("12.34", usd.path("total").asString());
        assertEquals("0", usd.path("staked").asString());
    }

    @Test
    void listsTransactionsNewestFirstInPages() {
        Wallet dora = client.open("agent:dora");
        for (int i = 1; i <= 5; i++) {
            client.issue("CRD", dora.id(), Integer.toString(i));
        }
        String path = "/api/v1/wallets/" + dora.id() + "/transactions";
        JsonNode first = client.get(dora.key(), path + "?limit=2").json();
        assertEquals("5", first.path("data").get(0).path("amount").asString());
        assertEquals("4", first.path("data").get(1).path("amount").asString());
        JsonNode second = client.get(
                        dora.key(),
                        path + "?limit=3&cursor=" + first.path("next_cursor").asString())
                .json();
        assertEquals("3", second.path("data").get(0).path("amount").asString());
        assertEquals(3, second.path("data").size());
        assertEquals(
                0,
                client.get(dora.key(), path + "?kind=transfer")
                        .json()
                        .path("data")
                        .size());
        Answer bad = client.get(dora.key(), path + "?cursor=nonsense");
        assertEquals(400, bad.status());
        assertEquals("invalid_parameter", bad.code());
        assertEquals("cursor", bad.field());
    }

    @Test
    void aKindThatThereIsNotIsRefusedAndNotJustNeverFound() {
        Answer bad = client.get(alice.key(), "/api/v1/wallets/" + alice.id() + "/transactions?kind=transfers");
        assertEquals(400, bad.status());
        assertEquals("invalid_parameter", bad.code());
        assertEquals("kind", bad.field());
        for (TransferJson.Kind kind : TransferJson.Kind.values()) {
            String path = "/api/v1/wallets/" + alice.id() + "/transactions?kind=" + kind.code();
            assertEquals(200, client.get(alice.key(), path).status());
        }
    }

    @Test
    void projectsADryRunAndChangesNothing() {
        String before = client.get(alice.key(), "/api/v1/wallets/" + alice.id())
                .json()
                .path("version")
                .asString();
        String id = newId();
        Answer answer = client.post(
                alice.key(),
                "/api/v1/transfers",
                transfer(id, alice.id(), bob.id(), "CRD", "3").replace("}", ",\"dry_run\":true}"));
        assertEquals(200, answer.status(), answer.body());
        assertEquals("dry_run", answer.json().path("status").asString());
        assertNotNull(
                answer.json().path("balances").path("from").path("available").asString(null));
        assertEquals(
                before,
                client.get(alice.key(), "/api/v1/wallets/" + alice.id())
                        .json()
                        .path("version")
                        .asString());
        assertEquals(404, client.get(alice.key(), "/api/v1/transfers/" + id).status());
    }

    @Test
    void saysHowMuchIsMissing() {
        Answer answer =
                client.post(bob.key(), "/api/v1/transfers", transfer(newId(), bob.id(), alice.id(), "USD", "7.05"));
        assertEquals(402, answer.status());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("insufficient_funds", answer.code());
        assertEquals("7.05", answer.json().path("needed").asString());
        assertEquals("0", answer.json().path("available").asString());
        assertEquals(
                "urn:scrip:problem:insufficient_funds",
                answer.json().path("type").asString());
        assertEquals(
                answer.header("X-Request-Id"), answer.json().path("request_id").asString());
    }

    @Test
    void keepsConditionsAndDeadlines() {
        String body = transfer(newId(), alice.id(), bob.id(), "CRD", "1");
        Answer failed = client.post(
                alice.key(),
                "/api/v1/transfers",
                body.replace(
                        "}",
                        json(",'conditions':[{'measure':'available','comparison':'at_least','value':'1000000'}]}")));
        assertEquals(422, failed.status(), failed.body());
        assertEquals("condition_failed", failed.code());
        assertEquals("1000000", failed.json().path("limit").asString());
        Answer version = client.post(
                alice.key(),
                "/api/v1/transfers",
                transfer(newId(), alice.id(), bob.id(), "CRD", "1")
                        .replace(
                                "}",
                                json(",'conditions':[{'measure':'version','comparison':'equal','value':999999}]}")));
        assertEquals(422, version.status());
        assertEquals(999999, version.json().path("limit").asLong());
        Answer late = client.post(
                alice.key(),
                "/api/v1/transfers",
                transfer(newId(), alice.id(), bob.id(), "CRD", "1")
                        .replace("}", json(",'apply_before':'2020-01-01T00:00:00Z'}")));
        assertEquals(422, late.status());
        assertEquals("too_late", late.code());
        assertEquals("2020-01-01T00:00:00.000000000Z", late.json().path("limit").asString());
    }

    @Test
    void balancesToZeroAtEveryMoment() {
        Answer answer = client.get(TestServer.OPERATOR_KEY, "/api/v1/trial-balance");
        assertEquals(200, answer.status());
        for (JsonNode token : answer.json().path("tokens")) {
            assertEquals("0", token.path("difference").asString());
        }
        assertEquals(3, answer.json().path("tokens").size());
    }

    @Test
    void knowsATokenThatWasRegisteredAMomentAgo() {
        try (TestServer other = new TestServer()) {
            TestClient there = new TestClient(other.tcpPort());
            Wallet wallet = there.open("agent:w");
            Wallet payee = there.open("agent:p");
            other.registerToken("NEW1", 3, true);
            Answer issued = there.issue("NEW1", wallet.id(), "1.234");
            assertEquals(201, issued.status(), issued.body());
            assertEquals("1.234", issued.json().path("amount").asString());
            Answer unknown = there.post(
                    wallet.key(), "/api/v1/transfers", transfer(newId(), wallet.id(), payee.id(), "NOPE", "1"));
            assertEquals(422, unknown.status(), unknown.body());
            assertEquals("unknown_token", unknown.code());
            assertEquals(404, there.issue("NOPE", wallet.id(), "1").status());
            assertEquals(404, there.issue("nope", wallet.id(), "1").status());
        }
    }
}
