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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Parents, limits, budgets, allow-lists and the kill switch: set, read, and felt by those who pay. */
class ControlsTest {
    private static final String OPERATOR = TestServer.OPERATOR_KEY;

    private static TestServer server;
    private static TestClient client;
    private static int families;

    /** A human over an agent, and a shop that is paid. */
    private Wallet human;

    private Wallet agent;
    private Wallet shop;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeAFamily() {
        families++;
        human = client.open("human:h" + families);
        agent = client.open("agent:a" + families);
        shop = client.open("agent:shop" + families);
        client.issue("CRD", agent.id(), "100");
        assertEquals(
                201,
                set(OPERATOR, agent, "parent", json("{'parent':'%s'}", human.id()))
                        .status());
    }

    private static Answer set(String key, Wallet wallet, String what, String body) {
        return client.post(key, path(wallet, what), body);
    }

    private static String path(Wallet wallet, String what) {
        return "/api/v1/wallets/" + wallet.id() + "/" + what;
    }

    private Answer pay(String amount) {
        return client.post(agent.key(), "/api/v1/transfers", transfer(newId(), agent.id(), shop.id(), "CRD", amount));
    }

    private static JsonNode controls(String key, Wallet wallet) {
        Answer answer = client.get(key, path(wallet, "controls"));
        assertEquals(200, answer.status(), answer.body());
        return answer.json();
    }

    private static void expectReplay(String key, Wallet wallet, String what, String body, Answer first) {
        Answer again = set(key, wallet, what, body);
        assertEquals(first.status(), again.status());
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        assertNull(first.header("Idempotent-Replayed"));
    }

    @Test
    void aParentIsSetSeenAndTakenAway() {
        String body = json("{'id':'%s','parent':'%s'}", newId(), human.id());
        Answer first = set(OPERATOR, shop, "parent", body);
        assertEquals(201, first.status(), first.body());
        assertEquals(human.id(), first.json().path("parent").asString());
        expectReplay(OPERATOR, shop, "parent", body, first);
        assertEquals(
                "parent",
                set(OPERATOR, shop, "parent", body.replace(human.id(), agent.id()))
                        .field());
        assertEquals(human.id(), controls(shop.key(), shop).path("parent").asString());
        assertEquals(2, controls(human.key(), human).path("below").asInt());
        assertEquals(201, set(OPERATOR, shop, "parent", json("{'parent':null}")).status());
        assertTrue(controls(shop.key(), shop).path("parent").isNull());
    }

    @Test
    void aHierarchyThatCannotBeIsRefusedWithItsNumbers() {
        Answer cycle = set(OPERATOR, human, "parent", json("{'parent':'%s'}", agent.id()));
        assertEquals(422, cycle.status());
        assertEquals("parent_cycle", cycle.code());
        assertEquals(
                "same_wallet",
                set(OPERATOR, human, "parent", json("{'parent':'%s'}", human.id()))
                        .code());
        Answer unknown = set(OPERATOR, human, "parent", json("{'parent':'w_0000000000000'}"));
        assertEquals(422, unknown.status());
        assertEquals("unknown_parent", unknown.code());
        Wallet above = agent;
        for (int level = 3; level <= 8; level++) {
            Wallet below = client.open("agent:deep" + families + "-" + level);
            assertEquals(
                    201,
                    set(OPERATOR, below, "parent", json("{'parent':'%s'}", above.id()))
                            .status());
            above = below;
        }
        Answer deep = set(OPERATOR, shop, "parent", json("{'parent':'%s'}", above.id()));
        assertEquals(422, deep.status());
        assertEquals("hierarchy_too_deep", deep.code());
        assertEquals(1, deep.json().path("needed").asInt());
        assertEquals(0, deep.json().path("available").asInt(-1));
        assertEquals(8, deep.json().path("limit").asInt());
    }

