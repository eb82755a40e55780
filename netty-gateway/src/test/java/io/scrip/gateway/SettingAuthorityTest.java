package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.json.WalletIds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every route by which something is set or told, against every kind of caller; and that nobody learns whether there is
 * a wallet that is none of its business.
 */
class SettingAuthorityTest {
    /** The id of a wallet that has not been opened yet. */
    private static final String NOWHERE = WalletIds.toText(1_000_000);

    private static TestServer server;
    private static TestClient client;
    private static Wallet parent;
    private static Wallet owner;
    private static Wallet other;
    private static Wallet closed;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
        parent = client.open("human:parent");
        owner = client.open("agent:owner");
        other = client.open("agent:other");
        closed = client.open("agent:closed");
        String below = json("{'parent':'%s'}", parent.id());
        operator("/api/v1/wallets/" + owner.id() + "/parent", below);
        operator("/api/v1/wallets/" + closed.id() + "/close", "{}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void operator(String path, String body) {
        Answer answer = client.post(TestServer.OPERATOR_KEY, path, body);
        assertEquals(201, answer.status(), answer.body());
    }

    private static final String LIMIT = "{'token':'CRD','window':'hour','max_count':null,'max_sum':null}";
    private static final String OWN = "{'token':'CRD','scope':'own','per_call':null,'per_day':null,'per_month':null}";
    private static final String BELOW =
            "{'token':'CRD','scope':'below','per_call':null,'per_day':null,'per_month':null}";
    private static final String BOUNDS = "{'token':'CRD','floor':'0','ceiling':null}";
    private static final String FEE =
            "{'kind':'tip','payer':'sender','basis_points':0,'minimum_units':'0','maximum_units':'0',"
                    + "'revenue_wallet':'w_0000000000000'}";

    /** Columns: nobody, a made-up key, the owner, a wallet above it, another wallet, the operator. */
    private static final String[] MATRIX = {
        "GET  /api/v1/tokens                      | 401 401 200 200 200 200 |",
        "GET  /api/v1/fees                        | 401 401 200 200 200 200 |",
        "GET  /api/v1/wallets/OWNER/accounts      | 401 401 200 404 404 200 |",
        "GET  /api/v1/wallets/NOWHERE/accounts    | 401 401 404 404 404 404 |",
        "GET  /api/v1/wallets/nonsense/accounts   | 401 401 404 404 404 404 |",
        "GET  /api/v1/wallets/OWNER/lots?token=CRD | 401 401 200 404 404 200 |",
        "GET  /api/v1/wallets/NOWHERE/lots?token=CRD | 401 401 404 404 404 404 |",
        "GET  /api/v1/wallets/OWNER/controls      | 401 401 200 200 404 200 |",
        "GET  /api/v1/wallets/NOWHERE/controls    | 401 401 404 404 404 404 |",
        "GET  /api/v1/wallets/nonsense/controls   | 401 401 404 404 404 404 |",
        "POST /api/v1/tokens                      | 401 401 403 403 403 409 | {'code':'CRD','scale':6,'transferable':true}",
        "POST /api/v1/fees                        | 401 401 403 403 403 422 | " + FEE,
        "POST /api/v1/wallets/OWNER/freeze        | 401 401 403 403 403 201 | {}",
        "POST /api/v1/wallets/OWNER/unfreeze      | 401 401 403 403 403 201 | {}",
        "POST /api/v1/wallets/NOWHERE/unfreeze    | 401 401 403 403 403 404 | {}",
        "POST /api/v1/wallets/OWNER/close         | 401 401 403 403 403 201 | {'token':'CRD','account':999}",
        "POST /api/v1/wallets/NOWHERE/close       | 401 401 403 403 403 404 | {}",
        "POST /api/v1/wallets/OWNER/bounds        | 401 401 403 403 403 201 | " + BOUNDS,
        "POST /api/v1/wallets/NOWHERE/bounds      | 401 401 403 403 403 404 | " + BOUNDS,
        "POST /api/v1/wallets/OWNER/parent        | 401 401 403 403 403 201 | {'parent':'PARENT'}",
        "POST /api/v1/wallets/NOWHERE/parent      | 401 401 403 403 403 404 | {'parent':'PARENT'}",
        "POST /api/v1/wallets/OWNER/limits        | 401 401 403 201 404 201 | " + LIMIT,
        "POST /api/v1/wallets/CLOSED/limits       | 401 401 404 404 404 409 | " + LIMIT,
        "POST /api/v1/wallets/NOWHERE/limits      | 401 401 404 404 404 404 | " + LIMIT,
        "POST /api/v1/wallets/nonsense/limits     | 401 401 404 404 404 404 | " + LIMIT,
        "POST /api/v1/wallets/OWNER/budgets       | 401 401 403 201 404 201 | " + OWN,
        "POST /api/v1/wallets/OWNER/budgets       | 401 401 201 201 404 201 | " + BELOW,
        "POST /api/v1/wallets/CLOSED/budgets      | 401 401 404 404 404 409 | " + BELOW,
        "POST /api/v1/wallets/NOWHERE/budgets     | 401 401 404 404 404 404 | " + BELOW,
        "POST /api/v1/wallets/OWNER/counterparties/remove | 401 401 403 201 404 201 | {'counterparty':'OTHER'}",
        "POST /api/v1/wallets/CLOSED/counterparties/remove | 401 401 404 404 404 409 | {'counterparty':'OTHER'}",
        "POST /api/v1/wallets/NOWHERE/counterparties/remove | 401 401 404 404 404 404 | {'counterparty':'OTHER'}",
        "POST /api/v1/wallets/OWNER/counterparties | 401 401 403 201 404 201 | {'counterparty':'OTHER'}",
        "POST /api/v1/wallets/CLOSED/counterparties | 401 401 404 404 404 409 | {'counterparty':'OTHER'}",
        "POST /api/v1/wallets/NOWHERE/counterparties | 401 401 404 404 404 404 | {'counterparty':'OTHER'}",
        "POST /api/v1/wallets/OWNER/kill-switch   | 401 401 201 201 404 201 | {'on':true}",
        "POST /api/v1/wallets/OWNER/kill-switch   | 401 401 403 201 404 201 | {'on':false}",
        "POST /api/v1/wallets/CLOSED/kill-switch  | 401 401 404 404 404 409 | {'on':true}",
        "POST /api/v1/wallets/NOWHERE/kill-switch | 401 401 404 404 404 404 | {'on':true}"
    };

