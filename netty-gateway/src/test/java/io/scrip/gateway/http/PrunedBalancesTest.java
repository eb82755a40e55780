package io.scrip.gateway.http;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.TransferKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Balances at a moment, over a real connection, when the legs that left them have been pruned. */
class PrunedBalancesTest {
    private static final int STEP = 3;

    private final TestServer server = new TestServer();
    private final TestClient client = new TestClient(server.tcpPort());
    private final OpenApiFile file = new OpenApiFile();
    private final List<Wallet> wallets = new ArrayList<>();
    private final List<Long> moments = new ArrayList<>();
    private Wallet ann;
    private Wallet ben;

    @BeforeEach
    void open() {
        ann = client.open("agent:ann");
        ben = client.open("agent:ben");
        Wallet fees = client.open("platform:fees");
        wallets.addAll(List.of(ann, ben, fees));
        server.setFee(TransferKind.TIP, FeePayer.RECEIVER, 1000, fees.id());
        server.setFee(TransferKind.SERVICE, FeePayer.SENDER, 1000, fees.id());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Answer balances(Wallet wallet, long sequence) {
        Answer answer = client.get(
                TestServer.OPERATOR_KEY, "/api/v1/wallets/" + wallet.id() + "/balances?at_sequence=" + sequence);
        assertEquals(List.of(), file.faults("GET", "/api/v1/wallets/{wallet_id}/balances", answer));
        return answer;
    }

    private String done(String key, String path, String body) {
        Answer answer = client.post(key, path, body);
        assertEquals(201, answer.status(), answer.body());
        JsonNode state = client.get(TestServer.OPERATOR_KEY, "/api/v1/wallets/" + ann.id())
                .json();
        moments.add(state.path("sequence").asLong());
        return answer.json().path("id").asString();
    }

    private void issue(String amount, String terms) {
        String body = "{'id':'%s','to':'%s','amount':'%s'" + (terms.isEmpty() ? "" : ",'terms':" + terms) + "}";
        done(TestServer.OPERATOR_KEY, "/api/v1/tokens/CRD/issue", json(body, newId(), ann.id(), amount));
    }

    private String send(Wallet from, Wallet to, String amount, String more) {
        String body = transfer(newId(), from.id(), to.id(), "CRD", amount).replace("}", json(more + "}"));
        return done(from.key(), "/api/v1/transfers", body);
    }

    private String hold(String amount, String more) {
        String id = newId();
        String body = transfer(id, ann.id(), ben.id(), "CRD", amount)
                .replace("}", json(",'timeout_seconds':3600" + more + "}"));
        done(ann.key(), "/api/v1/holds", body);
        return id;
    }

    private void about(Wallet caller, String hold, String what, String more) {
        done(caller.key(), "/api/v1/holds/" + hold + "/" + what, json("{'id':'%s'" + more + "}", newId()));
    }

    /** Every kind of leg. */
    private void everyKind() {
        issue("1000", "");
        send(ann, ben, "100", "");
        issue("50", "{'category':'promotional','priority':10,'expires_at':'2100-01-01T00:00:00Z'}");
        String soon = Instant.now().plusSeconds(1_800).toString();
        String later = Instant.now().plusSeconds(100_000).toString();
        String toCome =
                "{'category':'paid','effective_at':'" + soon + "','expires_at':'%s','convertible_from':'at_once'}";
        issue("30", toCome.replace("%s", later));
        issue("20", toCome.replace("%s", "never"));
        String partly = hold("40", "");
        about(ben, partly, "post", ",'amount':'15'");
        String service = hold("60", ",'kind':'service'");
        about(ben, service, "post", ",'amount':'25','final':true");
        about(ben, partly, "void", "");
        String tip = hold("10", ",'kind':'tip'");
        about(ben, tip, "post", "");
        String reversed = send(ann, ben, "20", ",'kind':'tip'");
        send(ann, ben, "7", ",'kind':'service'");
        done(ben.key(), "/api/v1/transfers/" + reversed + "/reverse", json("{'id':'%s','amount':'5'}", newId()));
        send(ann, ann, "12", ",'from_account':0,'to_account':2");
        send(ann, ann, "4", ",'from_account':2,'to_account':300");
        hold("9", "");
        server.clockAheadMs.addAndGet(TimeUnit.HOURS.toMillis(2));
        send(ben, ann, "1", "");
        server.clockAheadMs.addAndGet(TimeUnit.HOURS.toMillis(48));
        send(ben, ann, "1", "");
    }

    private Map<String, JsonNode> all() {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (long moment : moments) {
            for (Wallet wallet : wallets) {
                Answer answer = balances(wallet, moment);
                assertEquals(200, answer.status(), answer.body());
                answers.put(moment + " " + wallet.id(), answer.json());
            }
        }
        return answers;
    }

    @Test
    void areTheSameFromTheFirstEventThatIsKeptOnWhateverHasGone() {
        everyKind();
        Map<String, JsonNode> expected = all();
        long last = server.log.lastEventSequence();
        long lastSequence = moments.get(moments.size() - 1);
        assertTrue(last > moments.size() + 10, "events " + last);
        for (long first = 2; first <= last + 1; first += STEP) {
            server.log.pruneBefore(first);
            for (long moment : moments) {
                for (Wallet wallet : wallets) {
                    JsonNode before = expected.get(moment + " " + wallet.id());
                    Answer answer = balances(wallet, moment);
                    String where = "moment " + moment + ", kept from event " + first + ": " + answer.body();
                    if (before.path("event_sequence").asLong() >= first || moment == lastSequence) {
                        assertEquals(200, answer.status(), where);
                        assertEquals(before, answer.json(), where);
                    } else {
                        assertEquals(410, answer.status(), where);
                        assertEquals("history_pruned", answer.code());
                    }
                }
            }
        }
    }

    @Test
    void ofAnAccountThatHasNotMovedSinceAreWhatItHasNow() {
        issue("1000", "");
        send(ann, ben, "100", "");
        Wallet other = client.open("agent:other");
        send(ann, other, "1", "");
        server.log.pruneBefore(server.log.lastEventSequence());
        send(ann, other, "1", "");
        long moment = moments.get(moments.size() - 2);
        JsonNode found = balances(ben, moment).json();
        assertEquals("100", found.path("balances").get(0).path("total").asString());
        assertEquals(
                200,
                client.get(
                                ben.key(),
                                "/api/v1/wallets/" + ben.id() + "/balances?at="
                                        + client.get(ben.key(), "/api/v1/wallets/" + ben.id())
                                                .json()
                                                .path("timestamp")
                                                .asString())
                        .status());
        assertEquals(410, balances(ben, moments.get(0)).status());
    }
}
