package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.TransferKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Transfers of several legs, between sub-accounts, of as much as there is, of credits; and batches of all kinds. */
class CompositionTest {
    private static final String TRANSFERS = "/api/v1/transfers";
    private static final String BATCH = "/api/v1/transfers/batch";

    private static TestServer server;
    private static TestClient client;
    private static Wallet alice;
    private static Wallet bob;
    private static Wallet carol;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
        alice = client.open("agent:alice");
        bob = client.open("agent:bob");
        carol = client.open("agent:carol");
        Wallet platform = client.open("platform:fees");
        client.issue("CRD", alice.id(), "1000");
        client.issue("USD", alice.id(), "1000");
        server.setFee(TransferKind.CREDIT, FeePayer.RECEIVER, 500, platform.id());
        server.setFee(TransferKind.SERVICE, FeePayer.SENDER, 100, platform.id());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String leg(String to, String token, String amount) {
        return json("{'from':'%s','to':'%s','token':'%s','amount':'%s'}", alice.id(), to, token, amount);
    }

    private static void assertReplay(Answer first, Answer again) {
        assertEquals(first.status(), again.status());
        assertEquals(first.body(), again.body());
        assertNull(first.header("Idempotent-Replayed"));
        assertEquals("true", again.header("Idempotent-Replayed"));
    }

    @Test
    void movesSeveralTokensAtOnceOrNone() {
        String body = json(
                "{'id':'%s','legs':[%s,%s],'reference':'swap'}",
                newId(), leg(bob.id(), "CRD", "2"), leg(carol.id(), "USD", "3.5"));
        Answer first = client.post(alice.key(), TRANSFERS, body);
        assertEquals(201, first.status(), first.body());
        assertEquals(2, first.json().path("legs").size());
        assertEquals("USD", first.json().path("legs").get(1).path("token").asString());
        assertEquals("swap", first.json().path("reference").asString());
        assertReplay(first, client.post(alice.key(), TRANSFERS, body));
        String place = TRANSFERS + "/" + body.substring(7, 43);
        assertEquals(first.body(), client.get(alice.key(), place).body());
        JsonNode forBob = client.get(bob.key(), place).json();
        assertEquals(1, forBob.path("legs").size());
        assertEquals("CRD", forBob.path("legs").get(0).path("token").asString());
        assertTrue(forBob.path("legs").get(0).path("balances").path("from").isMissingNode());
        assertEquals(
                "legs",
                client.post(alice.key(), TRANSFERS, body.replace("3.5", "4")).field());

        String poor = json(
                "{'id':'%s','legs':[%s,%s]}", newId(), leg(bob.id(), "CRD", "1"), leg(bob.id(), "USD", "99999.25"));
        Answer refused = client.post(alice.key(), TRANSFERS, poor);
        assertEquals(402, refused.status());
        // In the token of the leg that failed.
        assertEquals("99999.25", refused.json().path("needed").asString());
        assertReplay(refused, client.post(alice.key(), TRANSFERS, poor));
        JsonNode stored =
                client.get(alice.key(), TRANSFERS + "/" + poor.substring(7, 43)).json();
        assertEquals("refused", stored.path("status").asString());
        assertEquals("99999.25", stored.path("legs").get(1).path("amount").asString());
    }

    @Test
    void refusesLegsThatAreNotOneTransfer() {
        String one = leg(bob.id(), "CRD", "1");
        String sixteen = (one + ",").repeat(15) + one;
        assertEquals(
                201,
                client.post(alice.key(), TRANSFERS, json("{'id':'%s','legs':[%s]}", newId(), sixteen))
                        .status());
        Answer many =
                client.post(alice.key(), TRANSFERS, json("{'id':'%s','legs':[%s]}", newId(), sixteen + "," + one));
        assertEquals(400, many.status());
        assertEquals("legs", many.field());
        assertEquals(
                "legs",
                client.post(alice.key(), TRANSFERS, json("{'id':'%s','legs':[]}", newId()))
                        .field());
        Answer both = client.post(alice.key(), TRANSFERS, json("{'id':'%s','token':'CRD','legs':[%s]}", newId(), one));
        assertEquals("unknown_field", both.code());
        assertEquals("token", both.field());
        Answer number = client.post(
                alice.key(), TRANSFERS, json("{'id':'%s','legs':[%s]}", newId(), one.replace("\"1\"", "1")));
        assertEquals("legs[0].amount", number.field());
        Answer fine = client.post(
                alice.key(),
                TRANSFERS,
                json("{'id':'%s','legs':[%s]}", newId(), one.replace("\"1\"", "\"0.0000001\"")));
        assertEquals("too_many_decimals", fine.code());
        assertEquals("legs[0].amount", fine.field());
        Answer foreign = client.post(bob.key(), TRANSFERS, json("{'id':'%s','legs':[%s]}", newId(), one));
        assertEquals(403, foreign.status());
    }

