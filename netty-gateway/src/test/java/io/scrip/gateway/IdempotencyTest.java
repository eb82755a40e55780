package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A command that is sent again gets the first answer, byte for byte; an id with other content is a conflict. */
class IdempotencyTest {
    private static final String TRANSFERS = "/api/v1/transfers";

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
        client.issue("CRD", alice.id(), "1000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertReplay(Answer first, Answer again) {
        assertEquals(first.status(), again.status());
        assertEquals(first.body(), again.body());
        assertEquals(first.header("Content-Type"), again.header("Content-Type"));
        assertNull(first.header("Idempotent-Replayed"));
        assertEquals("true", again.header("Idempotent-Replayed"));
    }

    @Test
    void answersASuccessAgainByteForByte() {
        String body = json(
                "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'2','reference':'q\\'ä€','metadata':{'x':[1]}}",
                newId(), alice.id(), bob.id());
        Answer first = client.post(alice.key(), TRANSFERS, body);
        assertEquals(201, first.status(), first.body());
        client.post(alice.key(), TRANSFERS, transfer(newId(), alice.id(), bob.id(), "CRD", "1"));
        assertReplay(first, client.post(alice.key(), TRANSFERS, body));
        assertReplay(
                first,
                client.post(alice.key(), TRANSFERS, body.replace("[1]", "[ 1 ]").replace("'2'", "'2.0'")));
    }

    @Test
    void answersARefusalAgainWithItsFirstReason() {
        String body = transfer(newId(), bob.id(), alice.id(), "USD", "5.5");
        Answer first = client.post(bob.key(), TRANSFERS, body);
        assertEquals(402, first.status());
        client.issue("USD", bob.id(), "100");
        assertReplay(first, client.post(bob.key(), TRANSFERS, body));
        Answer read =
                client.get(bob.key(), TRANSFERS + "/" + first.json().path("id").asString(idOf(body)));
        assertEquals(200, read.status());
        assertEquals("refused", read.json().path("status").asString());
        assertEquals(
                "insufficient_funds", read.json().path("refusal").path("code").asString());
        assertEquals("5.5", read.json().path("refusal").path("needed").asString());
        assertEquals(404, client.get(alice.key(), TRANSFERS + "/" + idOf(body)).status());
    }

    @Test
    void answersEveryKindOfRefusalAlike() {
        String[] bodies = {
            transfer(newId(), alice.id(), alice.id(), "CRD", "1"),
            transfer(newId(), alice.id(), "w_0000000000000", "CRD", "1"),
            transfer(newId(), bob.id(), alice.id(), "CRD", "1"),
            transfer(newId(), alice.id(), bob.id(), "REP", "1"),
            transfer(newId(), alice.id(), bob.id(), "NOPE", "1"),
            transfer(newId(), alice.id(), bob.id(), "CRD", "1")
                    .replace("}", json(",'apply_before':'2020-01-01T00:00:00Z'}")),
            transfer(newId(), alice.id(), bob.id(), "CRD", "1")
                    .replace("}", json(",'conditions':[{'measure':'version','comparison':'equal','value':99999}]}")),
            transfer(newId(), alice.id(), bob.id(), "CRD", "1")
                    .replace("}", json(",'conditions':[{'measure':'posted','comparison':'at_most','value':'1'}]}")),
        };
        for (String body : bodies) {
            Answer first = client.post(alice.key(), TRANSFERS, body);
            assertTrue(first.status() >= 400, first.body());
            assertReplay(first, client.post(alice.key(), TRANSFERS, body));
        }
    }

    @Test
    void showsAKeyOnlyOnce() {
        String body = json("{'owner':'agent:once','id':'%s'}", newId());
        Answer first = client.post(TestServer.OPERATOR_KEY, "/api/v1/wallets", body);
        Answer again = client.post(TestServer.OPERATOR_KEY, "/api/v1/wallets", body);
        assertEquals(201, again.status());
        assertEquals("true", again.header("Idempotent-Replayed"));
        String key = first.json().path("api_key").asString();
        assertEquals(first.body().replace(",\"api_key\":\"" + key + "\"", ""), again.body());
        assertEquals(
                200,
                client.get(
                                key,
                                "/api/v1/wallets/"
                                        + first.json().path("wallet_id").asString())
                        .status());
    }

