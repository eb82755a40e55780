package io.scrip.gateway.binary;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.TextClient.Answer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.ws.RawSocket;
import io.scrip.gateway.ws.RawSocket.Frame;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /ws/commands} with text: each message is a request, and answered as the same request over HTTP is. */
class TextCommandsTest {
    private static final String TRANSFERS = "/api/v1/transfers";

    private static TestServer server;
    private static TestClient http;
    private static Wallet alice;
    private static Wallet bob;

    @BeforeAll
    static void start() {
        server = new TestServer(GatewayConfig.defaults().withRateLimit(RateLimit.NONE));
        http = new TestClient(server.tcpPort());
        alice = http.open("agent:alice");
        bob = http.open("agent:bob");
        http.issue("CRD", alice.id(), "100000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TextClient connect() {
        return new TextClient(server.tcpPort(), alice.key());
    }

    private static String toBob(String amount) {
        return transfer(newId(), alice.id(), bob.id(), "CRD", amount);
    }

    private static String balanceOfBob() {
        return http.get(bob.key(), "/api/v1/wallets/" + bob.id())
                .json()
                .at("/balances/0/available")
                .asString("0");
    }

    @Test
    void aTransferIsAnsweredWithTheBodyThatHttpAnswers() {
        String id = newId();
        String body = transfer(id, alice.id(), bob.id(), "CRD", "2.5");
        try (TextClient client = connect()) {
            Answer answer = client.askPost(7, TRANSFERS, body);
            assertEquals(7, answer.number());
            assertEquals(201, answer.status());
            assertTrue(answer.message().get("request_id").asString().startsWith("req-"));
            TestClient.Answer again = http.post(alice.key(), TRANSFERS, body);
            assertEquals("true", again.header("Idempotent-Replayed"));
            assertEquals(again.json(), answer.body());
            Answer replay = client.askPost(8, TRANSFERS, body);
            assertEquals("true", replay.header("Idempotent-Replayed"));
            assertEquals(answer.body(), replay.body());
        }
    }

    @Test
    void aKeyBesideTheBodyIsAsGoodAsTheHeader() {
        String body = json("{'from':'%s','to':'%s','token':'CRD','amount':'1'}", alice.id(), bob.id());
        String message = json(
                "{'request':3,'method':'POST','path':'/api/v1/transfers','idempotency_key':'order 7','body':%s}", body);
        try (TextClient client = connect()) {
            assertEquals("invalid_value", client.ask(message).code());
            Answer first = client.ask(message.replace("order 7", "order-7"));
            assertEquals(201, first.status());
            assertFalse(first.header("Scrip-Id-Advice").isEmpty());
            TestClient.Answer again = http.post(alice.key(), TRANSFERS, body, "Idempotency-Key", "order-7");
            assertEquals("true", again.header("Idempotent-Replayed"));
        }
    }

    @Test
    void queriesHoldsAndBatchesAreTakenToo() {
        try (TextClient client = connect()) {
            Answer wallet = client.askGet(1, "/api/v1/wallets/" + alice.id());
            assertEquals("agent:alice", wallet.body().get("owner").asString());
            String id = newId();
            String hold = transfer(id, alice.id(), bob.id(), "CRD", "3").replace("}", ",\"timeout_seconds\":60}");
            assertEquals(201, client.askPost(2, "/api/v1/holds", hold).status());
            Answer posted = client.askPost(3, "/api/v1/holds/" + id + "/post", json("{'id':'%s'}", newId()));
            assertEquals(201, posted.status());
            Answer page = client.askGet(4, "/api/v1/wallets/" + alice.id() + "/transactions?limit=2");
            assertEquals(2, page.body().get("data").size());
            StringBuilder items = new StringBuilder(toBob("0.01"));
            for (int i = 1; i < 8_190; i++) {
                items.append(',').append(toBob("0.01"));
            }
            Answer batch = client.askPost(5, "/api/v1/transfers/batch", "{\"items\":[" + items + "]}");
            assertEquals(200, batch.status());
            assertEquals(8_190, batch.body().get("results").size());
            assertEquals(5, batch.number());
        }
    }

    @Test
    void manyAreInFlightAndEachIsAnsweredOnce() {
        int count = 3_000;
        BitSet answered = new BitSet();
        String before = balanceOfBob();
        try (TextClient client = connect()) {
            for (int i = 0; i < count; i++) {
                client.post(i, TRANSFERS, toBob("0.001"));
            }
            for (int i = 0; i < count; i++) {
                Answer answer = client.next();
                assertEquals(201, answer.status());
                assertFalse(answered.get((int) answer.number()));
                answered.set((int) answer.number());
            }
        }
        assertEquals(count, answered.cardinality());
        assertEquals(0, new BigDecimal(balanceOfBob()).compareTo(new BigDecimal(before).add(new BigDecimal(3))));
    }

    @Test
    void requestsAreDecidedInTheOrderInWhichTheyCame() {
        Wallet carol = http.open("agent:carol");
        http.issue("CRD", carol.id(), "1");
        try (TextClient client = new TextClient(server.tcpPort(), carol.key())) {
            for (int i = 0; i < 50; i++) {
                client.post(i, TRANSFERS, transfer(newId(), carol.id(), bob.id(), "CRD", "0.02"));
            }
            client.post(1_000, TRANSFERS, transfer(newId(), carol.id(), bob.id(), "CRD", "0.01"));
            for (int i = 0; i < 51; i++) {
                Answer answer = client.next();
                assertEquals(answer.number() == 1_000 ? 402 : 201, answer.status());
            }
        }
    }

    @Test
    void binaryAndTextGoOverOneConnection() {
        try (TextClient client = connect()) {
            byte[] command =
                    Sent.transfer(UUID.randomUUID(), WalletIds.parse(alice.id()), WalletIds.parse(bob.id()), 1_000);
            byte[] frame = ByteBuffer.allocate(8 + command.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(77)
                    .put(command)
                    .array();
            client.sendRaw(RawSocket.frame(0x80 | RawSocket.BINARY, frame));
            Frame answer = client.nextFrame();
            assertEquals(RawSocket.BINARY, answer.opcode());
            assertEquals(
                    77,
                    ByteBuffer.wrap(answer.payload())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong());
            assertEquals(201, client.askPost(78, TRANSFERS, toBob("1")).status());
        }
    }

    /** Bodies that HTTP refuses, and one that the core does. */
    private static List<String> refusedBodies() {
        String good = toBob("1");
        String deep = "{'a':".repeat(9) + "1" + "}".repeat(9);
        return List.of(
                "{}",
                good.replace("\"1\"", "1"),
                good.replace("\"1\"", "\"1e3\""),
                good.replace("\"1\"", "\"0\""),
                good.replace("\"1\"", "\"0.0000001\""),
                good.replace("}", ",\"more\":1}"),
                good.replace("}", ",\"token\":\"CRD\"}"),
                good.replace("CRD", "XYZ"),
                good.replace("}", ",\"metadata\":" + json(deep) + "}"),
                good.replace(bob.id(), alice.id()),
                transfer(newId(), bob.id(), alice.id(), "CRD", "1"),
                toBob("1000000000"));
    }

    @Test
    void whatHttpRefusesIsRefusedInTheSameWords() {
        try (TextClient client = connect()) {
            int number = 0;
            for (String body : refusedBodies()) {
                Answer answer = client.askPost(++number, TRANSFERS, body);
                TestClient.Answer expected = http.post(alice.key(), TRANSFERS, body);
                assertEquals(number, answer.number());
                assertEquals(expected.status(), answer.status(), body);
                for (String member :
                        List.of("type", "title", "status", "detail", "code", "field", "needed", "available")) {
                    JsonNode said = answer.body().path(member);
                    assertEquals(expected.json().path(member), said, body + " " + answer.body());
                }
                assertEquals(answer.message().get("request_id"), answer.body().get("request_id"));
            }
            assertEquals(201, client.askPost(99, TRANSFERS, toBob("1")).status());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1    | malformed_json | {'request':1,'method'",
                "null | malformed_json | []",
                "1    | malformed_json | {'request':1,'method':'GET','path':'/api/v1/tokens'}x",
                "null | missing_field  | {'method':'GET','path':'/api/v1/tokens'}",
                "1    | missing_field  | {'request':1,'path':'/api/v1/tokens'}",
                "1    | missing_field  | {'request':1,'method':'GET'}",
                "1    | unknown_field  | {'request':1,'method':'GET','path':'/api/v1/tokens','key':'x'}",
                "1    | duplicate_field| {'request':1,'request':2,'method':'GET','path':'/api/v1/tokens'}",
                "null | wrong_type     | {'request':'1','method':'GET','path':'/api/v1/tokens'}",
                "null | wrong_type     | {'request':1.5,'method':'GET','path':'/api/v1/tokens'}",
                "null | invalid_value  | {'request':-1,'method':'GET','path':'/api/v1/tokens'}",
                "null | invalid_value  | {'request':9999999999999999999,'method':'GET','path':'/api/v1/tokens'}",
                "1    | invalid_value  | {'request':1,'method':'HEAD','path':'/api/v1/tokens'}",
                "1    | wrong_type     | {'request':1,'method':'POST','path':'/api/v1/transfers','body':'x'}",
                "1    | wrong_type     | {'request':1,'method':'POST','path':'/api/v1/transfers','body':[1]}",
                "1    | malformed_json | {'request':1,'method':'POST','path':'/api/v1/transfers'}",
                "1    | not_found      | {'request':1,'method':'GET','path':'/api/v1/nothing'}",
                "1    | not_found      | {'request':1,'method':'GET','path':''}",
                "1    | not_found      | {'request':1,'method':'GET','path':'/metrics'}",
                "1    | not_found      | {'request':1,'method':'GET','path':'/ws/commands'}",
                "1    | not_found      | {'request':1,'method':'GET','path':'/api/v1/events'}",
                "1    | method_not_allowed | {'request':1,'method':'POST','path':'/api/v1/trial-balance','body':{}}",
                "1    | not_authorized | {'request':1,'method':'GET','path':'/api/v1/trial-balance'}",
                "1    | body_too_large | {'request':1,'method':'GET','path':'/api/v1/tokens','body':{}}",
                "1    | invalid_parameter | {'request':1,'method':'GET','path':'/api/v1/credits/balance?x=1'}"
            })
    void whatIsNoRequestIsRefusedAndTheConnectionGoesOn(String number, String code, String message) {
        try (TextClient client = connect()) {
            Answer answer = client.ask(json(message));
            assertEquals(code, answer.code(), answer.message().toString());
            assertEquals(number, answer.message().get("request").toString());
            assertEquals(answer.status(), answer.body().get("status").asInt());
            assertEquals(200, client.askGet(2, "/api/v1/tokens").status());
        }
    }

    @Test
    void aBodyHasTheLimitThatItHasOverHttp() {
        try (TextClient client = connect()) {
            String large = toBob("1").replace("}", ",\"reference\":\"" + " ".repeat(1_000) + "\"");
            String spaces = large + " ".repeat(GatewayConfig.MAX_BODY_BYTES) + "}";
            Answer answer = client.askPost(1, TRANSFERS, spaces);
            assertEquals(413, answer.status());
            assertEquals("body_too_large", answer.code());
            assertEquals(201, client.askPost(2, TRANSFERS, toBob("1")).status());
        }
    }

    @Test
    void aMessageAboveTwoMebibytesEndsTheConnection() {
        try (TextClient client = connect()) {
            byte[] part = new byte[60_000];
            Arrays.fill(part, (byte) ' ');
            client.sendRaw(RawSocket.frame(RawSocket.TEXT, part));
            for (int sent = part.length; sent <= 2 << 20; sent += part.length) {
                client.sendRaw(RawSocket.frame(0, part));
            }
            Frame end = client.nextFrame();
            assertEquals(RawSocket.CLOSE, end.opcode());
            assertEquals(1009, end.closeCode());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xFF, 0xED})
    void whatIsNotUtf8EndsTheConnection(int first) {
        try (TextClient client = connect()) {
            client.sendRaw(RawSocket.frame(0x80 | RawSocket.TEXT, new byte[] {'{', (byte) first, (byte) 0x28, '}'}));
            Frame end = client.nextFrame();
            assertEquals(RawSocket.CLOSE, end.opcode());
            assertEquals(1007, end.closeCode());
        }
        assertNull(server.fault.get());
    }
}
