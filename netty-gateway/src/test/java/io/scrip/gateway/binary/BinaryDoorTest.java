package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.binary.BinaryClient.Frame;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.SettingsReplyDecoder;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every message a client may send, over TCP, against a whole server; and what of its answer it may see. */
class BinaryDoorTest {
    private static final long UNIT = 1_000_000;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private static TestServer server;
    private static TestClient http;
    private static Wallet alice;
    private static Wallet bob;
    private static Wallet carol;
    private static long aliceNumber;
    private static long bobNumber;
    private static long carolNumber;
    private static BinaryClient client;
    private static BinaryClient operator;

    @BeforeAll
    static void start() {
        server = new TestServer();
        http = new TestClient(server.tcpPort());
        alice = http.open("agent:alice");
        bob = http.open("agent:bob");
        carol = http.open("agent:carol");
        aliceNumber = WalletIds.parse(alice.id());
        bobNumber = WalletIds.parse(bob.id());
        carolNumber = WalletIds.parse(carol.id());
        http.issue("CRD", alice.id(), "100000");
        client = BinaryClient.open(server.binaryPort(), alice.key());
        operator = BinaryClient.open(server.binaryPort(), TestServer.OPERATOR_KEY);
    }

    @AfterAll
    static void stop() {
        client.close();
        operator.close();
        server.close();
    }

    static CommandReplyDecoder command(Frame frame) {
        assertEquals(CommandReplyDecoder.TEMPLATE_ID, frame.templateId(), () -> String.valueOf(frame.problem()));
        return new CommandReplyDecoder().wrapAndApplyHeader(frame.message(), 0, new MessageHeaderDecoder());
    }

    private static CommandReplyDecoder ask(byte[] message) {
        return command(client.ask(1, message));
    }

    /** What a reply says, but for whether it was given before. */
    private static String withoutFlags(CommandReplyDecoder reply) {
        return reply.toString().replaceAll("\\|flags=\\{[^}]*}", "").replaceAll("sbeSchemaVersion=[^|]*\\|", "");
    }

