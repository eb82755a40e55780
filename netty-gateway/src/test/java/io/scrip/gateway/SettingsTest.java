package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.ReplySink;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens, fees, accounts with their bounds and flags: what the operator sets, and what of it can be read. */
class SettingsTest {
    private static final String OPERATOR = TestServer.OPERATOR_KEY;
    private static final String WALLETS = "/api/v1/wallets/";

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

    private static Answer post(String path, String body) {
        return client.post(OPERATOR, path, body);
    }

    private static Wallet rich(String owner, String amount) {
        Wallet wallet = client.open(owner);
        assertEquals(201, client.issue("CRD", wallet.id(), amount).status());
        return wallet;
    }

    private static JsonNode account(Wallet wallet, String token, int code) {
        for (JsonNode account : client.get(wallet.key(), WALLETS + wallet.id() + "/accounts")
                .json()
                .path("data")) {
            if (account.path("token").asString().equals(token)
                    && account.path("account").asInt() == code) {
                return account;
            }
        }
        throw new AssertionError("no account " + code + " in " + token);
    }

    /** Sends the same again and expects the first answer, byte by byte. */
    private static void expectReplay(String key, String path, String body, Answer first) {
        Answer again = client.post(key, path, body);
        assertEquals(first.status(), again.status());
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        assertNull(first.header("Idempotent-Replayed"));
    }

    @Test
    void aTokenIsRegisteredOnceAndKnownAtOnce() {
        String body = json("{'id':'%s','code':'GOLD','scale':3,'transferable':true}", newId());
        Answer first = post("/api/v1/tokens", body);
        assertEquals(201, first.status(), first.body());
        assertEquals("GOLD", first.json().path("code").asString());
        assertEquals(3, first.json().path("scale").asInt());
        assertTrue(first.json().path("transferable").asBoolean());
        expectReplay(OPERATOR, "/api/v1/tokens", body, first);

        Wallet ann = client.open("agent:gold-ann");
        assertEquals(201, client.issue("GOLD", ann.id(), "0.001").status());
        assertEquals(
                "too_many_decimals", client.issue("GOLD", ann.id(), "0.0001").code());

        Answer tokens = client.get(ann.key(), "/api/v1/tokens");
        assertEquals(200, tokens.status());
        assertTrue(tokens.body().contains(json("{'code':'GOLD','scale':3,'transferable':true}")), tokens.body());
        assertTrue(tokens.body().contains(json("{'code':'REP','scale':6,'transferable':false}")), tokens.body());

        Answer twice = post("/api/v1/tokens", json("{'code':'GOLD','scale':3,'transferable':true}"));
        assertEquals(409, twice.status());
        assertEquals("token_exists", twice.code());
        Answer other = post("/api/v1/tokens", body.replace("\"scale\":3", "\"scale\":4"));
        assertEquals(422, other.status());
        assertEquals("idempotency_conflict", other.code());
        assertEquals("scale", other.field());
    }

    @Test
    void aFeeScheduleIsSetReadAndReplacedByTheNext() {
        Wallet house = client.open("platform:fees");
        String form = "{'id':'%s','kind':'tip','payer':'sender','basis_points':500,'minimum_units':'1',"
                + "'maximum_units':null,'revenue_wallet':'%s'}";
        String body = json(form, newId(), house.id());
        Answer first = post("/api/v1/fees", body);
        assertEquals(201, first.status(), first.body());
        assertEquals("tip", first.json().path("kind").asString());
        assertEquals(house.id(), first.json().path("revenue_wallet").asString());
        assertTrue(first.json().path("maximum_units").isNull());
        expectReplay(OPERATOR, "/api/v1/fees", body, first);
        Answer conflict = post("/api/v1/fees", body.replace(":500,", ":501,"));
        assertEquals("basis_points", conflict.field());

        String tip = json("{'kind':'tip','payer':'sender','basis_points':500,'minimum_units':'1','maximum_units':null");
        Answer seen = client.get(house.key(), "/api/v1/fees");
        assertTrue(seen.body().contains(tip + "}"), seen.body());
        Answer operators = client.get(OPERATOR, "/api/v1/fees");
        assertTrue(operators.body().contains(tip + json(",'revenue_wallet':'%s'}", house.id())), operators.body());

        String next = json(form, newId(), house.id())
                .replace(":500,", ":250,")
                .replace("null", "\"100\"")
                .replace("sender", "receiver");
        assertEquals(201, post("/api/v1/fees", next).status());
        Answer replaced = client.get(house.key(), "/api/v1/fees");
        assertTrue(replaced.body().contains(json("'payer':'receiver','basis_points':250")), replaced.body());
        assertFalse(replaced.body().contains(json("'basis_points':500")), replaced.body());
    }