    @Test
    void movesBetweenAccountsOfAWalletAndAsMuchAsThereIs() {
        Wallet dora = client.open("agent:dora");
        client.issue("CRD", dora.id(), "10");
        String inward = transfer(newId(), dora.id(), dora.id(), "CRD", "4").replace("}", json(",'to_account':256}"));
        Answer moved = client.post(dora.key(), TRANSFERS, inward);
        assertEquals(201, moved.status(), moved.body());
        assertEquals(256, moved.json().path("to_account").asInt());
        assertTrue(moved.json().path("from_account").isMissingNode());
        assertReplay(moved, client.post(dora.key(), TRANSFERS, inward));
        String all = transfer(newId(), dora.id(), bob.id(), "CRD", "100")
                .replace("}", json(",'from_account':256,'up_to':true}"));
        Answer out = client.post(dora.key(), TRANSFERS, all);
        assertEquals("4", out.json().path("amount").asString(), out.body());
        assertReplay(out, client.post(dora.key(), TRANSFERS, all));
        assertEquals(
                "up_to",
                client.post(dora.key(), TRANSFERS, all.replace("true", "false")).field());
        Answer empty = client.post(dora.key(), TRANSFERS, all.replace(all.substring(7, 43), newId()));
        assertEquals(422, empty.status());
        assertEquals("nothing_available", empty.code());
        Answer reserved = client.post(
                dora.key(),
                TRANSFERS,
                inward.replace(inward.substring(7, 43), newId()).replace("256", "100"));
        assertEquals("unknown_account", reserved.code());
        Answer wrong = client.post(
                dora.key(),
                TRANSFERS,
                inward.replace(inward.substring(7, 43), newId()).replace("256", "70000"));
        assertEquals(400, wrong.status());
        Answer wrongKind = client.post(
                dora.key(),
                TRANSFERS,
                transfer(newId(), dora.id(), bob.id(), "CRD", "1").replace("}", json(",'kind':'gift'}")));
        assertEquals("kind", wrongKind.field());
    }

    @Test
    void takesTheFeeOfCreditTransfersButNotInAFamily() {
        Wallet human = client.open("human:h");
        Wallet agent = client.open("agent:of-h");
        client.issue("CRD", human.id(), "100");
        String path = "/api/v1/credits/transfer";
        String body = json("{'id':'%s','to':'%s','amount':'20','reference':'work'}", newId(), agent.id());
        Answer first = client.post(human.key(), path, body);
        assertEquals(201, first.status(), first.body());
        assertEquals("1", first.json().path("fee").asString());
        assertEquals("19", first.json().path("net").asString());
        assertEquals("credit", first.json().path("fee_kind").asString());
        assertEquals("CRD", first.json().path("token").asString());
        assertEquals(human.id(), first.json().path("from").asString());
        assertReplay(first, client.post(human.key(), path, body));
        assertEquals(
                "amount",
                client.post(human.key(), path, body.replace("\"20\"", "\"21\"")).field());
        server.setParent(agent.id(), human.id());
        String second = json("{'id':'%s','to':'%s','amount':'20'}", newId(), agent.id());
        assertEquals(
                "0", client.post(human.key(), path, second).json().path("fee").asString());
        String back = json("{'id':'%s','to':'%s','amount':'5'}", newId(), human.id());
        assertEquals(
                "0", client.post(agent.key(), path, back).json().path("fee").asString());
        Answer balance = client.get(agent.key(), "/api/v1/credits/balance");
        assertEquals(200, balance.status());
        assertEquals(agent.id(), balance.json().path("wallet_id").asString());
        assertEquals("34", balance.json().path("balance").path("available").asString());
        client.issue("USD", human.id(), "1");
        JsonNode list =
                client.get(human.key(), "/api/v1/credits/transactions?limit=2").json();
        assertEquals(2, list.path("data").size());
        assertEquals("5", list.path("data").get(0).path("amount").asString());
        JsonNode next = client.get(
                        human.key(),
                        "/api/v1/credits/transactions?limit=50&cursor="
                                + list.path("next_cursor").asString())
                .json();
        for (JsonNode entry : next.path("data")) {
            assertEquals("CRD", entry.path("token").asString());
        }
        assertEquals(
                403,
                client.get(TestServer.OPERATOR_KEY, "/api/v1/credits/balance").status());
        assertEquals(403, client.post(TestServer.OPERATOR_KEY, path, second).status());
        assertEquals(
                402,
                client.post(
                                agent.key(),
                                path,
                                back.replace(back.substring(7, 43), newId()).replace("\"5\"", "\"500\""))
                        .status());
    }