    private static void assertReplayed(byte[] message) {
        CommandReplyDecoder first = ask(message);
        assertFalse(first.flags().replayed());
        String expected = withoutFlags(first);
        ask(Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, 1));
        CommandReplyDecoder again = ask(message);
        assertTrue(again.flags().replayed());
        assertEquals(expected, withoutFlags(again));
    }

    @Test
    void aTransferIsAppliedAndTellsItsSenderOnlyItsOwnBalance() {
        CommandReplyDecoder reply = ask(Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, 3 * UNIT));
        assertEquals(Outcome.APPLIED, reply.outcome());
        assertEquals(3 * UNIT, reply.amount());
        assertTrue(reply.fromBalances().version() > 0);
        assertTrue(reply.fromBalances().creditsPosted() > 0);
        assertEquals(0, reply.toBalances().creditsPosted());
        assertEquals(0, reply.toBalances().version());
        assertTrue(reply.eventSequence() > 0);
    }

    @Test
    void theCallerIsTheKeysWhateverTheMessageSays() {
        CommandReplyDecoder reply = ask(Sent.transfer(UUID.randomUUID(), bobNumber, aliceNumber, 1));
        assertEquals(Outcome.NOT_AUTHORIZED, reply.outcome());
        byte[] stolen = Sent.transfer(UUID.randomUUID(), bobNumber, aliceNumber, 1);
        BatchReplyDecoder batch = batch(client.ask(2, Sent.batch(stolen)));
        assertEquals(Outcome.NOT_AUTHORIZED, batch.results().next().outcome());
    }

    @Test
    void everyCommandIsAnsweredAgainWithTheNumbersOfThen() {
        assertReplayed(Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, 5));
        assertReplayed(Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, 6, 0, "ref", "{\"a\":1}"));
        assertReplayed(Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, Long.MAX_VALUE / 4));
        assertReplayed(Sent.transfer(UUID.randomUUID(), aliceNumber, 123_456, 7));
        assertReplayed(Sent.transfer(UUID.randomUUID(), bobNumber, aliceNumber, 7));
        assertReplayed(Sent.multi(UUID.randomUUID(), aliceNumber, bobNumber, carolNumber));
        assertReplayed(Sent.multi(UUID.randomUUID(), bobNumber, aliceNumber, carolNumber));
        UUID hold = UUID.randomUUID();
        assertReplayed(Sent.transfer(hold, aliceNumber, bobNumber, 50, HOUR_NS, "", ""));
        assertReplayed(Sent.extend(UUID.randomUUID(), hold, 2 * HOUR_NS));
        UUID posted = UUID.randomUUID();
        byte[] post = Sent.post(posted, hold, 20);
        CommandReplyDecoder byAlice = ask(post);
        assertEquals(Outcome.APPLIED, byAlice.outcome());
        assertReplayed(Sent.post(UUID.randomUUID(), hold, 10));
        assertReplayed(Sent.post(UUID.randomUUID(), hold, 1_000));
        assertReplayed(Sent.voidHold(UUID.randomUUID(), UUID.randomUUID()));
    }

    @Test
    void feesAreInTheReplyAndInItsRepetition() {
        Wallet revenue = http.open("agent:revenue");
        server.setFee(TransferKind.PLAIN, FeePayer.SENDER, 500, revenue.id());
        try {
            byte[] message = Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, UNIT);
            assertReplayed(message);
            assertEquals(0, ask(message).fee(), "a plain transfer bears no fee");
        } finally {
            server.setFee(TransferKind.PLAIN, FeePayer.SENDER, 0, revenue.id());
        }
    }

    @Test
    void aBatchHasOneResultForEachItemInOrder() {
        UUID known = UUID.randomUUID();
        ask(Sent.transfer(known, aliceNumber, bobNumber, 11));
        UUID hold = UUID.randomUUID();
        BatchReplyDecoder reply = batch(client.ask(
                9,
                Sent.batch(
                        Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, 1),
                        Sent.transfer(known, aliceNumber, bobNumber, 11),
                        Sent.transfer(known, aliceNumber, bobNumber, 12),
                        Sent.transfer(UUID.randomUUID(), aliceNumber, bobNumber, Long.MAX_VALUE / 4),
                        Sent.transfer(UUID.randomUUID(), bobNumber, aliceNumber, 5),
                        Sent.transfer(hold, aliceNumber, bobNumber, 30, HOUR_NS, "", ""),
                        Sent.post(UUID.randomUUID(), hold, 0),
                        Sent.multi(UUID.randomUUID(), aliceNumber, bobNumber, carolNumber))));
        List<String> seen = new ArrayList<>();
        for (BatchReplyDecoder.ResultsDecoder result : reply.results()) {
            seen.add(result.outcome() + (result.flags().replayed() ? " again " : " ") + result.amount());
        }
        assertEquals(
                List.of(
                        "APPLIED 1",
                        "APPLIED again 11",
                        "IDEMPOTENCY_CONFLICT 0",
                        "INSUFFICIENT_FUNDS 0",
                        "NOT_AUTHORIZED 0",
                        "APPLIED 30",
                        "APPLIED 30",
                        "APPLIED 0"),
                seen);
    }

    static BatchReplyDecoder batch(Frame frame) {
        assertEquals(BatchReplyDecoder.TEMPLATE_ID, frame.templateId(), () -> String.valueOf(frame.problem()));
        return new BatchReplyDecoder().wrapAndApplyHeader(frame.message(), 0, new MessageHeaderDecoder());
    }

    @Test
    void aFullBatchGoesThrough() {
        byte[][] items = new byte[8_190][];
        for (int i = 0; i < items.length; i++) {
            items[i] = Sent.transfer(UUID.randomUUID(), aliceNumber, i % 2 == 0 ? bobNumber : carolNumber, 1);
        }
        byte[] message = Sent.batch(items);
        for (int round = 0; round < 2; round++) {
            BatchReplyDecoder reply = batch(client.ask(10, message));
            int applied = 0;
            for (BatchReplyDecoder.ResultsDecoder result : reply.results()) {
                assertEquals(round == 1, result.flags().replayed());
                assertEquals(1, result.amount());
                applied += result.outcome() == Outcome.APPLIED ? 1 : 0;
            }
            assertEquals(8_190, applied);
        }
    }

    @Test
    void theSameCommandOverHttpAndBinaryIsOneCommand() {
        UUID id = UUID.randomUUID();
        String json = TestClient.json(
                "{'id':'%s','from':'%s','to':'%s','token':'CRD','amount':'0.000021','reference':'ä r','metadata':{'k':[1,null,'x']}}",
                id.toString(), alice.id(), bob.id());
        Answer first = http.post(alice.key(), "/api/v1/transfers", json);
        assertEquals(201, first.status(), first.body());
        byte[] message = Sent.transfer(id, aliceNumber, bobNumber, 21, 0, "ä r", "{\"k\":[1,null,\"x\"]}");
        CommandReplyDecoder reply = ask(message);
        assertTrue(reply.flags().replayed());
        assertEquals(Outcome.APPLIED, reply.outcome());
        assertEquals(21, reply.amount());
        UUID other = UUID.randomUUID();
        assertFalse(
                ask(Sent.transfer(other, aliceNumber, bobNumber, 22)).flags().replayed());
        Answer again = http.post(
                alice.key(),
                "/api/v1/transfers",
                TestClient.transfer(other.toString(), alice.id(), bob.id(), "CRD", "0.000022"));
        assertEquals("true", again.header("Idempotent-Replayed"));
        assertEquals(201, again.status());
    }

    @Test
    void theIdOfSomebodyElseTellsNothing() {
        UUID id = UUID.randomUUID();
        assertEquals(
                Outcome.APPLIED,
                ask(Sent.transfer(id, aliceNumber, bobNumber, 2)).outcome());
        try (BinaryClient other = BinaryClient.open(server.binaryPort(), carol.key())) {
            CommandReplyDecoder reply = command(other.ask(3, Sent.transfer(id, carolNumber, bobNumber, 2)));
            assertEquals(Outcome.IDEMPOTENCY_CONFLICT, reply.outcome());
            assertEquals(0, reply.eventSequence());
            OutcomeReplyDecoder asked = outcome(other.ask(4, Sent.outcome(id)));
            assertEquals(0, asked.eventSequence());
        }
        assertNotEquals(0, ask(Sent.transfer(id, aliceNumber, bobNumber, 3)).eventSequence());
        assertNotEquals(0, outcome(client.ask(5, Sent.outcome(id))).eventSequence());
        try (BinaryClient payee = BinaryClient.open(server.binaryPort(), bob.key())) {
            assertNotEquals(0, outcome(payee.ask(6, Sent.outcome(id))).eventSequence());
        }
    }

    private static OutcomeReplyDecoder outcome(Frame frame) {
        assertEquals(OutcomeReplyDecoder.TEMPLATE_ID, frame.templateId());
        return new OutcomeReplyDecoder().wrapAndApplyHeader(frame.message(), 0, new MessageHeaderDecoder());
    }

    @Test
    void aHoldIsFollowedByItsId() {
        UUID hold = UUID.randomUUID();
        ask(Sent.transfer(hold, aliceNumber, bobNumber, 70, HOUR_NS, "", ""));
        ask(Sent.post(UUID.randomUUID(), hold, 30));
        OutcomeReplyDecoder pending = outcome(client.ask(5, Sent.outcome(hold)));
        assertEquals(HoldStatus.PENDING, pending.holdStatus());
        assertEquals(40, pending.holdLeft());
        assertEquals(
                Outcome.NOT_AUTHORIZED,
                ask(Sent.voidHold(UUID.randomUUID(), hold)).outcome());
        try (BinaryClient payee = BinaryClient.open(server.binaryPort(), bob.key())) {
            assertEquals(
                    Outcome.APPLIED,
                    command(payee.ask(1, Sent.voidHold(UUID.randomUUID(), hold)))
                            .outcome());
        }
        assertEquals(
                HoldStatus.VOIDED, outcome(client.ask(5, Sent.outcome(hold))).holdStatus());
    }

    @Test
    void aTransferIsGivenBackByNamingItOnly() {
        UUID id = UUID.randomUUID();
        ask(Sent.transfer(id, aliceNumber, bobNumber, 400));
        try (BinaryClient payee = BinaryClient.open(server.binaryPort(), bob.key())) {
            byte[] half = Sent.reverse(UUID.randomUUID(), id, 150, "half of it");
            CommandReplyDecoder first = command(payee.ask(1, half));
            assertEquals(Outcome.APPLIED, first.outcome());
            assertEquals(150, first.amount());
            String told = withoutFlags(first);
            CommandReplyDecoder again = command(payee.ask(1, half));
            assertTrue(again.flags().replayed());
            assertEquals(told, withoutFlags(again));
            assertEquals(
                    250,
                    command(payee.ask(1, Sent.reverse(UUID.randomUUID(), id, 0, "")))
                            .amount());
            assertEquals(
                    Outcome.UNKNOWN_TRANSFER,
                    command(payee.ask(1, Sent.reverse(UUID.randomUUID(), UUID.randomUUID(), 0, "")))
                            .outcome());
        }
        try (BinaryClient stranger = BinaryClient.open(server.binaryPort(), carol.key())) {
            assertEquals(
                    Outcome.UNKNOWN_TRANSFER,
                    command(stranger.ask(1, Sent.reverse(UUID.randomUUID(), id, 0, "")))
                            .outcome());
        }
        Frame silent = operator.ask(1, Sent.reverse(UUID.randomUUID(), id, 0, ""));
        assertEquals(ProblemCode.MALFORMED, silent.code());
    }

    @Test
    void onlyTheOperatorIssues() {
        assertEquals(
                ProblemCode.NOT_AUTHORIZED,
                client.ask(1, Sent.issue(UUID.randomUUID(), bobNumber, 5)).code());
        CommandReplyDecoder issued = command(operator.ask(1, Sent.issue(UUID.randomUUID(), bobNumber, 5)));
        assertEquals(Outcome.APPLIED, issued.outcome());
        assertTrue(issued.toBalances().creditsPosted() > 0);
    }

    @Test
    void aDryRunChangesNothingAndIsNotRemembered() {
        UUID id = UUID.randomUUID();
        byte[] message = Sent.transfer(id, aliceNumber, bobNumber, 1, 0, true, null, "", "");
        for (int i = 0; i < 2; i++) {
            CommandReplyDecoder reply = ask(message);
            assertEquals(Outcome.APPLIED, reply.outcome());
            assertTrue(reply.flags().dryRun());
            assertFalse(reply.flags().replayed());
        }
        assertEquals(0, outcome(client.ask(5, Sent.outcome(id))).eventSequence());
    }

    @Test
    void queriesAreForThoseWhoMayAsk() {
        Frame own = client.ask(1, Sent.wallet(aliceNumber));
        assertEquals(WalletReplyDecoder.TEMPLATE_ID, own.templateId());
        assertEquals(Outcome.UNKNOWN_WALLET, ask(Sent.wallet(bobNumber)).outcome());
        assertEquals(155, client.ask(1, Sent.lots(aliceNumber)).templateId());
        assertEquals(Outcome.UNKNOWN_WALLET, ask(Sent.lots(bobNumber)).outcome());
        assertEquals(160, client.ask(1, Sent.controls(aliceNumber)).templateId());
        assertEquals(Outcome.UNKNOWN_WALLET, ask(Sent.controls(bobNumber)).outcome());
        assertEquals(Outcome.NOT_AUTHORIZED, ask(Sent.trialBalance()).outcome());
        assertEquals(154, operator.ask(1, Sent.trialBalance()).templateId());
        assertEquals(
                WalletReplyDecoder.TEMPLATE_ID,
                operator.ask(1, Sent.wallet(bobNumber)).templateId());
    }

    @Test
    void whoEarnsTheFeesIsTheOperatorsToKnow() {
        Wallet revenue = http.open("agent:earner");
        server.setFee(TransferKind.TIP, FeePayer.RECEIVER, 100, revenue.id());
        assertEquals(0, revenueWallet(client.ask(1, Sent.settings())));
        assertEquals(WalletIds.parse(revenue.id()), revenueWallet(operator.ask(1, Sent.settings())));
    }

    private static long revenueWallet(Frame frame) {
        SettingsReplyDecoder settings =
                new SettingsReplyDecoder().wrapAndApplyHeader(frame.message(), 0, new MessageHeaderDecoder());
        SettingsReplyDecoder.TokensDecoder tokens = settings.tokens();
        while (tokens.hasNext()) {
            tokens.next();
        }
        for (SettingsReplyDecoder.FeesDecoder fee : settings.fees()) {
            if (fee.kind() == TransferKind.TIP) {
                return fee.revenueWallet();
            }
        }
        throw new IllegalStateException("no fee for tips");
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
            assertEquals(Outcome.APPLIED, command(operator.ask(1, message)).outcome());
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
                batch(client.ask(2, Sent.batch(item))).results().next().outcome());
    }
}