    @Test
    void aFeeThatContradictsItselfOrHasNobodyToEarnItIsRefused() {
        Wallet house = client.open("platform:no-fees");
        String form = "{'kind':'service','payer':'sender','basis_points':1,'minimum_units':'%s','maximum_units':'%s',"
                + "'revenue_wallet':'%s'}";
        Answer contradiction = post("/api/v1/fees", json(form, "2", "1", house.id()));
        assertEquals(422, contradiction.status());
        assertEquals("bad_fee", contradiction.code());
        Answer nobody = post("/api/v1/fees", json(form, "1", "2", "w_0000000000000"));
        assertEquals(422, nobody.status(), "a wallet in the body is no resource");
        assertEquals("unknown_wallet", nobody.code());
    }

    @Test
    void aFrozenWalletNeitherPaysNorIsPaidUntilItIsUnfrozen() {
        Wallet ann = rich("agent:frozen-ann", "10");
        Wallet ben = rich("agent:frozen-ben", "10");
        String freeze = json("{'id':'%s','reason':'asked for'}", newId());
        String path = WALLETS + ann.id() + "/freeze";
        Answer first = post(path, freeze);
        assertEquals(201, first.status(), first.body());
        assertEquals("freeze", first.json().path("change").asString());
        assertEquals("asked for", first.json().path("reason").asString());
        assertTrue(first.json().path("token").isNull());
        assertTrue(first.json().path("account").isNull());
        expectReplay(OPERATOR, path, freeze, first);
        Answer conflict = post(WALLETS + ben.id() + "/freeze", freeze);
        assertEquals("idempotency_conflict", conflict.code());
        assertEquals("wallet_id", conflict.field());
        assertEquals("change", post(WALLETS + ann.id() + "/unfreeze", freeze).field());

        assertTrue(
                client.get(ann.key(), WALLETS + ann.id()).json().path("locked").asBoolean());
        Answer pays = client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"));
        assertEquals(409, pays.status());
        assertEquals("from_frozen", pays.code());
        Answer paid = client.post(ben.key(), "/api/v1/transfers", transfer(newId(), ben.id(), ann.id(), "CRD", "1"));
        assertEquals(409, paid.status());
        assertEquals("to_frozen", paid.code());

        assertEquals(201, post(WALLETS + ann.id() + "/unfreeze", "{}").status());
        assertFalse(
                client.get(ann.key(), WALLETS + ann.id()).json().path("locked").asBoolean());
        assertEquals(
                201,
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"))
                        .status());
    }