    @Test
    void replaysIssuesAndRefusedOpenings() {
        String issue = json("{'id':'%s','to':'%s','amount':'7','reference':'gift'}", newId(), bob.id());
        Answer first = client.post(TestServer.OPERATOR_KEY, "/api/v1/tokens/CRD/issue", issue);
        assertEquals(201, first.status());
        assertEquals("issue", first.json().path("kind").asString());
        assertReplay(first, client.post(TestServer.OPERATOR_KEY, "/api/v1/tokens/CRD/issue", issue));
        String taken = json("{'owner':'agent:alice','id':'%s'}", newId());
        Answer refused = client.post(TestServer.OPERATOR_KEY, "/api/v1/wallets", taken);
        assertEquals(409, refused.status());
        assertReplay(refused, client.post(TestServer.OPERATOR_KEY, "/api/v1/wallets", taken));
    }

    @Test
    void namesTheFirstFieldThatDiffers() {
        String id = newId();
        String body = json(
                "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'3','reference':'r','metadata':{'m':1}}",
                id, alice.id(), bob.id());
        assertEquals(201, client.post(alice.key(), TRANSFERS, body).status());
        String[][] changes = {
            {"\"amount\":\"3\"", "\"amount\":\"4\"", "amount"},
            {"\"r\"", "\"s\"", "reference"},
            {"{\"m\":1}", "{\"m\":2}", "metadata"},
            {"\"token\":\"CRD\"", "\"token\":\"USD\"", "token"},
            {bob.id(), alice.id(), "to"},
            {"\"r\"", "\"r\",\"apply_before\":\"2200-01-01T00:00:00Z\"", "apply_before"},
        };
        for (String[] change : changes) {
            Answer answer = client.post(alice.key(), TRANSFERS, body.replace(change[0], change[1]));
            assertEquals(422, answer.status(), answer.body());
            assertEquals("idempotency_conflict", answer.code());
            assertEquals(change[2], answer.field());
            assertNull(answer.header("Idempotent-Replayed"));
        }
    }

    @Test
    void tellsAStrangerNothingAboutAnId() {
        String body = transfer(newId(), alice.id(), bob.id(), "CRD", "1");
        assertEquals(201, client.post(alice.key(), TRANSFERS, body).status());
        Answer foreign = client.post(bob.key(), TRANSFERS, body);
        assertEquals(403, foreign.status());
        assertEquals("foreign_id", foreign.code());
        assertNull(foreign.field());
        assertFalse(foreign.body().contains(alice.id()), foreign.body());
    }

    @Test
    void takesTheIdFromTheHeaderToo() {
        String id = newId();
        String body = transfer("x", alice.id(), bob.id(), "CRD", "1").replace("\"id\":\"x\",", "");
        Answer first = client.post(alice.key(), TRANSFERS, body, "Idempotency-Key", id);
        assertEquals(201, first.status(), first.body());
        assertEquals(id, first.json().path("id").asString());
        assertReplay(first, client.post(alice.key(), TRANSFERS, body, "Idempotency-Key", "\"" + id + "\""));
        String both = transfer(id, alice.id(), bob.id(), "CRD", "1");
        assertReplay(first, client.post(alice.key(), TRANSFERS, both, "Idempotency-Key", id));
        Answer differing = client.post(alice.key(), TRANSFERS, both, "Idempotency-Key", newId());
        assertEquals(400, differing.status());
        assertEquals("id_mismatch", differing.code());
        assertEquals("id", differing.field());
    }

    @Test
    void hashesKeysThatAreNoUuidsForEachCaller() {
        String key = "order-4711";
        String body = transfer(key, alice.id(), bob.id(), "CRD", "1");
        Answer first = client.post(alice.key(), TRANSFERS, body);
        assertEquals(201, first.status(), first.body());
        assertNotNull(first.header("Scrip-Id-Advice"));
        UUID id = UUID.fromString(first.json().path("id").asString());
        assertEquals(8, id.version());
        assertReplay(first, client.post(alice.key(), TRANSFERS, body));
        assertEquals(
                first.body(), client.get(alice.key(), TRANSFERS + "/" + key).body());
        Answer other = client.post(bob.key(), TRANSFERS, transfer(key, bob.id(), alice.id(), "CRD", "1"));
        assertEquals(201, other.status(), other.body());
        assertNotEquals(id.toString(), other.json().path("id").asString());
        Answer uuid7 = client.post(alice.key(), TRANSFERS, transfer(newId(), alice.id(), bob.id(), "CRD", "1"));
        assertNull(uuid7.header("Scrip-Id-Advice"));
        assertEquals(
                400,
                client.post(alice.key(), TRANSFERS, transfer("x".repeat(65), alice.id(), bob.id(), "CRD", "1"))
                        .status());
    }