    @Test
    void aLimitIsSetFeltAndShownWithWhatIsUsed() {
        String body = json("{'id':'%s','token':'CRD','window':'thirty_days','max_count':3,'max_sum':'10'}", newId());
        Answer first = set(human.key(), agent, "limits", body);
        assertEquals(201, first.status(), first.body());
        assertEquals("thirty_days", first.json().path("window").asString());
        assertEquals(3, first.json().path("max_count").asInt());
        assertEquals("10", first.json().path("max_sum").asString());
        expectReplay(human.key(), agent, "limits", body, first);
        assertEquals(
                "max_count",
                set(human.key(), agent, "limits", body.replace(":3", ":4")).field());

        assertEquals(201, pay("4").status());
        Answer sum = pay("6.5");
        assertEquals(422, sum.status());
        assertEquals("sum_limit_exceeded", sum.code());
        expectNumbers(sum, "6.5", "6", "10", "thirty_days", agent);
        assertEquals(201, pay("1").status());
        assertEquals(201, pay("1").status());
        Answer count = pay("1");
        assertEquals("count_limit_exceeded", count.code());
        assertEquals(1, count.json().path("needed").asInt());
        assertEquals(0, count.json().path("available").asInt(-1));
        assertEquals(3, count.json().path("limit").asInt());
        assertEquals("thirty_days", count.json().path("window").asString());

        JsonNode limit = controls(agent.key(), agent).path("limits").get(0);
        assertEquals("main", limit.path("name").asString());
        assertEquals(3, limit.path("used_count").asInt());
        assertEquals(0, limit.path("left_count").asInt(-1));
        assertEquals("6", limit.path("used_sum").asString());
        assertEquals("4", limit.path("left_sum").asString());

        String none = json("{'token':'CRD','window':'thirty_days','max_count':null,'max_sum':null}");
        Answer removed = set(human.key(), agent, "limits", none);
        assertEquals(201, removed.status());
        assertTrue(removed.json().path("max_sum").isNull());
        assertEquals(0, controls(agent.key(), agent).path("limits").size());
        assertEquals(201, pay("50").status());
    }

    private static void expectNumbers(
            Answer answer, String needed, String available, String limit, String window, Wallet whose) {
        assertEquals(needed, answer.json().path("needed").asString());
        assertEquals(available, answer.json().path("available").asString());
        assertEquals(limit, answer.json().path("limit").asString());
        assertEquals(window, answer.json().path("window").asString());
        assertEquals(whose.id(), answer.json().path("wallet_id").asString());
    }

    @Test
    void budgetsBindTheWalletItselfAndThoseBelow() {
        String below = json(
                "{'id':'%s','token':'CRD','scope':'below','per_call':'20','per_day':null,'per_month':'30'}", newId());
        Answer first = set(human.key(), human, "budgets", below);
        assertEquals(201, first.status(), first.body());
        assertEquals("below", first.json().path("scope").asString());
        assertTrue(first.json().path("per_day").isNull());
        expectReplay(human.key(), human, "budgets", below, first);
        assertEquals(
                "per_month",
                set(human.key(), human, "budgets", below.replace("\"30\"", "\"31\""))
                        .field());
        String own = json("{'token':'CRD','scope':'own','per_call':null,'per_day':'25','per_month':null}");
        assertEquals(201, set(human.key(), agent, "budgets", own).status());

        expectNumbers(pay("21"), "21", "20", "20", "call", human);
        assertEquals(201, pay("18").status());
        Answer day = pay("8");
        assertEquals("day_budget_exceeded", day.code());
        expectNumbers(day, "8", "7", "25", "calendar_day", agent);
        set(human.key(), agent, "budgets", own.replace("25", "99"));
        Answer month = pay("13");
        assertEquals("month_budget_exceeded", month.code());
        expectNumbers(month, "13", "12", "30", "calendar_month", human);

        JsonNode seen = controls(human.key(), human).path("budgets").get(0);
        assertEquals("18", seen.path("spent_this_month").asString());
        assertEquals("12", seen.path("left_this_month").asString());
        assertTrue(seen.path("left_today").isNull());
        JsonNode agents = controls(human.key(), agent).path("budgets").get(0);
        assertEquals("own", agents.path("scope").asString());
        assertEquals("18", agents.path("spent_today").asString());
        assertEquals("81", agents.path("left_today").asString());
    }

    @Test
    void theReplayOfARefusalByABudgetIsTheFirstAnswer() {
        String own = json("{'token':'CRD','scope':'own','per_call':'1','per_day':null,'per_month':null}");
        set(human.key(), agent, "budgets", own);
        String body = transfer(newId(), agent.id(), shop.id(), "CRD", "2");
        Answer first = client.post(agent.key(), "/api/v1/transfers", body);
        assertEquals("per_call_exceeded", first.code());
        set(human.key(), agent, "budgets", own.replace("\"1\"", "\"5\""));
        Answer again = client.post(agent.key(), "/api/v1/transfers", body);
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
    }

    @Test
    void aBatchSaysWhoseBudgetRefusedAnItem() {
        String own = json("{'token':'CRD','scope':'own','per_call':'1','per_day':null,'per_month':null}");
        set(human.key(), agent, "budgets", own);
        String batch = json("{'items':[%s]}", transfer(newId(), agent.id(), shop.id(), "CRD", "2"));
        Answer first = client.post(agent.key(), "/api/v1/transfers/batch", batch);
        JsonNode item = first.json().path("results").get(0);
        assertEquals("call", item.path("window").asString());
        assertEquals(agent.id(), item.path("wallet_id").asString());
        assertEquals(
                first.body(),
                client.post(agent.key(), "/api/v1/transfers/batch", batch).body());
    }

