package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.json.Timestamps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Holds over HTTP: placed, captured in parts, voided, extended, expired, and read, against the real engine. */
class HoldTest {
    private static final String HOLDS = "/api/v1/holds";

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
        client.issue("CRD", alice.id(), "1000");
        client.issue("USD", alice.id(), "1000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String hold(String id, String amount, String more) {
        return json(
                "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'%s'" + more + "}",
                id,
                alice.id(),
                bob.id(),
                amount);
    }

    private static String placed(String amount) {
        String id = newId();
        Answer answer = client.post(alice.key(), HOLDS, hold(id, amount, ",'timeout_seconds':3600"));
        assertEquals(201, answer.status(), answer.body());
        return id;
    }

    private static Answer about(Wallet caller, String hold, String what, String more) {
        return again(caller, hold, what, json("{'id':'%s'" + more + "}", newId()));
    }

    private static Answer again(Wallet caller, String hold, String what, String body) {
        return client.post(caller.key(), HOLDS + "/" + hold + "/" + what, body);
    }

    private static JsonNode read(Wallet viewer, String hold) {
        Answer answer = client.get(viewer.key(), HOLDS + "/" + hold);
        assertEquals(200, answer.status(), answer.body());
        return answer.json();
    }

    private static void assertReplay(Answer first, Answer again) {
        assertEquals(first.status(), again.status());
        assertEquals(first.body(), again.body());
        assertNull(first.header("Idempotent-Replayed"));
        assertEquals("true", again.header("Idempotent-Replayed"));
    }

    @Test
    void placesAHoldThatIsReadAsItIsAndReplayedAsItWas() {
        String id = newId();
        String body = hold(id, "20", ",'timeout_seconds':'0.500000001','reference':'trip'");
        Answer first = client.post(alice.key(), HOLDS, body.replace("0.500000001", "100000.000000001"));
        assertEquals(201, first.status(), first.body());
        JsonNode hold = first.json();
        assertEquals("pending", hold.path("status").asString());
        assertEquals("hold", hold.path("kind").asString());
        assertEquals(id, hold.path("hold_id").asString());
        assertEquals("0", hold.path("captured").asString());
        assertEquals("20", hold.path("remaining").asString());
        assertEquals("trip", hold.path("reference").asString());
        long placedNs = nanos(hold.path("timestamp").asString());
        long expiresNs = nanos(hold.path("expires_at").asString());
        assertEquals(100_000_000_000_001L, expiresNs - placedNs);
        assertEquals(first.body(), client.get(alice.key(), HOLDS + "/" + id).body());
        assertEquals(201, about(bob, id, "post", ",'amount':'5'").status());
        assertReplay(first, client.post(alice.key(), HOLDS, body.replace("0.500000001", "100000.000000001")));
        Answer conflict = client.post(alice.key(), HOLDS, body);
        assertEquals(422, conflict.status());
        assertEquals("timeout_seconds", conflict.field());
        Answer asTransfer = client.post(alice.key(), "/api/v1/transfers", hold(id, "20", ",'reference':'trip'"));
        assertEquals("timeout_seconds", asTransfer.field());
    }

    private static long nanos(String time) {
        return Timestamps.parse(time);
    }

    @Test
    void capturesInPartsAndTellsWhatIsLeft() {
        String id = placed("10");
        Answer part = about(bob, id, "post", ",'amount':'2.5'");
        assertEquals(201, part.status(), part.body());
        assertEquals("capture", part.json().path("kind").asString());
        assertEquals("posted", part.json().path("status").asString());
        assertEquals(id, part.json().path("hold_id").asString());
        assertEquals("2.5", part.json().path("amount").asString());
        assertTrue(part.json().path("legs").isMissingNode());
        JsonNode now = read(alice, id);
        assertEquals("pending", now.path("status").asString());
        assertEquals("2.5", now.path("captured").asString());
        assertEquals("7.5", now.path("remaining").asString());
        Answer tooMuch = about(bob, id, "post", ",'amount':'7.500001'");
        assertEquals(422, tooMuch.status());
        assertEquals("exceeds_hold", tooMuch.code());
        assertEquals("7.500001", tooMuch.json().path("needed").asString());
        assertEquals("7.5", tooMuch.json().path("available").asString());
        String last = json("{'id':'%s','amount':'3','final':true}", newId());
        Answer end = again(alice, id, "post", last);
        assertEquals(201, end.status(), end.body());
        assertEquals("capture", end.json().path("legs").get(0).path("kind").asString());
        assertEquals("release", end.json().path("legs").get(1).path("kind").asString());
        assertEquals("4.5", end.json().path("legs").get(1).path("amount").asString());
        assertReplay(end, again(alice, id, "post", last));
        now = read(bob, id);
        assertEquals("posted", now.path("status").asString());
        assertEquals("5.5", now.path("captured").asString());
        assertEquals("0", now.path("remaining").asString());
        assertEquals(now, client.get(bob.key(), "/api/v1/transfers/" + id).json());
        Answer late = about(bob, id, "post", "");
        assertEquals(409, late.status());
        assertEquals("hold_posted", late.code());
    }

