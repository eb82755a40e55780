package io.scrip.gateway.http;

import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.Role;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Past balances and receipts, over a real connection. */
class ArchiveTest {
    private final TestServer server = new TestServer(GatewayConfig.defaults());
    private final TestClient client = new TestClient(server.tcpPort());
    private final OpenApiFile file = new OpenApiFile();

    @AfterEach
    void close() {
        server.close();
    }

    private Answer balances(String key, Wallet wallet, String query) {
        Answer answer = client.get(key, "/api/v1/wallets/" + wallet.id() + "/balances" + query);
        assertEquals(List.of(), file.faults("GET", "/api/v1/wallets/{wallet_id}/balances", answer));
        return answer;
    }

    private Answer send(Wallet from, Wallet to, String amount) {
        Answer answer =
                client.post(from.key(), "/api/v1/transfers", transfer(newId(), from.id(), to.id(), "CRD", amount));
        assertEquals(201, answer.status(), answer.body());
        return answer;
    }

    @Test
    void everyMomentShowsWhatTheTransferBeforeItLeft() {
        Wallet ann = client.open("agent:ann");
        Wallet ben = client.open("agent:ben");
        String opened = client.get(ben.key(), "/api/v1/wallets/" + ben.id())
                .json()
                .path("sequence")
                .asString();
        client.issue("CRD", ann.id(), "100");
        for (int i = 1; i <= 5; i++) {
            Answer sent = send(ann, ben, "10");
            String total = Integer.toString(10 * i);
            String sequence = sent.json().path("sequence").asString();
            String timestamp = sent.json().path("timestamp").asString();
            assertEquals(total, total(balances(ben.key(), ben, "?at_sequence=" + sequence)));
            assertEquals(total, total(balances(TestServer.OPERATOR_KEY, ben, "?at=" + timestamp)));
            String before = Long.toString(Long.parseLong(sequence) - 1);
            Answer earlier = balances(ben.key(), ben, "?at_sequence=" + before);
            assertEquals(i == 1 ? null : Integer.toString(10 * (i - 1)), total(earlier));
        }
        assertEquals(
                0,
                balances(ben.key(), ben, "?at_sequence=" + opened)
                        .json()
                        .path("balances")
                        .size());
        assertEquals(
                0,
                balances(ben.key(), ben, "?at_sequence=0")
                        .json()
                        .path("balances")
                        .size());
        assertEquals(
                0,
                balances(ben.key(), ben, "?at=2020-01-01T00:00:00Z")
                        .json()
                        .path("balances")
                        .size());
    }

    private static String total(Answer answer) {
        JsonNode balances = answer.json().path("balances");
        return balances.isEmpty() ? null : balances.get(0).path("total").asString();
    }

    @Test
    void aMomentThatIsNotPastIsRefusedAndSaysWhere() {
        Wallet ann = client.open("agent:ann");
        for (String query :
                new String[] {"?at=2200-01-01T00:00:00Z", "?at=yesterday", "?at=2020-01-01T00:00:00+01:00"}) {
            Answer answer = balances(ann.key(), ann, query);
            assertEquals(400, answer.status(), query);
            assertEquals("invalid_parameter", answer.code());
            assertEquals("at", answer.field());
        }
        for (String query : new String[] {"?at_sequence=999999", "?at_sequence=-1", "?at_sequence=1e3"}) {
            Answer answer = balances(ann.key(), ann, query);
            assertEquals(400, answer.status(), query);
            assertEquals("at_sequence", answer.field());
        }
        assertEquals(400, balances(ann.key(), ann, "").status());
        assertEquals(
                400,
                balances(ann.key(), ann, "?at=2020-01-01T00:00:00Z&at_sequence=1")
                        .status());
    }

    @Test
    void nobodyElseSeesAWalletsPast() {
        Wallet ann = client.open("agent:ann");
        Wallet ben = client.open("agent:ben");
        assertEquals(404, balances(ben.key(), ann, "?at_sequence=1").status());
        assertEquals(401, balances(null, ann, "?at_sequence=1").status());
    }

    @Test
    void aReceiptIsWaitedForAndThenGiven() {
        Wallet ann = client.open("agent:ann");
        Wallet ben = client.open("agent:ben");
        client.issue("CRD", ann.id(), "100");
        String id = send(ann, ben, "1").json().path("id").asString();
        server.receipts.unsigned = 3;
        Answer receipt = receipt(ann.key(), id);
        assertEquals(200, receipt.status(), receipt.body());
        assertEquals(4, server.receipts.asked.get());
        assertEquals(new Viewer(Role.WALLET, WalletIds.parse(ann.id())), server.receipts.lastViewer);
        assertEquals(server.log.lastEventSequence(), server.receipts.lastEventSequence);
    }

    @Test
    void aReceiptThatIsNotSignedInASecondIsAskedForAgain() {
        Wallet ann = client.open("agent:ann");
        client.issue("CRD", ann.id(), "100");
        String id = send(ann, client.open("agent:ben"), "1").json().path("id").asString();
        server.receipts.unsigned = Integer.MAX_VALUE;
        Answer receipt = receipt(ann.key(), id);
        assertEquals(202, receipt.status());
        assertEquals("1", receipt.header("Retry-After"));
        assertEquals("not_signed_yet", receipt.json().path("status").asString());
        assertTrue(server.receipts.asked.get() > 10);
    }

    @Test
    void aReceiptThatIsNotForTheViewerIsNotThere() {
        Wallet ann = client.open("agent:ann");
        client.issue("CRD", ann.id(), "100");
        String id = send(ann, client.open("agent:ben"), "1").json().path("id").asString();
        server.receipts.trouble = StoredOutcomes.Trouble.NOT_FOR_VIEWER;
        Answer foreign = receipt(ann.key(), id);
        Answer unknown = receipt(ann.key(), newId());
        assertEquals(404, foreign.status());
        assertEquals(404, unknown.status());
        assertEquals(foreign.code(), unknown.code());
        server.receipts.trouble = StoredOutcomes.Trouble.BUSY;
        assertEquals(503, receipt(ann.key(), id).status());
        server.receipts.trouble = StoredOutcomes.Trouble.UNREADABLE;
        assertEquals(500, receipt(ann.key(), id).status());
    }

    private Answer receipt(String key, String id) {
        Answer answer = client.get(key, "/api/v1/transfers/" + id + "/receipt");
        assertEquals(List.of(), file.faults("GET", "/api/v1/transfers/{id}/receipt", answer));
        return answer;
    }
}