    @Test
    void decidesABatchOfAllKindsAndAnswersItAgain() {
        String hold = newId();
        String other = newId();
        String batch = json(
                "{'items':[%s,%s,%s,%s,%s,%s,%s,%s]}",
                transfer(hold, alice.id(), bob.id(), "CRD", "9")
                        .replace("}", json(",'type':'hold','timeout_seconds':60}")),
                json("{'type':'extend','id':'%s','hold_id':'%s','timeout_seconds':120,'linked':true}", newId(), hold),
                json("{'type':'post','id':'%s','hold_id':'%s','amount':'2.5'}", newId(), hold),
                transfer(newId(), alice.id(), bob.id(), "CRD", "10").replace("}", json(",'kind':'service'}")),
                json("{'id':'%s','legs':[%s,%s]}", newId(), leg(bob.id(), "CRD", "1"), leg(bob.id(), "USD", "1")),
                json("{'type':'post','id':'%s','hold_id':'%s','amount':'100'}", newId(), hold),
                json("{'type':'void','id':'%s','hold_id':'%s'}", newId(), other),
                transfer(newId(), alice.id(), bob.id(), "CRD", "1"));
        Answer first = client.post(alice.key(), BATCH, batch);
        assertEquals(200, first.status(), first.body());
        JsonNode results = first.json().path("results");
        assertEquals("pending", results.get(0).path("transfer").path("status").asString(), first.body());
        assertEquals("extension", results.get(1).path("transfer").path("kind").asString(), first.body());
        assertEquals("2.5", results.get(2).path("transfer").path("amount").asString(), first.body());
        assertEquals("0.1", results.get(3).path("transfer").path("fee").asString());
        assertEquals(2, results.get(4).path("transfer").path("legs").size());
        assertEquals(422, results.get(5).path("status").asInt());
        assertEquals("6.5", results.get(5).path("available").asString());
        assertEquals(404, results.get(6).path("status").asInt());
        assertEquals(201, results.get(7).path("status").asInt());
        Answer again = client.post(alice.key(), BATCH, batch);
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        Answer changed =
                client.post(alice.key(), BATCH, batch.replace("2.5", "2.25").replace(":120", ":121"));
        assertEquals(
                "timeout_seconds",
                changed.json().path("results").get(1).path("field").asString());
        assertEquals(
                "amount", changed.json().path("results").get(2).path("field").asString());
    }

    @Test
    void capturesHoldsThatWerePlacedBeforeInOneBatch() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            String id = newId();
            String token = i % 2 == 0 ? "CRD" : "USD";
            Answer placed = client.post(
                    alice.key(),
                    "/api/v1/holds",
                    transfer(id, alice.id(), bob.id(), token, "1").replace("}", json(",'timeout_seconds':600}")));
            assertEquals(201, placed.status());
            items.append(i == 0 ? "" : ",")
                    .append(json("{'type':'post','id':'%s','hold_id':'%s','amount':'0.25'}", newId(), id));
        }
        Answer answer = client.post(bob.key(), BATCH, "{\"items\":[" + items + "]}");
        assertEquals(200, answer.status(), answer.body());
        int place = 0;
        for (JsonNode result : answer.json().path("results")) {
            assertEquals("0.25", result.path("transfer").path("amount").asString());
            assertEquals(
                    place++ % 2 == 0 ? "CRD" : "USD",
                    result.path("transfer").path("token").asString());
        }
        assertEquals(150, place);
    }

    @Test
    void answersALargeBatchAgainAndNamesWhatIsWrongInAnItem() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            items.append(i == 0 ? "" : ",").append(transfer(newId(), alice.id(), bob.id(), "CRD", "0.001"));
        }
        String batch = "{\"items\":[" + items + "]}";
        Answer first = client.post(alice.key(), BATCH, batch);
        assertEquals(200, first.status());
        Answer again = client.post(alice.key(), BATCH, batch);
        assertEquals(first.body(), again.body());
        Answer conflict = client.post(alice.key(), BATCH, batch.replace("0.001", "0.002"));
        assertEquals(
                "amount",
                conflict.json().path("results").get(2_999).path("field").asString());

        assertEquals("items[0].type", post("{'type':'reverse','id':'x'}").field());
        assertEquals("items[0].hold_id", post("{'type':'void','id':'x'}").field());
        assertEquals(
                "items[0].timeout_seconds",
                post("{'type':'extend','id':'x','hold_id':'y'}").field());
        assertEquals(
                "items[0].from",
                post("{'type':'post','id':'x','hold_id':'y','from':'%s'}").field());
    }

    private static Answer post(String item) {
        return client.post(
                alice.key(),
                BATCH,
                "{\"items\":[" + json(item, item.contains("%s") ? new String[] {alice.id()} : new String[0]) + "]}");
    }
}