    @Test
    void remembersARefusedCaptureWithItsNumbers() {
        String id = placed("10");
        String body = json("{'id':'%s','amount':'11'}", newId());
        Answer first = again(bob, id, "post", body);
        assertEquals(422, first.status(), first.body());
        assertEquals("11", first.json().path("needed").asString());
        about(bob, id, "post", ",'amount':'1'");
        assertReplay(first, again(bob, id, "post", body));
        JsonNode refused = client.get(bob.key(), "/api/v1/transfers/" + body.substring(7, 43))
                .json();
        assertEquals("refused", refused.path("status").asString());
        assertEquals("capture", refused.path("kind").asString());
        assertEquals("11", refused.path("amount").asString());
        assertEquals("10", refused.path("refusal").path("available").asString());
        assertEquals(
                404,
                client.get(alice.key(), "/api/v1/transfers/" + body.substring(7, 43))
                        .status());
        Answer conflict = again(bob, id, "post", body.replace("\"11\"", "\"12\""));
        assertEquals("amount", conflict.field());
        assertEquals(
                "final",
                again(bob, id, "post", body.replace("}", ",\"final\":true}")).field());
        assertEquals("hold_id", again(bob, placed("1"), "post", body).field());
        assertEquals(
                "kind",
                again(bob, id, "void", json("{'id':'%s'}", body.substring(7, 43)))
                        .field());
    }

    @Test
    void givesTheRestBackWhenItIsVoided() {
        String id = placed("10");
        about(bob, id, "post", ",'amount':'4'");
        Answer byPayer = about(alice, id, "void", "");
        assertEquals(403, byPayer.status(), byPayer.body());
        String body = json("{'id':'%s'}", newId());
        Answer first = again(bob, id, "void", body);
        assertEquals(201, first.status(), first.body());
        assertEquals("voided", first.json().path("status").asString());
        assertEquals("release", first.json().path("kind").asString());
        assertEquals("6", first.json().path("amount").asString());
        assertReplay(first, again(bob, id, "void", body));
        JsonNode now = read(alice, id);
        assertEquals("voided", now.path("status").asString());
        assertEquals("4", now.path("captured").asString());
        Answer late = about(bob, id, "post", ",'amount':'1'");
        assertEquals(409, late.status());
        assertEquals("hold_voided", late.code());
    }

    @Test
    void extendsAHoldAndAnswersTheSameAgain() {
        String id = placed("10");
        String before = read(alice, id).path("expires_at").asString();
        String body = json("{'id':'%s','timeout_seconds':'7200.25'}", newId());
        Answer first = again(alice, id, "extend", body);
        assertEquals(201, first.status(), first.body());
        String expires = first.json().path("expires_at").asString();
        assertEquals(
                7_200_250_000_000L,
                nanos(expires) - nanos(first.json().path("timestamp").asString()));
        assertTrue(before.compareTo(expires) < 0);
        assertEquals(expires, read(bob, id).path("expires_at").asString());
        // A shorter one leaves it where it is; each answer says when.
        Answer shorter = about(alice, id, "extend", ",'timeout_seconds':1");
        assertEquals(expires, shorter.json().path("expires_at").asString());
        about(alice, id, "extend", ",'timeout_seconds':9000");
        assertReplay(first, again(alice, id, "extend", body));
        Answer asked = client.get(alice.key(), "/api/v1/transfers/" + body.substring(7, 43));
        assertEquals(200, asked.status());
        assertEquals(first.body(), asked.body());
        Answer byPayee = about(bob, id, "extend", ",'timeout_seconds':60");
        assertEquals(403, byPayee.status());
        Answer tooLong = about(alice, id, "extend", ",'timeout_seconds':'31622400.5'");
        assertEquals(422, tooLong.status(), tooLong.body());
        assertEquals("bad_timeout", tooLong.code());
        assertEquals("31622400.5", tooLong.json().path("needed").asString());
        assertEquals("31622400", tooLong.json().path("limit").asString());
        assertEquals(
                "timeout_seconds",
                again(alice, id, "extend", body.replace("7200.25", "7200")).field());
    }

