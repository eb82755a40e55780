package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.ledger.TestLedger.Answer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final long CRD = Commands.token("CRD");

    private static Item item(boolean linked, long id, long to, long amount) {
        return new Item(linked, Transfer.of(id, 2, to, CRD, amount).encode());
    }

    private static List<Outcome> outcomes(List<Answer> answers) {
        return answers.stream().map(Answer::outcome).toList();
    }

    private static DirectBuffer batch(Item... items) {
        return Commands.batch(Role.WALLET, 2, List.of(items));
    }

    @Test
    void itemsSucceedAndFailEachForItself() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        List<Answer> answers =
                ledger.batch(batch(item(false, 1000, 3, 60), item(false, 1001, 4, 60), item(false, 1002, 4, 40)));
        assertEquals(List.of(Outcome.APPLIED, Outcome.INSUFFICIENT_FUNDS, Outcome.APPLIED), outcomes(answers));
        assertEquals(40, answers.get(1).available());
        assertEquals(60, answers.get(1).needed());
        assertEquals(0, ledger.balance(2));
        assertEquals(60, ledger.balance(3));
        assertEquals(40, ledger.balance(4));
    }

    @Test
    void aChainIsAppliedWhole() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        List<Answer> answers =
                ledger.batch(batch(item(true, 1000, 3, 60), item(true, 1001, 4, 30), item(false, 1002, 4, 10)));
        assertEquals(List.of(Outcome.APPLIED, Outcome.APPLIED, Outcome.APPLIED), outcomes(answers));
        assertEquals(0, ledger.balance(2));
    }

    @Test
    void aChainThatFailsLeavesNothingButItsRefusals() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        int eventsBefore = ledger.events.size();
        List<Answer> answers = ledger.batch(batch(
                item(true, 1000, 3, 60), item(true, 1001, 4, 60), item(false, 1002, 4, 1), item(false, 1003, 4, 5)));
        assertEquals(
                List.of(Outcome.LINKED_FAILED, Outcome.INSUFFICIENT_FUNDS, Outcome.LINKED_FAILED, Outcome.APPLIED),
                outcomes(answers));
        assertEquals(40, answers.get(1).available(), "as the failing item saw it");
        assertEquals(95, ledger.balance(2));
        assertEquals(0, ledger.balance(3));
        assertEquals(5, ledger.balance(4));
        assertEquals(eventsBefore + 4, ledger.events.size());
        assertEquals(
                Outcome.LINKED_FAILED,
                ledger.answer(Transfer.of(1000, 2, 3, CRD, 60).encode()).outcome());
        assertTrue(ledger.processor.trialBalance().isZero());
    }

    @Test
    void theItemThatFailedIsNotTriedAgainOutsideItsChain() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        List<Answer> answers = ledger.batch(batch(item(true, 1000, 3, 60), item(false, 1001, 4, 100)));
        assertEquals(List.of(Outcome.LINKED_FAILED, Outcome.INSUFFICIENT_FUNDS), outcomes(answers));
        assertEquals(100, ledger.balance(2), "alone the second would have succeeded");
    }

    @Test
    void aChainThatIsStillOpenAtTheEndFails() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        List<Answer> answers = ledger.batch(batch(item(true, 1000, 3, 10), item(true, 1001, 4, 10)));
        assertEquals(List.of(Outcome.LINKED_FAILED, Outcome.CHAIN_OPEN), outcomes(answers));
        assertEquals(100, ledger.balance(2));
    }

    @Test
    void aBatchSentAgainGivesTheSameOutcomesItemByItem() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        Item[] items = {
            item(false, 1000, 3, 10),
            item(true, 1001, 3, 10),
            item(false, 1002, 4, 500),
            item(true, 1003, 4, 10),
            item(false, 1004, 4, 10),
            item(false, 1005, 4, 500),
            item(false, 1000, 3, 10)
        };
        List<Answer> first = ledger.batch(batch(items));
        List<Answer> again = ledger.batch(batch(items));
        assertEquals(outcomes(first), outcomes(again));
        for (int i = 0; i < items.length; i++) {
            assertTrue(again.get(i).replayed());
            assertEquals(first.get(i).eventSequence(), again.get(i).eventSequence());
        }
        assertTrue(first.get(6).replayed(), "an id repeated inside a batch is a replay");
        assertEquals(70, ledger.balance(2));
    }

    @Test
    void anIdRepeatedInsideAFailedChainIsAReplayOfItsRefusal() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        List<Answer> answers =
                ledger.batch(batch(item(true, 1000, 3, 10), item(true, 1000, 3, 10), item(false, 1001, 4, 500)));
        assertEquals(
                List.of(Outcome.LINKED_FAILED, Outcome.LINKED_FAILED, Outcome.INSUFFICIENT_FUNDS), outcomes(answers));
        assertTrue(answers.get(1).replayed());
        assertEquals(100, ledger.balance(2));
    }

    @Test
    void aConflictInsideAChainFailsItAndTakesNothingOfTheFirstBack() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        ledger.expect(Outcome.APPLIED, Transfer.of(1000, 2, 3, CRD, 10).encode());
        List<Answer> answers = ledger.batch(batch(item(true, 1001, 3, 10), item(false, 1000, 3, 11)));
        assertEquals(List.of(Outcome.LINKED_FAILED, Outcome.IDEMPOTENCY_CONFLICT), outcomes(answers));
        assertTrue(ledger.answer(Transfer.of(1000, 2, 3, CRD, 10).encode()).replayed());
        assertEquals(90, ledger.balance(2));
    }

    @Test
    void theLargestBatchIsDecidedWhole() {
        TestLedger ledger = TestLedger.withWallets(MessageShape.MAX_BATCH_ITEMS, 0);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < MessageShape.MAX_BATCH_ITEMS; i++) {
            items.add(item(i < MessageShape.MAX_BATCH_ITEMS - 1, 10_000 + i, 3, 1));
        }
        List<Answer> answers = ledger.batch(Commands.batch(Role.WALLET, 2, items));
        assertEquals(MessageShape.MAX_BATCH_ITEMS, answers.size());
        assertEquals(MessageShape.MAX_BATCH_ITEMS, ledger.balance(3));
        assertEquals(
                ledger.processor.stateHash(),
                ledger.replayed(Retention.STANDARD).processor.stateHash());
    }

    @Test
    void aFailedChainLeavesAStateThatAReplayReaches() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        ledger.batch(batch(item(true, 1000, 3, 60), item(true, 1001, 4, 30), item(false, 1002, 4, 60)));
        assertEquals(
                ledger.processor.stateHash(),
                ledger.replayed(Retention.STANDARD).processor.stateHash());
    }
}
