package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.TransferKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was posted is given back, wholly or in part, with its fee. */
class ReverseTest {
    private static final String TRANSFERS = "/api/v1/transfers";

    private static TestServer server;
    private static TestClient client;
    private static Wallet alice;
    private static Wallet bob;
    private static Wallet carol;
    private static Wallet platform;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
        alice = client.open("agent:alice");
        bob = client.open("agent:bob");
        carol = client.open("agent:carol");
        platform = client.open("platform:fees");
        client.issue("CRD", alice.id(), "1000");
        server.setFee(TransferKind.TIP, FeePayer.RECEIVER, 1000, platform.id());
        server.setFee(TransferKind.SERVICE, FeePayer.SENDER, 1000, platform.id());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String sent(String amount, String more) {
        String id = newId();
        String body = transfer(id, alice.id(), bob.id(), "CRD", amount).replace("}", json(more + "}"));
        Answer answer = client.post(alice.key(), TRANSFERS, body);
        assertEquals(201, answer.status(), answer.body());
        return id;
    }

    private static Answer reverse(String key, String id, String body) {
        return client.post(key, TRANSFERS + "/" + id + "/reverse", body);
    }

    private static String body(String more) {
        return json("{'id':'%s'" + more + "}", newId());
    }

    @Test
    void givesBackInPartsUpToTheAmount() {
        String id = sent("10", "");
        String request = body(",'amount':'4','reason':'broken'");
        Answer first = reverse(bob.key(), id, request);
        assertEquals(201, first.status(), first.body());
        assertEquals("reversal", first.json().path("kind").asString());
        assertEquals("posted", first.json().path("status").asString());
        assertEquals(id, first.json().path("original_id").asString());
        assertEquals(bob.id(), first.json().path("from").asString());
        assertEquals(alice.id(), first.json().path("to").asString());
        assertEquals("4", first.json().path("amount").asString());
        assertEquals("broken", first.json().path("reference").asString());
        assertEquals(
                "4",
                client.get(alice.key(), TRANSFERS + "/" + id)
                        .json()
                        .path("reversed")
                        .asString());
        Answer tooMuch = reverse(bob.key(), id, body(",'amount':'6.5'"));
        assertEquals(422, tooMuch.status());
        assertEquals("exceeds_original", tooMuch.code());
        assertEquals("6", tooMuch.json().path("available").asString());
        assertEquals("6", reverse(bob.key(), id, body("")).json().path("amount").asString());
        Answer nothingLeft = reverse(bob.key(), id, body(""));
        assertEquals("exceeds_original", nothingLeft.code());
        Answer again = reverse(bob.key(), id, request);
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        assertEquals(
                "amount",
                reverse(bob.key(), id, request.replace("\"4\"", "\"5\"")).field());
        assertEquals(
                "reason",
                reverse(bob.key(), id, request.replace("broken", "lost")).field());
        assertEquals("original_id", reverse(bob.key(), sent("1", ""), request).field());
        Answer read = client.get(
                alice.key(), TRANSFERS + "/" + first.json().path("id").asString());
        assertEquals(200, read.status());
        assertEquals("reversal", read.json().path("kind").asString());
    }

    @Test
    void givesTheShareOfAReceiversFeeBack() {
        String id = sent("100", ",'kind':'tip'");
        JsonNode original = client.get(bob.key(), TRANSFERS + "/" + id).json();
        assertEquals("10", original.path("fee").asString());
        assertEquals("receiver", original.path("fee_payer").asString());
        assertEquals("90", original.path("net").asString());
        assertEquals("tip", original.path("fee_kind").asString());
        Answer half = reverse(bob.key(), id, body(",'amount':'50'"));
        assertEquals(201, half.status(), half.body());
        assertEquals("50", half.json().path("amount").asString());
        assertEquals("5", half.json().path("fee").asString());
        assertEquals(2, half.json().path("legs").size());
        // Ninety got, fifty given back, five of the fee returned.
        assertEquals(
                half.json().path("balances").path("from").path("available").asString(),
                client.get(bob.key(), "/api/v1/credits/balance")
                        .json()
                        .path("balance")
                        .path("available")
                        .asString());
    }

    @Test
    void showsWhatASenderPaidBesideTheAmount() {
        String id = newId();
        Answer sent = client.post(
                alice.key(),
                TRANSFERS,
                transfer(id, alice.id(), bob.id(), "CRD", "20").replace("}", json(",'kind':'service'}")));
        assertEquals("2", sent.json().path("fee").asString());
        assertEquals("sender", sent.json().path("fee_payer").asString());
        assertEquals("20", sent.json().path("net").asString());
        assertEquals("fee", sent.json().path("legs").get(1).path("kind").asString());
        assertEquals(alice.id(), sent.json().path("legs").get(1).path("from").asString());
        Answer back = reverse(bob.key(), id, body(""));
        assertEquals("2", back.json().path("fee").asString());
        assertEquals("20", back.json().path("net").asString());
    }

