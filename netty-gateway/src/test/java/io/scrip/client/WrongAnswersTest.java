package io.scrip.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.client.ScripException.Reason;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.BatchReplyEncoder;
import io.scrip.protocol.CommandReplyEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PongEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are none: whoever waits for one is told, long before the deadline, that nobody knows what was done. */
@Timeout(60)
class WrongAnswersTest {
    private static final long CRD = TokenCode.of("CRD");
    private static final int TOGETHER = 3;

    private CountDownLatch asked = new CountDownLatch(1);
    private CountDownLatch gathered = new CountDownLatch(1);

    private static ScripClient connect(FakeServer server) {
        return ScripClient.connect(ClientOptions.to("127.0.0.1", server.port(), "sk_somebody")
                .withDeadline(Duration.ofHours(1))
                .withBatches(100, 1));
    }

    private static CompletableFuture<Result> transfer(ScripClient client) {
        return client.transfer(TransferRequest.of(2, 3, CRD, 1));
    }

    private static void assertUnknown(CompletableFuture<?> future, String why) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
        ScripException exception = (ScripException) failed.getCause();
        assertEquals(Reason.OUTCOME_UNKNOWN, exception.reason(), exception.getMessage());
        assertTrue(exception.getMessage().startsWith(why), exception.getMessage());
    }

    private static byte[] applied() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        CommandReplyEncoder reply = new CommandReplyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        reply.outcome(Outcome.APPLIED).flags().clear();
        return FakeServer.bytes(buffer, reply.encodedLength());
    }

    private static byte[] results(int count) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
        BatchReplyEncoder reply = new BatchReplyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        reply.outcome(Outcome.APPLIED);
        BatchReplyEncoder.ResultsEncoder results = reply.resultsCount(count);
        for (int i = 0; i < count; i++) {
            results.next().outcome(Outcome.APPLIED).flags().clear();
        }
        return FakeServer.bytes(buffer, reply.encodedLength());
    }

    private static byte[] pong() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        PongEncoder pong = new PongEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        return FakeServer.bytes(buffer, pong.value(1).encodedLength());
    }

    /** The first waits for its answer until all others wait behind it, so that they leave together. */
    private List<CompletableFuture<Result>> gather(ScripClient client) throws Exception {
        CompletableFuture<Result> first = transfer(client);
        assertTrue(asked.await(30, TimeUnit.SECONDS));
        List<CompletableFuture<Result>> together = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            together.add(transfer(client));
        }
        gathered.countDown();
        assertTrue(first.get(30, TimeUnit.SECONDS).isApplied());
        return together;
    }

    private FakeServer answering(byte[] toBatches) {
        CountDownLatch reached = asked;
        CountDownLatch complete = gathered;
        return new FakeServer(templateId -> {
            reached.countDown();
            complete.await();
            return templateId == BatchDecoder.TEMPLATE_ID ? toBatches : applied();
        });
    }

    private void assertUnknownForAll(byte[] toBatches, String why) throws Exception {
        asked = new CountDownLatch(1);
        gathered = new CountDownLatch(1);
        try (FakeServer server = answering(toBatches);
                ScripClient client = connect(server)) {
            for (CompletableFuture<Result> one : gather(client)) {
                assertUnknown(one, why);
            }
            assertTrue(transfer(client).get(30, TimeUnit.SECONDS).isApplied(), "the client goes on");
        }
    }

    @Test
    void aBatchAnsweredWithAnotherMessageIsUnknownForEachOfIt() throws Exception {
        assertUnknownForAll(applied(), "A batch was answered with something else.");
    }

    @Test
    void aBatchWithTooFewOrTooManyResultsIsUnknownForEachOfIt() throws Exception {
        assertUnknownForAll(results(TOGETHER - 1), "A batch was answered with something else.");
        assertUnknownForAll(results(0), "A batch was answered with something else.");
        assertUnknownForAll(results(TOGETHER + 1), "A batch was answered with something else.");
    }

    @Test
    void aBatchWithItsResultsIsNot() throws Exception {
        try (FakeServer server = answering(results(TOGETHER));
                ScripClient client = connect(server)) {
            for (CompletableFuture<Result> one : gather(client)) {
                assertTrue(one.get(30, TimeUnit.SECONDS).isApplied());
            }
        }
    }

    @Test
    void aBatchOfOnesOwnAnsweredWithAnotherMessageIsUnknown() {
        gathered.countDown();
        try (FakeServer server = answering(applied());
                ScripClient client = connect(server)) {
            List<TransferRequest> items = List.of(TransferRequest.of(2, 3, CRD, 1), TransferRequest.of(2, 3, CRD, 1));
            assertUnknown(client.batch(items, false), "The server answered with a message of template 150.");
        }
    }

    @Test
    void oneCommandAnsweredWithAnotherMessageIsUnknown() {
        try (FakeServer server = new FakeServer(templateId -> pong());
                ScripClient client = connect(server)) {
            assertUnknown(transfer(client), "The server answered with a message of template 304.");
        }
    }

    @Test
    void anAnswerThatIsCutShortIsUnknownAndTheNextConnectionIsUsed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        byte[] cut = Arrays.copyOf(applied(), 40);
        try (FakeServer server = new FakeServer(templateId -> asked.getAndIncrement() == 0 ? cut : applied());
                ScripClient client = connect(server)) {
            assertUnknown(transfer(client), "The answer could not be read.");
            assertTrue(transfer(client).get(30, TimeUnit.SECONDS).isApplied());
            assertEquals(2, server.accepted());
        }
    }
}
