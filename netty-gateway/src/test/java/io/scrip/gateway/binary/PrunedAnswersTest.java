package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.binary.BinaryClient.Frame;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.BatchReplyDecoder.ResultsDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.ProblemCode;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of commands whose events an operator has pruned: the outcome stands, and nobody learns more by it. */
class PrunedAnswersTest {
    private final TestServer server = new TestServer();
    private final UUID old = UUID.randomUUID();
    private final UUID late = UUID.randomUUID();
    private Wallet carol;
    private long aliceNumber;
    private long bobNumber;
    private long carolNumber;
    private BinaryClient alice;
    private BinaryClient operator;

    @BeforeEach
    void prune() {
        TestClient http = new TestClient(server.tcpPort());
        Wallet payer = http.open("agent:alice");
        aliceNumber = WalletIds.parse(payer.id());
        bobNumber = WalletIds.parse(http.open("agent:bob").id());
        carol = http.open("agent:carol");
        carolNumber = WalletIds.parse(carol.id());
        http.issue("CRD", payer.id(), "1000");
        alice = BinaryClient.open(server.binaryPort(), payer.key());
        operator = BinaryClient.open(server.binaryPort(), TestServer.OPERATOR_KEY);
        assertEquals(
                Outcome.APPLIED,
                BinaryDoorTest.command(alice.ask(1, oldTransfer())).outcome());
        CommandReplyDecoder kept = BinaryDoorTest.command(alice.ask(2, lateTransfer()));
        assertEquals(Outcome.APPLIED, kept.outcome());
        server.log.pruneBefore(kept.eventSequence());
    }

    @AfterEach
    void stop() {
        alice.close();
        operator.close();
        server.close();
        assertNull(server.fault.get());
    }

    private byte[] oldTransfer() {
        return Sent.transfer(old, aliceNumber, bobNumber, 11);
    }

    private byte[] lateTransfer() {
        return Sent.transfer(late, aliceNumber, bobNumber, 12);
    }

    private static ResultsDecoder results(Frame frame) {
        assertEquals(BatchReplyDecoder.TEMPLATE_ID, frame.templateId());
        return new BatchReplyDecoder()
                .wrapAndApplyHeader(frame.message(), 0, new MessageHeaderDecoder())
                .results();
    }

    @Test
    void aRepeatedBatchKeepsTheNumbersOfWhatIsStillThere() {
        ResultsDecoder results = results(alice.ask(3, Sent.batch(oldTransfer(), lateTransfer())));
        ResultsDecoder gone = results.next();
        assertEquals(Outcome.APPLIED, gone.outcome());
        assertTrue(gone.flags().replayed());
        assertEquals(0, gone.amount());
        ResultsDecoder kept = results.next();
        assertEquals(Outcome.APPLIED, kept.outcome());
        assertTrue(kept.flags().replayed());
        assertEquals(12, kept.amount());
    }

    @Test
    void aConflictWithAPrunedEventSaysToNobodyWhereItStood() {
        byte[] stolen = Sent.transfer(old, carolNumber, bobNumber, 5);
        byte[] stolenLate = Sent.transfer(late, carolNumber, bobNumber, 5);
        try (BinaryClient stranger = BinaryClient.open(server.binaryPort(), carol.key())) {
            CommandReplyDecoder reply = BinaryDoorTest.command(stranger.ask(3, stolen));
            assertEquals(Outcome.IDEMPOTENCY_CONFLICT, reply.outcome());
            assertEquals(0, reply.eventSequence());
            ResultsDecoder results = results(stranger.ask(4, Sent.batch(stolen, stolenLate)));
            for (int i = 0; i < 2; i++) {
                ResultsDecoder result = results.next();
                assertEquals(Outcome.IDEMPOTENCY_CONFLICT, result.outcome());
                assertEquals(0, result.eventSequence());
            }
        }
        ResultsDecoder own = results(alice.ask(
                5,
                Sent.batch(
                        Sent.transfer(old, aliceNumber, bobNumber, 5),
                        Sent.transfer(late, aliceNumber, bobNumber, 5))));
        assertEquals(0, own.next().eventSequence());
        assertNotEquals(0, own.next().eventSequence());
    }

    @Test
    void aConflictSaysNothingWhenTheEventLogCannotBeReadAtAll() {
        server.log.close();
        try (BinaryClient stranger = BinaryClient.open(server.binaryPort(), carol.key())) {
            byte[] stolen = Sent.transfer(late, carolNumber, bobNumber, 5);
            assertEquals(0, BinaryDoorTest.command(stranger.ask(3, stolen)).eventSequence());
            ResultsDecoder results = results(stranger.ask(4, Sent.batch(oldTransfer(), stolen)));
            assertEquals(0, results.next().eventSequence());
            assertEquals(0, results.next().eventSequence());
        }
    }

    @Test
    void whatNeedsAPrunedRecordIsToldThatItIsGoneForGood() {
        Frame asked = alice.ask(3, Sent.outcome(old));
        assertEquals(ProblemCode.HISTORY_PRUNED, asked.code());
        assertEquals(0, asked.problem().retryAfterMs());
        assertEquals(0, asked.problem().fatal());
        assertEquals(
                ProblemCode.HISTORY_PRUNED,
                alice.ask(4, Sent.reverse(UUID.randomUUID(), old, 1, "")).code());
        Frame told = operator.ask(5, Sent.outcome(old));
        assertEquals(OutcomeReplyDecoder.TEMPLATE_ID, told.templateId());
        assertEquals(
                OutcomeReplyDecoder.TEMPLATE_ID,
                alice.ask(6, Sent.outcome(late)).templateId());
    }
}
