package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Transfer;
import io.scrip.ledger.TestLedger.Answer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final long CRD = Commands.token("CRD");

    @Test
    void aRetryReturnsTheFirstSuccessAndMovesNothing() {
        TestLedger ledger = TestLedger.withWallets(100, 0);
        Answer first = ledger.answer(Transfer.of(1000, 2, 3, CRD, 60).encode());
        Answer retry = ledger.answer(Transfer.of(1000, 2, 3, CRD, 60).encode());
        assertEquals(Outcome.APPLIED, retry.outcome());
        assertTrue(retry.replayed());
        assertEquals(first.eventSequence(), retry.eventSequence());
        assertEquals(40, ledger.balance(2));
        assertEquals(60, ledger.balance(3));
    }

    @Test
    void aRetryReturnsTheFirstRefusalEvenWhenItWouldNowSucceed() {
        TestLedger ledger = TestLedger.withWallets(10, 0);
        Answer first = ledger.answer(Transfer.of(1000, 2, 3, CRD, 60).encode());
        assertEquals(Outcome.INSUFFICIENT_FUNDS, first.outcome());
        ledger.expect(Outcome.APPLIED, Commands.issue(1001, Role.OPERATOR, 2, CRD, 1000));
        Answer retry = ledger.answer(Transfer.of(1000, 2, 3, CRD, 60).encode());
        assertEquals(Outcome.INSUFFICIENT_FUNDS, retry.outcome());
        assertTrue(retry.replayed());
        assertEquals(first.eventSequence(), retry.eventSequence());
        assertEquals(0, ledger.balance(3));
    }

    @Test
    void theSameIdWithOtherContentIsAConflictThatPointsToTheFirst() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        Answer first = ledger.answer(Transfer.of(1000, 2, 3, CRD, 60).encode());
        DirectBuffer[] others = {
            Transfer.of(1000, 2, 3, CRD, 61).encode(),
            Transfer.of(1000, 2, 4, CRD, 60).encode(),
            new Transfer(1000, 2, 2, 3, CRD, 60, 0, false, false, List.of(), "r", "").encode(),
            new Transfer(1000, 2, 2, 3, CRD, 60, 0, false, true, List.of(), "", "").encode(),
            new Transfer(1000, 3, 2, 3, CRD, 60, 0, false, false, List.of(), "", "").encode(),
            Commands.issue(1000, Role.OPERATOR, 3, CRD, 60),
        };
        for (DirectBuffer other : others) {
            Answer answer = ledger.answer(other);
            assertEquals(Outcome.IDEMPOTENCY_CONFLICT, answer.outcome());
            assertFalse(answer.replayed());
            assertEquals(first.eventSequence(), answer.eventSequence());
        }
        assertEquals(40, ledger.balance(2));
    }

    @Test
    void aWalletOpenedAgainWithAnotherKeyIsAReplay() {
        TestLedger ledger = TestLedger.withWallets();
        Answer first = ledger.answer(Commands.openWallet(1000, Role.OPERATOR, "agent:alice", 11, 12));
        Answer retry = ledger.answer(Commands.openWallet(1000, Role.OPERATOR, "agent:alice", 21, 22));
        assertEquals(Outcome.APPLIED, retry.outcome());
        assertTrue(retry.replayed());
        assertEquals(first.eventSequence(), retry.eventSequence());
        long[] key = new long[2];
        ledger.processor.forEachKey((wallet, high, low) -> {
            if (wallet == first.wallet()) {
                key[0] = high;
                key[1] = low;
            }
        });
        assertEquals(11, key[0]);
        assertEquals(12, key[1]);
    }

    @Test
    void idsAreForgottenInWholeSegmentsAndAnOldUuid7IsRefusedForEver() {
        Retention retention = new Retention(3600_000_000_000L, 20, 10);
        TestLedger ledger = new TestLedger(retention);
        ledger.expect(Outcome.APPLIED, Commands.registerToken(1, "CRD", 6, true));
        ledger.expect(Outcome.APPLIED, Commands.openWallet(2, Role.OPERATOR, "agent:a", 1, 1));
        ledger.expect(Outcome.APPLIED, Commands.openWallet(3, Role.OPERATOR, "agent:b", 1, 2));
        ledger.expect(Outcome.APPLIED, Commands.issue(4, Role.OPERATOR, 2, CRD, 1000));
        DirectBuffer early = Uuid7.transfer(ledger.nextTimestampNs() / 1_000_000, 1, 2, 3, CRD, 1);
        ledger.expect(Outcome.APPLIED, early);
        for (int i = 0; i < 40; i++) {
            ledger.advanceNs(1_000_000);
            ledger.expect(Outcome.APPLIED, Transfer.of(500 + i, 2, 3, CRD, 1).encode());
        }
        assertEquals(Outcome.ID_TOO_OLD, ledger.answer(early).outcome());
        assertEquals(41, ledger.balance(3));
        Answer remembered = ledger.answer(Transfer.of(539, 2, 3, CRD, 1).encode());
        assertTrue(remembered.replayed());
        assertEquals(
                ledger.processor.stateHash(),
                ledger.replayed(retention).processor.stateHash());
    }

    @Test
    void anIdFromTheFutureIsRefusedAndNotRemembered() {
        TestLedger ledger = TestLedger.withWallets(100, 0);
        long nowMs = ledger.nextTimestampNs() / 1_000_000;
        DirectBuffer ahead = Uuid7.transfer(nowMs + 60_001, 1, 2, 3, CRD, 1);
        assertEquals(Outcome.ID_IN_FUTURE, ledger.answer(ahead).outcome());
        assertEquals(0, ledger.answer(ahead).eventSequence());
        ledger.advanceNs(2_000_000);
        assertEquals(Outcome.APPLIED, ledger.answer(ahead).outcome());
        assertEquals(1, ledger.balance(3));
    }

    @Test
    void idsAgeOutByJournalTimeToo() {
        Retention retention = new Retention(28_000_000_000L, 1_000_000, 1_000);
        TestLedger ledger = new TestLedger(retention);
        ledger.expect(Outcome.APPLIED, Commands.registerToken(1, "CRD", 6, true));
        ledger.expect(Outcome.APPLIED, Commands.openWallet(2, Role.OPERATOR, "agent:a", 1, 1));
        ledger.advanceNs(2_000_000_000L);
        ledger.expect(Outcome.APPLIED, Commands.openWallet(3, Role.OPERATOR, "agent:b", 1, 2));
        assertTrue(ledger.answer(Commands.openWallet(2, Role.OPERATOR, "agent:a", 1, 1))
                .replayed());
        ledger.advanceNs(27_000_000_000L);
        Answer forgotten = ledger.answer(Commands.openWallet(2, Role.OPERATOR, "agent:a", 1, 1));
        assertEquals(Outcome.OWNER_EXISTS, forgotten.outcome());
        assertEquals(2, forgotten.wallet());
    }
}