    @Test
    void letsEachCallerDoWhatItMay() {
        String madeUp = owner.key().substring(0, owner.key().length() - 3) + "AAA";
        String[] keys = {null, madeUp, owner.key(), parent.key(), other.key(), TestServer.OPERATOR_KEY};
        StringBuilder wrong = new StringBuilder();
        for (String line : MATRIX) {
            String[] cells = filled(line).split("\\|", 3);
            String path = cells[0].substring(5).trim();
            String[] statuses = cells[1].trim().split(" ");
            for (int i = 0; i < keys.length; i++) {
                Answer answer = cells[0].startsWith("GET")
                        ? client.get(keys[i], path)
                        : client.post(keys[i], path, json(cells[2].trim()));
                if (answer.status() != Integer.parseInt(statuses[i])) {
                    wrong.append(line + " column " + i + ": " + answer.status() + " " + answer.body() + '\n');
                }
            }
        }
        assertEquals("", wrong.toString());
    }

    private static String filled(String line) {
        return line.replace("OWNER", owner.id())
                .replace("OTHER", other.id())
                .replace("CLOSED", closed.id())
                .replace("PARENT", parent.id())
                .replace("NOWHERE", NOWHERE);
    }

    @Test
    void saysTheSameToAStrangerAboutWhatIsThereAndWhatIsNot() {
        String[][] requests = {
            {"limits", LIMIT},
            {"budgets", OWN},
            {"budgets", BELOW},
            {"counterparties", json("{'counterparty':'%s'}", other.id())},
            {"counterparties", json("{'counterparty':'w_0000000000001'}")},
            {"counterparties/remove", json("{'counterparty':'w_0000000000001'}")},
            {"limits", LIMIT.replace("'window'", "'account':1,'window'")},
            {"kill-switch", "{'on':true}"},
            {"accounts", null},
            {"lots?token=CRD", null},
            {"lots?token=NOPE", null},
            {"controls", null}
        };
        for (String[] request : requests) {
            String notThere = askAsOther(NOWHERE, request[0], request[1]);
            for (Wallet wallet : new Wallet[] {parent, owner, closed}) {
                assertEquals(notThere, askAsOther(wallet.id(), request[0], request[1]), request[0]);
            }
        }
    }

    private static String askAsOther(String wallet, String what, String body) {
        String path = "/api/v1/wallets/" + wallet + "/" + what;
        Answer answer = body == null ? client.get(other.key(), path) : client.post(other.key(), path, json(body));
        assertEquals(404, answer.status(), what + ": " + answer.body());
        assertEquals("unknown_wallet", answer.code());
        return answer.body().replaceAll("(req|evt)-[^\"]*", "$1");
    }

    @Test
    void theReplayOfARefusalSaysNoMoreThanTheFirstAnswer() {
        String body = json("{'id':'%s','on':true}", TestClient.newId());
        String path = "/api/v1/wallets/" + owner.id() + "/kill-switch";
        Answer first = client.post(other.key(), path, body);
        Answer again = client.post(other.key(), path, body);
        assertEquals(404, first.status());
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        Answer foreign = client.post(parent.key(), path, body);
        assertEquals(403, foreign.status());
        assertEquals("foreign_id", foreign.code());
    }
}