    @Test
    void whatTheOperatorHasSetThoseAboveDoNotChange() {
        String own = json("{'token':'CRD','scope':'own','per_call':'1','per_day':null,'per_month':null}");
        assertEquals(201, set(OPERATOR, agent, "budgets", own).status());
        Answer refused = set(human.key(), agent, "budgets", own.replace("\"1\"", "\"2\""));
        assertEquals(403, refused.status());
        assertEquals("not_authorized", refused.code());
        assertEquals(403, set(agent.key(), agent, "budgets", own).status());
    }

    @Test
    void aWalletWithAListPaysOnlyThoseOnIt() {
        String body = json("{'id':'%s','counterparty':'%s'}", newId(), human.id());
        Answer first = set(human.key(), agent, "counterparties", body);
        assertEquals(201, first.status(), first.body());
        assertTrue(first.json().path("allowed").asBoolean());
        expectReplay(human.key(), agent, "counterparties", body, first);
        assertEquals(
                "kind", set(human.key(), agent, "counterparties/remove", body).field());
        assertEquals(
                "counterparty",
                set(human.key(), agent, "counterparties", body.replace(human.id(), shop.id()))
                        .field());
        Answer refused = pay("1");
        assertEquals(422, refused.status());
        assertEquals("counterparty_not_allowed", refused.code());
        assertEquals(
                json("['%s']", human.id()),
                controls(agent.key(), agent).path("counterparties").toString());
        String shopOnly = json("{'counterparty':'%s'}", shop.id());
        assertEquals(201, set(human.key(), agent, "counterparties", shopOnly).status());
        assertEquals(201, pay("1").status());
        Answer removed = set(
                human.key(),
                agent,
                "counterparties/remove",
                json("{'id':'%s','counterparty':'%s'}", newId(), shop.id()));
        assertEquals(201, removed.status());
        assertTrue(!removed.json().path("allowed").asBoolean(true));
        assertEquals("counterparty_not_allowed", pay("1").code());
        Answer unknown = set(human.key(), agent, "counterparties", json("{'counterparty':'w_0000000000000'}"));
        assertEquals(422, unknown.status());
        assertEquals("unknown_counterparty", unknown.code());
        assertEquals(
                "same_wallet",
                set(human.key(), agent, "counterparties", json("{'counterparty':'%s'}", agent.id()))
                        .code());
    }

    @Test
    void aListHasSixtyFourEntries() {
        for (int i = 0; i < 64; i++) {
            Wallet one = client.open("agent:listed" + families + "-" + i);
            assertEquals(
                    201,
                    set(OPERATOR, agent, "counterparties", json("{'counterparty':'%s'}", one.id()))
                            .status());
        }
        Answer full = set(OPERATOR, agent, "counterparties", json("{'counterparty':'%s'}", shop.id()));
        assertEquals(422, full.status());
        assertEquals("too_many_counterparties", full.code());
        assertEquals(64, full.json().path("limit").asInt());
    }

    @Test
    void theKillSwitchStopsAWalletAndItsOwnerDoesNotTurnItOff() {
        String on = json("{'id':'%s','on':true,'reason':'it runs wild'}", newId());
        Answer first = set(agent.key(), agent, "kill-switch", on);
        assertEquals(201, first.status(), first.body());
        assertTrue(first.json().path("on").asBoolean());
        assertEquals("it runs wild", first.json().path("reason").asString());
        expectReplay(agent.key(), agent, "kill-switch", on, first);
        assertEquals(
                "on",
                set(agent.key(), agent, "kill-switch", on.replace("true", "false"))
                        .field());
        assertTrue(controls(agent.key(), agent).path("kill_switch").asBoolean());
        assertEquals(
                403,
                set(agent.key(), agent, "kill-switch", json("{'on':false}")).status());
        Answer stopped = pay("1");
        assertEquals(422, stopped.status());
        assertEquals("killed", stopped.code());
        assertEquals(agent.id(), stopped.json().path("wallet_id").asString());
        assertEquals(
                201,
                set(human.key(), agent, "kill-switch", json("{'on':false}")).status());
        assertEquals(201, pay("1").status());
        set(OPERATOR, human, "kill-switch", json("{'on':true}"));
        assertEquals(human.id(), controls(agent.key(), agent).path("killed_by").asString());
        assertEquals(human.id(), pay("1").json().path("wallet_id").asString());
    }
}
