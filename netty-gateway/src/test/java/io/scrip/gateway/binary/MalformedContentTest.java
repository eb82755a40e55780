package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.Side;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a well-formed message may not hold, because HTTP would not have written it. */
class MalformedContentTest {
    private static TestServer server;
    private static long aliceNumber;
    private static long bobNumber;
    private static BinaryClient client;
    private static BinaryClient operator;

    @BeforeAll
    static void start() {
        server = new TestServer();
        TestClient http = new TestClient(server.tcpPort());
        Wallet alice = http.open("agent:alice");
        aliceNumber = WalletIds.parse(alice.id());
        bobNumber = WalletIds.parse(http.open("agent:bob").id());
        http.issue("CRD", alice.id(), "1000");
        client = BinaryClient.open(server.binaryPort(), alice.key());
        operator = BinaryClient.open(server.binaryPort(), TestServer.OPERATOR_KEY);
    }

    @AfterAll
    static void stop() {
        client.close();
        operator.close();
        server.close();
    }

    @Test
    void whatHttpWouldNotTakeIsMalformedHereToo() {
        UUID id = UUID.randomUUID();
        for (byte[] message : List.of(
                Sent.transfer(id, aliceNumber, bobNumber, 0),
                Sent.transfer(id, aliceNumber, bobNumber, -5),
                Sent.transfer(id, aliceNumber, bobNumber, 5, -1, "", ""),
                Sent.transfer(id, aliceNumber, bobNumber, 5, 0, "a\u0001", ""),
                Sent.transfer(id, aliceNumber, bobNumber, 5, 0, "a\u0085", ""),
                Sent.transfer(id, aliceNumber, bobNumber, 5, 0, "", "{\"a\": 1}"),
                Sent.transfer(id, aliceNumber, bobNumber, 5, 0, "", "\"}"),
                Sent.transfer(id, aliceNumber, bobNumber, 5, 0, "", "{\"a\":1,\"a\":2}"),
                Sent.transfer(id, aliceNumber, bobNumber, 5, 0, false, Side.TO, "", ""),
                Sent.transferIf(id, aliceNumber, bobNumber, Measure.AVAILABLE, -1),
                Sent.transferIf(id, aliceNumber, bobNumber, Measure.POSTED, Long.MIN_VALUE),
                Sent.transferIf(id, aliceNumber, bobNumber, Measure.VERSION, -1),
                Sent.transfer(new UUID(0, 0), aliceNumber, bobNumber, 5),
                Sent.extend(id, id, 0),
                Sent.post(id, id, -1))) {
            assertEquals(ProblemCode.MALFORMED, client.ask(1, message).code());
            if (message[2] == 21) {
                assertEquals(
                        ProblemCode.MALFORMED,
                        client.ask(1, Sent.batch(message)).code());
            }
        }
        assertNull(server.fault.get());
    }

    @Test
    void termsThatHttpWouldNotWriteAreMalformedHereToo() {
        UUID id = UUID.randomUUID();
        long never = Long.MAX_VALUE;
        for (byte[] message : List.of(
                Sent.issue(id, bobNumber, 1, LotCategory.PLAIN, 1, 0, 0, 0),
                Sent.issue(id, bobNumber, 1, LotCategory.PLAIN, 0, 1, 0, 0),
                Sent.issue(id, bobNumber, 1, LotCategory.PLAIN, 0, 0, never, 0),
                Sent.issue(id, bobNumber, 1, LotCategory.PLAIN, 0, 0, 0, never),
                Sent.issue(id, bobNumber, 1, LotCategory.PROMOTIONAL, 128, 0, never, 0),
                Sent.issue(id, bobNumber, 1, LotCategory.PAID, 128, 0, -1, 0))) {
            assertEquals(ProblemCode.MALFORMED, operator.ask(1, message).code());
        }
        for (byte[] message : List.of(
                Sent.issue(UUID.randomUUID(), bobNumber, 1, LotCategory.PROMOTIONAL, 128, 0, never, never),
                Sent.issue(UUID.randomUUID(), bobNumber, 1, LotCategory.PAID, 200, 0, never, 0))) {
            assertEquals(
                    Outcome.APPLIED,
                    BinaryDoorTest.command(operator.ask(1, message)).outcome());
        }
    }

    @Test
    void aBatchHasNoIdOfItsOwn() {
        byte[] item = Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, 1);
        for (int at = 8; at < 24; at++) {
            byte[] batch = Sent.batch(item);
            batch[at] = 1;
            assertEquals(ProblemCode.MALFORMED, client.ask(1, batch).code());
        }
        assertEquals(
                Outcome.APPLIED,
                new BatchReplyDecoder()
                        .wrapAndApplyHeader(client.ask(2, Sent.batch(item)).message(), 0, new MessageHeaderDecoder())
                        .results()
                        .next()
                        .outcome());
    }
}