    @Test
    void expiresByItself() {
        String id = newId();
        Answer placed = client.post(alice.key(), HOLDS, hold(id, "3", ",'timeout_seconds':'0.000001'"));
        assertEquals(201, placed.status(), placed.body());
        // The next command is later than the expiry, by the ledger's clock; so the hold is over when it looks.
        Answer late = about(bob, id, "post", ",'amount':'1'");
        assertEquals(409, late.status(), late.body());
        assertEquals("hold_expired", late.code());
        JsonNode now = read(alice, id);
        assertEquals("expired", now.path("status").asString());
        assertEquals("0", now.path("captured").asString());
    }

    @Test
    void isNotThereForStrangersWhateverBecameOfIt() {
        String open = placed("2");
        String done = placed("2");
        about(bob, done, "post", "");
        String voided = placed("2");
        about(bob, voided, "void", "");
        Answer nothing = client.get(carol.key(), HOLDS + "/" + newId());
        assertEquals(404, nothing.status());
        assertEquals("unknown_hold", nothing.code());
        for (String id : new String[] {open, done, voided, newId()}) {
            assertSameRefusal(nothing, client.get(carol.key(), HOLDS + "/" + id));
            for (String more : new String[] {"", ",'amount':'1'", ",'amount':'100','final':true"}) {
                assertSameRefusal(nothing, about(carol, id, "post", more));
            }
            assertSameRefusal(nothing, about(carol, id, "void", ""));
            assertSameRefusal(nothing, about(carol, id, "extend", ",'timeout_seconds':5"));
        }
        assertEquals(
                404,
                client.get(alice.key(), HOLDS + "/not an id".replace(" ", "%20"))
                        .status());
        String transfer = newId();
        client.post(alice.key(), "/api/v1/transfers", TestClient.transfer(transfer, alice.id(), bob.id(), "CRD", "1"));
        assertSameRefusal(nothing, client.get(alice.key(), HOLDS + "/" + transfer));
    }

    private static void assertSameRefusal(Answer expected, Answer actual) {
        assertEquals(404, actual.status(), actual.body());
        String id = "\"request_id\":\"[^\"]+\"";
        assertEquals(expected.body().replaceAll(id, ""), actual.body().replaceAll(id, ""));
    }

    @Test
    void remembersThatAHoldWasNotThereWhenAPartOfItWasToBeCaptured() {
        String hold = newId();
        String body = json("{'id':'%s','amount':'1'}", newId());
        Answer first = again(bob, hold, "post", body);
        assertEquals(404, first.status());
        assertReplay(first, again(bob, hold, "post", body));
    }

    @Test
    void readsACaptureInTheTokenOfItsHold() {
        String id = newId();
        Answer placed = client.post(
                alice.key(), HOLDS, hold(id, "10.25", ",'timeout_seconds':60").replace("CRD", "USD"));
        assertEquals(201, placed.status(), placed.body());
        Answer fine = about(bob, id, "post", ",'amount':'0.001'");
        assertEquals(400, fine.status());
        assertEquals("too_many_decimals", fine.code());
        Answer part = about(bob, id, "post", ",'amount':'0.25'");
        assertEquals("USD", part.json().path("token").asString());
        assertEquals("0.25", part.json().path("amount").asString());
    }

    @Test
    void projectsAHoldAndReservesNothing() {
        Answer answer = client.post(alice.key(), HOLDS, hold(newId(), "7", ",'timeout_seconds':60,'dry_run':true"));
        assertEquals(200, answer.status(), answer.body());
        assertEquals("dry_run", answer.json().path("status").asString());
        assertTrue(answer.json().path("hold_id").isMissingNode());
        assertFalse(answer.json().path("expires_at").asString().isEmpty());
    }

    @Test
    void refusesTimeoutsThatAreNoSeconds() {
        String[] wrong = {"1.5", "'0'", "0", "'-1'", "'1e3'", "true", "'0.0000000001'", "'99999999999'", "null"};
        for (String timeout : wrong) {
            Answer answer = client.post(alice.key(), HOLDS, hold(newId(), "1", ",'timeout_seconds':" + timeout));
            assertEquals(400, answer.status(), timeout + ": " + answer.body());
            assertEquals("timeout_seconds", answer.field());
        }
        Answer none = client.post(alice.key(), HOLDS, hold(newId(), "1", ""));
        assertEquals("missing_field", none.code());
        Answer tooLong = client.post(alice.key(), HOLDS, hold(newId(), "1", ",'timeout_seconds':31622401"));
        assertEquals(422, tooLong.status());
        assertEquals("31622401", tooLong.json().path("needed").asString());
        Answer poor = client.post(alice.key(), HOLDS, hold(newId(), "100000", ",'timeout_seconds':60"));
        assertEquals(402, poor.status());
    }
}
