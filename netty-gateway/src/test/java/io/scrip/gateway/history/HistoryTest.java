package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.http.TransactionQuery;
import io.scrip.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HistoryTest {
    private final ArrayEventLog log = new ArrayEventLog();
    private final EventScript script = new EventScript(log, "CRD", "USD");

    private static final class Future<T> extends CompletableFuture<T> implements History.Callback<T> {
        @Override
        public void onResult(T result) {
            complete(result);
        }

        @Override
        public void onFailure(RuntimeException cause) {
            completeExceptionally(cause);
        }

        RuntimeException failure() {
            ExecutionException thrown = assertThrows(ExecutionException.class, () -> get(30, TimeUnit.SECONDS));
            return (RuntimeException) thrown.getCause();
        }
    }

    @Test
    void shouldGiveBackTheFirstOutcomeWithItsNumbers() throws Exception {
        script.issue(2, "CRD", 500);
        long applied = script.transfer(2, 3, "CRD", 120, "order 7", "{\"k\":\"v\"}");
        long refused = script.refuse(2, 3, "CRD", 900, 380);
        try (History history = new History(log, HistoryConfig.DEFAULT)) {
            Future<StoredOutcome> first = new Future<>();
            Future<StoredOutcome> second = new Future<>();
            assertTrue(history.outcome(applied, first));
            assertTrue(history.outcome(refused, second));

            StoredLeg leg = assertInstanceOf(
                    StoredLeg.class, first.get(30, TimeUnit.SECONDS).first());
            assertEquals(Outcome.APPLIED, leg.outcome());
            assertEquals(applied, leg.eventSequence());
            assertEquals(applied + 100, leg.sequence());
            assertEquals(EventScript.timestampOf(applied), leg.timestampNs());
            assertEquals(7, leg.idHigh());
            assertEquals(applied, leg.idLow());
            assertEquals(
                    380, leg.fromBalances().creditsPosted() - leg.fromBalances().debitsPosted());
            assertEquals(120, leg.toBalances().creditsPosted());
            assertEquals(120, ((StoredCommand.Transfer) leg.command()).amount());

            StoredDecision decision = assertInstanceOf(
                    StoredDecision.class, second.get(30, TimeUnit.SECONDS).first());
            assertEquals(Outcome.INSUFFICIENT_FUNDS, decision.outcome());
            assertEquals(900, decision.needed());
            assertEquals(380, decision.available());
            assertEquals(900, ((StoredCommand.Transfer) decision.command()).amount());
        }
        assertEquals(0, log.openReaders());
    }

    @Test
    void shouldListTransactionsAndReportABadCursor() throws Exception {
        script.issue(2, "CRD", 500);
        script.transfer(2, 3, "CRD", 120);
        try (History history = new History(log, HistoryConfig.DEFAULT)) {
            Future<TransactionPage> good = new Future<>();
            Future<TransactionPage> bad = new Future<>();
            history.transactions(script.heads(2), new TransactionQuery(50, null, null, 0, 0, 0), good);
            history.transactions(script.heads(2), new TransactionQuery(5, "no cursor", null, 0, 0, 0), bad);

            assertEquals(2, good.get(30, TimeUnit.SECONDS).legs().size());
            assertInstanceOf(BadCursor.class, bad.failure());
        }
    }

    @Test
    void anEventThatIsNotThereIsAFaultAndNotAnAnswer() {
        try (History history = new History(log, HistoryConfig.DEFAULT)) {
            Future<StoredOutcome> missing = new Future<>();
            history.outcome(1, missing);
            assertEquals("event 1 is not in the event log", missing.failure().getMessage());
        }
    }

    @Test
    void shouldRefuseAtOnceWhenTheQueueIsFull() throws Exception {
        long event = script.issue(2, "CRD", 500);
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<Future<StoredOutcome>> waiting = new ArrayList<>();
        try (History history = new History(log, new HistoryConfig(1, 3, 10))) {
            history.outcome(event, new History.Callback<>() {
                @Override
                public void onResult(StoredOutcome result) {
                    isBusy.countDown();
                    awaitUninterrupted(mayGoOn);
                    throw new IllegalStateException("a faulty callback");
                }

                @Override
                public void onFailure(RuntimeException cause) {
                    throw cause;
                }
            });
            assertTrue(isBusy.await(30, TimeUnit.SECONDS));
            for (int i = 0; i < 3; i++) {
                waiting.add(new Future<>());
                assertTrue(history.outcome(event, waiting.get(i)));
            }
            Future<StoredOutcome> refused = new Future<>();
            assertFalse(history.outcome(event, refused));
            assertFalse(history.transactions(
                    script.heads(2), new TransactionQuery(50, null, null, 0, 0, 0), new Future<>()));

            mayGoOn.countDown();
            for (Future<StoredOutcome> future : waiting) {
                assertEquals(event, future.get(30, TimeUnit.SECONDS).first().eventSequence());
            }
            assertFalse(refused.isDone());
        }
    }

    @Test
    void shouldFailWhatStillWaitsWhenItIsClosed() throws Exception {
        long event = script.issue(2, "CRD", 500);
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        History history = new History(log, new HistoryConfig(1, 3, 10));
        history.outcome(event, new History.Callback<>() {
            @Override
            public void onResult(StoredOutcome result) {
                isBusy.countDown();
                awaitUninterrupted(mayGoOn);
            }

            @Override
            public void onFailure(RuntimeException cause) {
                throw cause;
            }
        });
        assertTrue(isBusy.await(30, TimeUnit.SECONDS));
        Future<StoredOutcome> waiting = new Future<>();
        assertTrue(history.outcome(event, waiting));
        Thread closing = new Thread(history::close);
        closing.start();
        // It waits for the reader thread only after it has closed the door.
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertFalse(history.outcome(event, new Future<>()));
        mayGoOn.countDown();
        closing.join();

        assertEquals("the server is stopping", waiting.failure().getMessage());
        assertEquals(0, log.openReaders());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