    @Test
    void needsAReasonFromTheOperatorAndTheRightOfTheOthers() {
        String id = sent("3", "");
        Answer noReason = reverse(TestServer.OPERATOR_KEY, id, body(""));
        assertEquals(400, noReason.status());
        assertEquals("reason", noReason.field());
        Answer byPayer = reverse(alice.key(), id, body(""));
        assertEquals(403, byPayer.status(), byPayer.body());
        Answer byOperator = reverse(TestServer.OPERATOR_KEY, id, body(",'reason':'fraud'"));
        assertEquals(201, byOperator.status(), byOperator.body());
        Answer nothing = reverse(carol.key(), newId(), body(""));
        assertEquals(404, nothing.status());
        assertEquals("unknown_transfer", nothing.code());
        Answer byStranger = reverse(carol.key(), id, body(""));
        assertEquals(404, byStranger.status());
        String requestId = "\"request_id\":\"[^\"]+\"";
        assertEquals(nothing.body().replaceAll(requestId, ""), byStranger.body().replaceAll(requestId, ""));
        assertEquals(404, reverse(carol.key(), "%20", body("")).status());
    }

    @Test
    void takesAnIssueBackAndACaptureButNoHoldAndNoRefusal() {
        Wallet dora = client.open("agent:dora");
        Answer issued = client.issue("CRD", dora.id(), "5");
        String issue = issued.json().path("id").asString();
        Answer taken = reverse(TestServer.OPERATOR_KEY, issue, body(",'reason':'typo','amount':'2'"));
        assertEquals(201, taken.status(), taken.body());
        assertEquals("2", taken.json().path("amount").asString());
        String hold = newId();
        String placing = json(
                "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'3','timeout_seconds':60}",
                hold, dora.id(), bob.id());
        client.post(dora.key(), "/api/v1/holds", placing);
        Answer ofHold = reverse(bob.key(), hold, body(""));
        assertEquals(422, ofHold.status());
        assertEquals("original_mismatch", ofHold.code());
        String capture = newId();
        client.post(
                bob.key(), "/api/v1/holds/" + hold + "/post", json("{'id':'%s','amount':'2','final':true}", capture));
        Answer ofCapture = reverse(bob.key(), capture, body(""));
        assertEquals(201, ofCapture.status(), ofCapture.body());
        assertEquals("2", ofCapture.json().path("amount").asString());
        String refused = newId();
        client.post(dora.key(), TRANSFERS, transfer(refused, dora.id(), bob.id(), "CRD", "1000"));
        assertEquals("original_mismatch", reverse(dora.key(), refused, body("")).code());
    }

    @Test
    void tellsWhoCannotGiveItBackWhatIsMissing() {
        String id = sent("8", "");
        Answer spent = client.get(bob.key(), "/api/v1/credits/balance");
        client.post(
                bob.key(),
                TRANSFERS,
                transfer(
                        newId(),
                        bob.id(),
                        carol.id(),
                        "CRD",
                        spent.json().path("balance").path("available").asString()));
        Answer poor = reverse(bob.key(), id, body(""));
        assertEquals(402, poor.status());
        assertEquals("8", poor.json().path("needed").asString());
        assertEquals("0", poor.json().path("available").asString());
        client.post(carol.key(), TRANSFERS, transfer(newId(), carol.id(), bob.id(), "CRD", "50"));
    }

    @Test
    void tellsNobodyWhatThePlatformHasLeftOfItsFees() {
        client.issue("CRD", bob.id(), "500");
        String id = sent("100", ",'kind':'tip'");
        String revenue = transfer(newId(), platform.id(), platform.id(), "CRD", "100000")
                .replace("}", json(",'from_account':4,'up_to':true}"));
        assertEquals(201, client.post(platform.key(), TRANSFERS, revenue).status());
        String request = body("");
        Answer poor = reverse(bob.key(), id, request);
        assertEquals(402, poor.status(), poor.body());
        assertTrue(poor.json().path("needed").isNull(), poor.body());
        assertTrue(poor.json().path("available").isNull(), poor.body());
        assertEquals(poor.body(), reverse(bob.key(), id, request).body());
        Answer toOperator = reverse(TestServer.OPERATOR_KEY, id, body(",'reason':'r'"));
        assertEquals("10", toOperator.json().path("needed").asString());
    }
}