    @Test
    void refusesIdsThatCannotBeProtected() {
        long future = (System.currentTimeMillis() + 3_600_000) << 16 | 0x7000;
        String id = new UUID(future, 1L << 63 | 5).toString();
        Answer answer = client.post(alice.key(), TRANSFERS, transfer(id, alice.id(), bob.id(), "CRD", "1"));
        assertEquals(422, answer.status());
        assertEquals("id_in_future", answer.code());
    }

    @Test
    void decidesABatchItemByItemAndReplaysItWhole() {
        String known = newId();
        assertEquals(
                201,
                client.post(alice.key(), TRANSFERS, transfer(known, alice.id(), bob.id(), "CRD", "1"))
                        .status());
        String repeated = newId();
        String batch = json(
                "{'items':[%s,%s,%s,%s,%s,%s,%s]}",
                transfer(newId(), alice.id(), bob.id(), "CRD", "1.25").replace("}", json(",'reference':'one'}")),
                transfer(newId(), alice.id(), bob.id(), "CRD", "100000"),
                transfer(newId(), bob.id(), alice.id(), "CRD", "1"),
                transfer(repeated, alice.id(), bob.id(), "CRD", "2"),
                transfer(repeated, alice.id(), bob.id(), "CRD", "2"),
                transfer(known, alice.id(), bob.id(), "CRD", "9"),
                transfer(newId(), alice.id(), bob.id(), "NOPE", "1"));
        Answer first = client.post(alice.key(), TRANSFERS + "/batch", batch);
        assertEquals(200, first.status(), first.body());
        JsonNode results = first.json().path("results");
        int[] statuses = {201, 402, 403, 201, 201, 422, 422};
        for (int i = 0; i < statuses.length; i++) {
            assertEquals(
                    statuses[i],
                    results.get(i).path("status").asInt(),
                    results.get(i).toString());
        }
        assertEquals("1.25", results.get(0).path("transfer").path("amount").asString());
        assertEquals("one", results.get(0).path("transfer").path("reference").asString());
        assertEquals("100000", results.get(1).path("needed").asString());
        assertEquals("not_authorized", results.get(2).path("code").asString());
        assertEquals(results.get(3).toString(), results.get(4).toString());
        assertEquals("idempotency_conflict", results.get(5).path("code").asString());
        assertEquals("amount", results.get(5).path("field").asString());
        assertEquals("unknown_token", results.get(6).path("code").asString());
        assertNull(first.header("Idempotent-Replayed"));
        Answer again = client.post(alice.key(), TRANSFERS + "/batch", batch);
        assertEquals(first.body(), again.body());
    }

    @Test
    void saysThatAWholeBatchIsAReplay() {
        String batch = json(
                "{'items':[%s,%s]}",
                transfer(newId(), alice.id(), bob.id(), "CRD", "1"),
                transfer(newId(), alice.id(), bob.id(), "CRD", "100000"));
        Answer first = client.post(alice.key(), TRANSFERS + "/batch", batch);
        Answer again = client.post(alice.key(), TRANSFERS + "/batch", batch);
        assertReplay(first, again);
    }

    @Test
    void appliesAChainWhollyOrNotAtAll() {
        String chain = json(
                "{'items':[%s,%s]}",
                transfer(newId(), alice.id(), bob.id(), "CRD", "1").replace("}", ",\"linked\":true}"),
                transfer(newId(), alice.id(), bob.id(), "CRD", "100000"));
        Answer answer = client.post(alice.key(), TRANSFERS + "/batch", chain);
        JsonNode results = answer.json().path("results");
        assertEquals("linked_failed", results.get(0).path("code").asString(), answer.body());
        assertEquals("insufficient_funds", results.get(1).path("code").asString());
        assertEquals(
                answer.body(),
                client.post(alice.key(), TRANSFERS + "/batch", chain).body());
    }

    private static String idOf(String body) {
        return body.substring(7, 43);
    }
}
