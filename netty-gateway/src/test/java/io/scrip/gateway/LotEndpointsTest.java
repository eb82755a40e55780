package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Value issued on terms, and what of it can be read. */
class LotEndpointsTest {
    private static final String PROMOTIONAL =
            "{'category':'promotional','priority':10,'expires_at':'2100-01-01T00:00:00Z'}";
    private static final String PAID =
            "{'category':'paid','expires_at':'never','convertible_from':'2100-01-01T00:00:00Z'}";

    private static TestServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String body(String id, Wallet to, String amount, String terms) {
        return json("{'id':'%s','to':'%s','amount':'%s','terms':", id, to.id(), amount) + json(terms) + "}";
    }

    private static Answer issue(String body) {
        return client.post(TestServer.OPERATOR_KEY, "/api/v1/tokens/CRD/issue", body);
    }

    private static Answer lots(String key, Wallet wallet, String query) {
        return client.get(key, "/api/v1/wallets/" + wallet.id() + "/lots" + query);
    }

    @Test
    void valueIsIssuedOnTermsAndShownInTheOrderInWhichItBurns() {
        Wallet ann = client.open("agent:lots-ann");
        assertEquals(201, issue(body(newId(), ann, "5", PAID)).status());
        assertEquals(201, issue(body(newId(), ann, "3", PROMOTIONAL)).status());
        assertEquals(201, issue(body(newId(), ann, "2", "null")).status());
        Answer answer = lots(ann.key(), ann, "?token=CRD");
        assertEquals(200, answer.status(), answer.body());
        JsonNode seen = answer.json();
        assertEquals("10", seen.path("posted").asString());
        assertEquals("8", seen.path("in_lots").asString());
        assertEquals(2, seen.path("data").size());
        JsonNode bonus = seen.path("data").get(0);
        assertEquals("promotional", bonus.path("category").asString());
        assertEquals(10, bonus.path("priority").asInt());
        assertEquals("3", bonus.path("amount").asString());
        assertEquals("2100-01-01T00:00:00.000000000Z", bonus.path("expires_at").asString());
        assertEquals("never", bonus.path("convertible_from").asString());
        JsonNode paid = seen.path("data").get(1);
        assertEquals("paid", paid.path("category").asString());
        assertEquals(128, paid.path("priority").asInt());
        assertEquals("never", paid.path("expires_at").asString());
        assertEquals(
                "2100-01-01T00:00:00.000000000Z", paid.path("convertible_from").asString());
        assertEquals(
                0,
                lots(ann.key(), ann, "?token=CRD&account=2").json().path("data").size());
    }

    @Test
    void termsTravelWithATransfer() {
        Wallet ann = client.open("agent:travel-ann");
        Wallet ben = client.open("agent:travel-ben");
        issue(body(newId(), ann, "3", PROMOTIONAL));
        client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"));
        JsonNode lot = lots(ben.key(), ben, "?token=CRD").json().path("data").get(0);
        assertEquals("1", lot.path("amount").asString());
        assertEquals("promotional", lot.path("category").asString());
    }

    @Test
    void whatIsGoodLaterOnlyIsPostedAndNotAvailable() {
        Wallet ann = client.open("agent:later-ann");
        issue(body(
                newId(),
                ann,
                "3",
                "{'category':'paid','effective_at':'2100-01-01T00:00:00Z','expires_at':'never',"
                        + "'convertible_from':'at_once'}"));
        JsonNode seen = lots(ann.key(), ann, "?token=CRD").json();
        assertEquals("3", seen.path("posted").asString());
        assertEquals(
                "at_once", seen.path("data").get(0).path("convertible_from").asString());
        assertEquals(
                "2100-01-01T00:00:00.000000000Z",
                seen.path("data").get(0).path("effective_at").asString());
        Answer refused = client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ann.id(), "CRD", "1"));
        assertEquals("same_wallet", refused.code());
        Wallet ben = client.open("agent:later-ben");
        assertEquals(
                "insufficient_funds",
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"))
                        .code());
    }

    @Test
    void termsArePartOfTheContent() {
        Wallet ann = client.open("agent:content-ann");
        String body = body(newId(), ann, "3", PROMOTIONAL);
        Answer first = issue(body);
        assertNull(first.header("Idempotent-Replayed"));
        Answer again = issue(body);
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        Answer other = issue(body.replace(":10,", ":11,"));
        assertEquals(422, other.status());
        assertEquals("idempotency_conflict", other.code());
        assertEquals("terms", other.field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                                | wrong_type     | terms",
                "{'category':'paid','expires_at':'never'}                          | missing_field  | terms.convertible_from",
                "{'category':'paid','convertible_from':'never'}                    | missing_field  | terms.expires_at",
                "{'expires_at':'never'}                                            | missing_field  | terms.category",
                "{'category':'plain','expires_at':'never'}                         | invalid_value  | terms.category",
                "{'category':'promotional','expires_at':'soon'}                    | invalid_value  | terms.expires_at",
                "{'category':'promotional','expires_at':'at_once'}                 | invalid_value  | terms.expires_at",
                "{'category':'promotional','expires_at':'never','effective_at':'never'} | invalid_value | terms.effective_at",
                "{'category':'promotional','expires_at':'never','convertible_from':'at_once'} | invalid_value | terms.convertible_from",
                "{'category':'promotional','expires_at':'never','priority':256}    | invalid_value  | terms.priority",
                "{'category':'promotional','expires_at':'never','priority':'1'}    | wrong_type     | terms.priority",
                "{'category':'promotional','expires_at':'never','id':'1'}          | unknown_field  | terms.id"
            })
    void termsThatAreMalformedAreNamed(String terms, String code, String field) {
        Wallet ann = new Wallet("w_c953cpkn4p7sz", "");
        Answer answer = issue(body(newId(), ann, "3", terms));
        assertEquals(400, answer.status());
        assertEquals(code, answer.code());
        assertEquals(field, answer.field());
    }

    @Test
    void termsThatContradictThemselvesAreRefused() {
        Wallet ann = client.open("agent:bad-terms");
        Answer past = issue(body(newId(), ann, "3", "{'category':'promotional','expires_at':'2001-01-01T00:00:00Z'}"));
        assertEquals(422, past.status());
        assertEquals("bad_terms", past.code());
    }

    @Test
    void aTokenMustBeNamedAndKnown() {
        Wallet ann = client.open("agent:lots-token");
        for (String query : new String[] {"", "?token=", "?token=nope", "?token=CRD&account=65535", "?token=CRD&x=1"}) {
            Answer answer = lots(ann.key(), ann, query);
            assertEquals(400, answer.status(), query);
            assertEquals("invalid_parameter", answer.code());
        }
        Answer unknown = lots(ann.key(), ann, "?token=NOPE");
        assertEquals(422, unknown.status());
        assertEquals("unknown_token", unknown.code());
        assertTrue(lots(ann.key(), ann, "?token=USD").json().path("data").isEmpty());
    }
}
