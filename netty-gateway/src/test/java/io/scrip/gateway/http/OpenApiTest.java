package io.scrip.gateway.http;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The file is the truth: routes, parameters, codes and real answers agree with it. */
class OpenApiTest {
    private final OpenApiFile file = new OpenApiFile();

    @Test
    void hasEveryRouteAndNoOther() {
        Set<String> routes = new TreeSet<>();
        for (Route route : ApiRoutes.all()) {
            routes.add(route.method() + " " + route.path() + " "
                    + route.access().name().toLowerCase(Locale.ROOT));
        }
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : file.root().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                documented.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " "
                        + operation.getValue().path("x-access").asString());
            }
        }
        assertEquals(documented, routes);
    }

    @Test
    void hasEveryParameterAndBody() {
        for (Route route : ApiRoutes.all()) {
            JsonNode operation = file.root()
                    .path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase(Locale.ROOT));
            Set<String> path = new TreeSet<>();
            Set<String> query = new TreeSet<>();
            for (JsonNode parameter : operation.path("parameters")) {
                JsonNode resolved = file.resolved(parameter);
                String in = resolved.path("in").asString();
                if (in.equals("path")) {
                    path.add(resolved.path("name").asString());
                } else if (in.equals("query")) {
                    query.add(resolved.path("name").asString());
                }
            }
            assertEquals(route.parameter() == null ? Set.of() : Set.of(route.parameter()), path, route.path());
            assertEquals(new TreeSet<>(parametersOf(route.endpoint())), query, route.path());
            assertEquals(route.maxBodyBytes() > 0, operation.has("requestBody"), route.path());
        }
    }

    private static Set<String> parametersOf(Endpoint endpoint) {
        if (endpoint instanceof QueryEndpoints.Transactions) {
            return Parameters.OF_TRANSACTIONS;
        }
        if (endpoint instanceof SettingQueries.Lots) {
            return SettingQueries.OF_LOTS;
        }
        if (endpoint instanceof WalletSocket) {
            return Parameters.OF_SOCKETS;
        }
        if (endpoint instanceof ArchiveEndpoints.BalancesAt) {
            return Parameters.OF_PAST_BALANCES;
        }
        if (endpoint instanceof ReceiptEndpoints.Statements) {
            return Parameters.OF_STATEMENTS;
        }
        boolean ofEvents = endpoint instanceof FeedEndpoints.Events || endpoint instanceof FeedEndpoints.LastEvent;
        return ofEvents ? Parameters.OF_EVENTS : Set.of();
    }

    @Test
    void hasEveryProblemCodeAndNoOther() {
        Set<String> used = new TreeSet<>();
        for (ProblemKind kind : ProblemKind.values()) {
            used.add(kind.code());
        }
        for (Outcome outcome : Outcome.values()) {
            OutcomeStatus row = OutcomeStatus.of(outcome);
            if (row != null && row.status() >= 400) {
                used.add(row.code());
            }
        }
        assertEquals(enumAt("/components/schemas/ProblemCode/enum"), used);
    }

    @Test
    void hasEveryKindAndStatusOfATransfer() {
        Set<String> kinds = new TreeSet<>();
        for (TransferJson.Kind kind : TransferJson.Kind.values()) {
            kinds.add(kind.code());
        }
        Set<String> statuses = new TreeSet<>();
        for (TransferJson.Status status : TransferJson.Status.values()) {
            statuses.add(status.code());
        }
        assertEquals(kinds, enumAt("/components/schemas/TransferKind/enum"));
        assertEquals(statuses, enumAt("/components/schemas/Transfer/properties/status/enum"));
    }

    private Set<String> enumAt(String place) {
        Set<String> values = new TreeSet<>();
        for (JsonNode value : file.root().at(place)) {
            values.add(value.asString());
        }
        return values;
    }

    @Test
    void givesExamplesThatFit() {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : file.root().path("paths").properties()) {
            JsonNode content = path.getValue().at("/post/requestBody/content").path("application/json");
            if (content.has("example")) {
                String schema = content.at("/schema/$ref").asString().substring("#/components/schemas/".length());
                faults.addAll(file.faults(schema, content.path("example").toString()));
            }
        }
        assertEquals(List.of(), faults);
        assertFalse(
                file.faults("TransferRequest", "{\"from\":\"w_c953cpkn4p7sz\"}").isEmpty());
    }

    @Test
    void describesRealAnswers() {
        try (TestServer server = new TestServer()) {
            Session session = new Session(file, new TestClient(server.tcpPort()));
            session.play();
            assertEquals("", String.join("\n", session.faults));
            assertTrue(session.checked > 85, "answers checked: " + session.checked);
        }
    }

    /** A client's day, every answer of which is held against the file. */
    private static final class Session {
        private static final String WALLETS = "/api/v1/wallets";
        private static final String WALLET = "/api/v1/wallets/{wallet_id}";
        private static final String LIST = "/api/v1/wallets/{wallet_id}/transactions";
        private static final String ISSUE = "/api/v1/tokens/{code}/issue";
        private static final String TRANSFERS = "/api/v1/transfers";
        private static final String BATCH = "/api/v1/transfers/batch";
        private static final String TRANSFER = "/api/v1/transfers/{id}";
        private static final String BALANCES = "/api/v1/wallets/{wallet_id}/balances";
        private static final String RECEIPT = "/api/v1/transfers/{id}/receipt";
        private static final String HOLDS = "/api/v1/holds";
        private static final String HOLD = "/api/v1/holds/{id}";
        private static final String CREDITS = "/api/v1/credits";
        private static final String OPERATOR = TestServer.OPERATOR_KEY;

        final List<String> faults = new ArrayList<>();
        private final OpenApiFile file;
        private final TestClient client;
        int checked;

        Session(OpenApiFile file, TestClient client) {
            this.file = file;
            this.client = client;
        }

        void play() {
            for (String path :
                    new String[] {"/healthz", "/readyz", "/metrics", "/openapi.yaml", "/asyncapi.yaml", "/docs"}) {
                get(null, path, "");
            }
            for (String name : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "start.js", "nothing"}) {
                get(null, "/docs/{file}", name);
            }
            String open = json("{'owner':'agent:ann','id':'%s'}", newId());
            Answer opened = post(OPERATOR, WALLETS, "", open);
            post(OPERATOR, WALLETS, "", open);
            post(OPERATOR, WALLETS, "", json("{'owner':'agent:ann'}"));
            post(OPERATOR, WALLETS, "", "{}");
            Wallet ann = new Wallet(
                    opened.json().path("wallet_id").asString(),
                    opened.json().path("api_key").asString());
            Wallet ben = client.open("agent:ben");
            post(ann.key(), WALLETS, "", open);
            post(null, WALLETS, "", open);
            String issue = json("{'id':'%s','to':'%s','amount':'50','reference':'r'}", newId(), ann.id());
            post(OPERATOR, ISSUE, "CRD", issue);
            post(OPERATOR, ISSUE, "CRD", issue);
            post(OPERATOR, ISSUE, "CRD", issue.replace("50", "51"));
            post(OPERATOR, ISSUE, "XYZ", issue.replace("019", "018"));
            post(OPERATOR, ISSUE, "CRD", issue.replace("\"50\"", "50"));
            post(ann.key(), ISSUE, "CRD", issue);
            transfers(ann, ben);
            batches(ann, ben);
            holds(ann, ben);
            reversals(ann, ben);
            credits(ann, ben);
            reads(ann, ben);
        }

        private void transfers(Wallet ann, Wallet ben) {
            String id = newId();
            String body = transfer(id, ann.id(), ben.id(), "CRD", "1").replace("}", json(",'metadata':{'a':1}}"));
            post(ann.key(), TRANSFERS, "", body);
            post(ann.key(), TRANSFERS, "", body);
            post(ann.key(), TRANSFERS, "", body.replace("\"1\"", "\"2\""));
            post(ben.key(), TRANSFERS, "", body);
            post(ann.key(), TRANSFERS, "", transfer("my-key", ann.id(), ben.id(), "CRD", "1"));
            post(ann.key(), TRANSFERS, "", body.replace("{\"a\":1}", "{\"a\":1},\"dry_run\":true"));
            String missing = transfer(newId(), ben.id(), ann.id(), "USD", "1");
            post(ben.key(), TRANSFERS, "", missing);
            post(ben.key(), TRANSFERS, "", missing);
            get(ben.key(), TRANSFER, missing.substring(7, 43));
            post(ann.key(), TRANSFERS, "", transfer(newId(), ann.id(), ann.id(), "CRD", "1"));
            String unknown = transfer(newId(), ann.id(), ben.id(), "NOPE", "1");
            post(ann.key(), TRANSFERS, "", unknown);
            get(ann.key(), TRANSFER, unknown.substring(7, 43));
            String late = transfer(newId(), ann.id(), ben.id(), "CRD", "1");
            post(ann.key(), TRANSFERS, "", late.replace("}", json(",'apply_before':'2020-01-01T00:00:00Z'}")));
            post(
                    ann.key(),
                    TRANSFERS,
                    "",
                    transfer(newId(), ann.id(), ben.id(), "CRD", "1")
                            .replace(
                                    "}",
                                    json(",'conditions':[{'measure':'version','comparison':'equal','value':99}]}")));
            post(ann.key(), TRANSFERS, "", "{" + " ".repeat(20_000));
            post(ann.key(), TRANSFERS, "", "nonsense");
            post(null, TRANSFERS, "", body);
            get(ann.key(), TRANSFER, id);
            get(OPERATOR, TRANSFER, id);
            get(ann.key(), TRANSFER, newId());
        }

        private void batches(Wallet ann, Wallet ben) {
            String batch = json(
                    "{'items':[%s,%s,%s]}",
                    transfer(newId(), ann.id(), ben.id(), "CRD", "1"),
                    transfer(newId(), ann.id(), ben.id(), "CRD", "1000"),
                    transfer(newId(), ann.id(), ben.id(), "NOPE", "1"));
            post(ann.key(), BATCH, "", batch);
            post(ann.key(), BATCH, "", batch);
            post(ann.key(), BATCH, "", batch.replace("\"1\"", "\"3\""));
            post(ann.key(), BATCH, "", "{\"items\":[]}");
            post(null, BATCH, "", batch);
        }

        private void holds(Wallet ann, Wallet ben) {
            String id = newId();
            String body = transfer(id, ann.id(), ben.id(), "CRD", "5").replace("}", json(",'timeout_seconds':'60.5'}"));
            post(ann.key(), HOLDS, "", body);
            post(ann.key(), HOLDS, "", body);
            post(ann.key(), HOLDS, "", body.replace("60.5", "61"));
            post(ann.key(), HOLDS, "", body.replace(id, newId()).replace("}", ",\"dry_run\":true}"));
            String poor = body.replace(id, newId()).replace("\"5\"", "\"5000\"");
            post(ann.key(), HOLDS, "", poor);
            get(ann.key(), HOLD, poor.substring(7, 43));
            post(ann.key(), HOLDS, "", body.replace(id, newId()).replace("60.5", "999999999"));
            get(ann.key(), HOLD, id);
            get(ben.key(), HOLD, newId());
            String part = json("{'id':'%s','amount':'2'}", newId());
            post(ben.key(), HOLD + "/post", id, part);
            post(ben.key(), HOLD + "/post", id, part);
            String much = json("{'id':'%s','amount':'20'}", newId());
            post(ben.key(), HOLD + "/post", id, much);
            get(ben.key(), TRANSFER, much.substring(7, 43));
            String longer = json("{'id':'%s','timeout_seconds':120}", newId());
            post(ann.key(), HOLD + "/extend", id, longer);
            get(ann.key(), TRANSFER, longer.substring(7, 43));
            post(ben.key(), HOLD + "/extend", id, longer.replace("019", "018"));
            post(ann.key(), HOLD + "/void", id, json("{'id':'%s'}", newId()));
            post(ben.key(), HOLD + "/void", id, json("{'id':'%s'}", newId()));
            post(ben.key(), HOLD + "/void", id, json("{'id':'%s'}", newId()));
            get(ann.key(), HOLD, id);
            post(ann.key(), HOLD + "/post", newId(), json("{'id':'%s'}", newId()));
            String multi = json(
                    "{'id':'%s','legs':[{'from':'%s','to':'%s','token':'CRD','amount':'1','from_account':0}]}",
                    newId(), ann.id(), ben.id());
            post(ann.key(), TRANSFERS, "", multi);
            get(ben.key(), TRANSFER, multi.substring(7, 43));
            String poorMulti = json(
                    "{'id':'%s','legs':[{'from':'%s','to':'%s','token':'USD','amount':'1'}]}",
                    newId(), ann.id(), ben.id());
            post(ann.key(), TRANSFERS, "", poorMulti);
            get(ann.key(), TRANSFER, poorMulti.substring(7, 43));
        }

        private void reversals(Wallet ann, Wallet ben) {
            String id = newId();
            post(ann.key(), TRANSFERS, "", transfer(id, ann.id(), ben.id(), "CRD", "2"));
            String part = json("{'id':'%s','amount':'0.5'}", newId());
            post(ben.key(), TRANSFER + "/reverse", id, part);
            post(ben.key(), TRANSFER + "/reverse", id, part);
            post(ben.key(), TRANSFER + "/reverse", id, part.replace("0.5", "0.6"));
            post(ann.key(), TRANSFER + "/reverse", id, part.replace("019", "018"));
            post(ben.key(), TRANSFER + "/reverse", newId(), part);
            post(OPERATOR, TRANSFER + "/reverse", id, part);
            get(ann.key(), TRANSFER, id);
            get(ann.key(), TRANSFER, part.substring(7, 43));
        }

        private void credits(Wallet ann, Wallet ben) {
            post(ann.key(), CREDITS + "/transfer", "", json("{'id':'%s','to':'%s','amount':'1'}", newId(), ben.id()));
            post(
                    ann.key(),
                    CREDITS + "/transfer",
                    "",
                    json("{'id':'%s','to':'%s','amount':'9999'}", newId(), ben.id()));
            post(OPERATOR, CREDITS + "/transfer", "", json("{'id':'%s','to':'%s','amount':'1'}", newId(), ben.id()));
            get(ann.key(), CREDITS + "/balance", "");
            get(OPERATOR, CREDITS + "/balance", "");
            get(ann.key(), CREDITS + "/transactions", "", "?limit=3");
            get(OPERATOR, CREDITS + "/transactions", "");
        }

        private void reads(Wallet ann, Wallet ben) {
            get(ann.key(), WALLET, ann.id());
            get(ben.key(), WALLET, ann.id());
            get(null, WALLET, ann.id());
            get(OPERATOR, WALLET, ann.id());
            get(ann.key(), LIST, ann.id(), "?limit=2");
            get(ann.key(), LIST, ann.id(), "?limit=0");
            get(ben.key(), LIST, ann.id(), "");
            get(OPERATOR, "/api/v1/trial-balance", "");
            get(ann.key(), "/api/v1/trial-balance", "");
            archive(ann, ben);
            get(ann.key(), "/ws/wallet/{wallet_id}", ann.id());
            get(null, "/ws/wallet/{wallet_id}", ann.id());
            get(ann.key(), "/ws/commands", "");
            get(null, "/ws/commands", "");
        }

        private void archive(Wallet ann, Wallet ben) {
            get(ann.key(), BALANCES, ann.id(), "?at_sequence=6");
            get(ann.key(), BALANCES, ann.id(), "?at=2020-01-01T00:00:00Z");
            get(ann.key(), BALANCES, ann.id(), "?at=2200-01-01T00:00:00Z");
            get(ann.key(), BALANCES, ann.id(), "");
            get(ben.key(), BALANCES, ann.id(), "?at_sequence=6");
            get(ann.key(), RECEIPT, newId());
            get(null, RECEIPT, newId());
            get(null, "/api/v1/proof/key", "");
            get(null, "/api/v1/proof/key", "", "?x=1");
            get(OPERATOR, "/api/v1/proof/statements", "", "?from=1&limit=3");
            get(OPERATOR, "/api/v1/proof/statements", "", "?limit=501");
            get(ann.key(), "/api/v1/proof/statements", "");
            get(OPERATOR, "/api/v1/events", "", "?from=1000000");
            get(ann.key(), "/api/v1/events", "");
            get(null, "/api/v1/events", "");
        }

        private Answer get(String key, String path, String parameter, String... query) {
            return check("GET", path, client.get(key, filled(path, parameter) + String.join("", query)));
        }

        private Answer post(String key, String path, String parameter, String body) {
            return check("POST", path, client.post(key, filled(path, parameter), body));
        }

        private Answer check(String method, String path, Answer answer) {
            faults.addAll(file.faults(method, path, answer));
            checked++;
            return answer;
        }

        private static String filled(String path, String parameter) {
            return path.replaceAll("\\{[a-z_]+}", parameter);
        }
    }
}