    @Test
    void oneAccountIsFrozenByItself() {
        Wallet ann = rich("agent:half-frozen", "10");
        client.issue("USD", ann.id(), "5");
        Wallet ben = client.open("agent:half-frozen-friend");
        Answer frozen = post(WALLETS + ann.id() + "/freeze", json("{'token':'CRD','account':0}"));
        assertEquals(201, frozen.status(), frozen.body());
        assertEquals(0, frozen.json().path("account").asInt(-1));
        assertTrue(account(ann, "CRD", 0).path("frozen").asBoolean());
        assertFalse(account(ann, "USD", 0).path("frozen").asBoolean());
        assertEquals(
                "from_frozen",
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"))
                        .code());
        assertEquals(
                201,
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "USD", "1"))
                        .status());
    }

    @Test
    void onlyWhatIsEmptyIsClosedAndForEver() {
        Wallet ann = rich("agent:closing", "1");
        Wallet ben = client.open("agent:closing-friend");
        Answer refused = post(WALLETS + ann.id() + "/close", "{}");
        assertEquals(409, refused.status());
        assertEquals("not_empty", refused.code());
        client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"));
        assertEquals(
                201,
                post(WALLETS + ann.id() + "/close", json("{'token':'CRD','account':300}"))
                        .status());
        assertTrue(account(ann, "CRD", 300).path("closed").asBoolean());
        assertEquals(201, post(WALLETS + ann.id() + "/close", "{}").status());
        Answer again = post(WALLETS + ann.id() + "/unfreeze", "{}");
        assertEquals(409, again.status());
        assertEquals("closed", again.code());
    }

    @Test
    void aFloorBelowZeroIsACreditLineAndNullIsUnlimited() {
        Wallet ann = client.open("agent:credit-line");
        Wallet ben = client.open("agent:creditor");
        String path = WALLETS + ann.id() + "/bounds";
        String body = json("{'id':'%s','token':'CRD','floor':'-100.5','ceiling':'7'}", newId());
        Answer first = post(path, body);
        assertEquals(201, first.status(), first.body());
        assertEquals("-100.5", first.json().path("floor").asString());
        assertEquals("7", first.json().path("ceiling").asString());
        assertEquals(0, first.json().path("account").asInt(-1));
        expectReplay(OPERATOR, path, body, first);
        assertEquals("floor", post(path, body.replace("100.5", "100")).field());
        assertEquals("-100.5", account(ann, "CRD", 0).path("floor").asString());
        assertEquals("7", account(ann, "CRD", 0).path("ceiling").asString());
        assertEquals("100.5", account(ann, "CRD", 0).path("available").asString());

        Answer tooMuch = client.issue("CRD", ann.id(), "8");
        assertEquals("ceiling_exceeded", tooMuch.code());
        assertEquals(
                201,
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "100.5"))
                        .status());
        Answer more =
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "0.000001"));
        assertEquals(402, more.status());

        Answer unlimited = post(path, json("{'token':'CRD','floor':null,'ceiling':null}"));
        assertEquals(201, unlimited.status());
        assertTrue(unlimited.json().path("floor").isNull());
        assertTrue(account(ann, "CRD", 0).path("available").isNull());
        assertTrue(account(ann, "CRD", 0).path("ceiling").isNull());
    }

    @Test
    void boundsThatCannotHoldAreRefusedWithTheirNumbers() {
        Wallet ann = client.open("agent:bounds");
        String path = WALLETS + ann.id() + "/bounds";
        String body = json("{'id':'%s','token':'CRD','floor':'2.5','ceiling':'-1'}", newId());
        Answer crossed = post(path, body);
        assertEquals(422, crossed.status());
        assertEquals("bad_bounds", crossed.code());
        assertEquals("2.5", crossed.json().path("needed").asString());
        assertEquals("-1", crossed.json().path("limit").asString());
        expectReplay(OPERATOR, path, body, crossed);
        Answer token = post(path, json("{'token':'NOPE','floor':'1','ceiling':null}"));
        assertEquals(422, token.status());
        assertEquals("unknown_token", token.code());
        Answer code = post(path, json("{'token':'CRD','account':1,'floor':'1','ceiling':null}"));
        assertEquals(422, code.status());
        assertEquals("unknown_account", code.code());
    }

    @Test
    void theAccountsOfAWalletAreListedOneByOneAndItsStakeInTheTotal() throws Exception {
        Wallet ann = rich("agent:staker", "10");
        move(ann, "CRD", 4_000_000, 2);
        move(ann, "CRD", 500_000, 300);
        JsonNode main = account(ann, "CRD", 0);
        assertEquals("main", main.path("name").asString());
        assertEquals("5.5", main.path("posted").asString());
        assertEquals("5.5", main.path("available").asString());
        assertEquals("4.5", main.path("debits_posted").asString());
        assertEquals("10", main.path("credits_posted").asString());
        assertEquals("0", main.path("floor").asString());
        assertTrue(main.path("ceiling").isNull());
        assertEquals(3, main.path("version").asInt());
        assertEquals("stake", account(ann, "CRD", 2).path("name").asString());
        assertEquals("4", account(ann, "CRD", 2).path("posted").asString());
        assertTrue(account(ann, "CRD", 300).path("name").isNull());
        assertEquals("0", account(ann, "USD", 0).path("posted").asString());
        JsonNode balance = client.get(ann.key(), WALLETS + ann.id())
                .json()
                .path("balances")
                .get(0);
        assertEquals("4", balance.path("staked").asString());
        assertEquals("9.5", balance.path("total").asString(), "posted and staked; what lies elsewhere is neither");
        assertEquals("5.5", balance.path("available").asString());
    }

    @Test
    void anIdThatIsNoUuidIsAdvisedAgainstAndOneThatIsMissingIsMade() {
        Wallet ann = client.open("agent:advised");
        Answer advised = client.post(OPERATOR, WALLETS + ann.id() + "/freeze", "{}", "Idempotency-Key", "my-freeze");
        assertEquals(201, advised.status());
        assertTrue(advised.header("Scrip-Id-Advice").contains("UUIDv7"));
        Answer made = post(WALLETS + ann.id() + "/freeze", "{}");
        assertEquals(201, made.status());
        assertEquals('7', made.json().path("id").asString().charAt(14));
        assertEquals(
                "id_mismatch",
                client.post(
                                OPERATOR,
                                WALLETS + ann.id() + "/freeze",
                                json("{'id':'%s'}", newId()),
                                "Idempotency-Key",
                                "my-freeze")
                        .code());
    }

    @Test
    void theIdOfAnotherSettingIsNoTransfer() {
        Wallet ann = client.open("agent:not-a-transfer");
        String id = newId();
        assertEquals(
                201,
                post(WALLETS + ann.id() + "/freeze", json("{'id':'%s'}", id)).status());
        assertEquals(404, client.get(OPERATOR, "/api/v1/transfers/" + id).status());
        Answer taken = client.post(ann.key(), "/api/v1/transfers", transfer(id, ann.id(), ann.id(), "CRD", "1"));
        assertEquals(403, taken.status());
        assertEquals("foreign_id", taken.code());
    }

    /** Moves value to a sub-account of the same wallet, behind the gateway's back. */
    private static void move(Wallet wallet, String token, long units, int account) throws Exception {
        UnsafeBuffer message = new UnsafeBuffer(new byte[512]);
        TransferEncoder command = new TransferEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        command.id().high(99).low(units);
        long number = WalletIds.decode(wallet.id());
        command.caller().role(Role.WALLET).wallet(number);
        command.from(number).to(number).token(TokenCodes.parse(token)).amount(units);
        command.toAccount(account).conditionsCount(0);
        command.reference("").metadata("");
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ReplySink sink = new ReplySink() {
            @Override
            public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                outcome.complete(new CommandReplyDecoder()
                        .wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder())
                        .outcome());
            }

            @Override
            public void onBatchEnd() {
                // One reply, nothing to flush.
            }
        };
        int length = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
        assertTrue(server.port.offer(message, 0, length, sink, 0));
        assertEquals(Outcome.APPLIED, outcome.get(10, TimeUnit.SECONDS));
    }
}
