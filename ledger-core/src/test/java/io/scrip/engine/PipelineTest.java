package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.FakeJournal.Gate;
import io.scrip.engine.FakeJournal.Kept;
import io.scrip.engine.PipelineRig.Mode;
import io.scrip.engine.RecordingSink.Reply;
import io.scrip.ledger.Commands;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PipelineTest {

    @ParameterizedTest
    @EnumSource
    void aReplyComesOnlyAfterTheForceOfItsBatch(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 64)) {
            Gate gate = rig.heldAt(100);
            rig.accepted(PipelineRig.transfer(101), 101);
            assertEquals(0, rig.sink().count());
            gate.open();
            rig.sink().await(2);

            List<String> calls = rig.journal.calls();
            List<String> fromHere = calls.subList(calls.indexOf("append 5"), calls.size());
            assertTrue(fromHere.indexOf("reply 100") > fromHere.indexOf("force 5"), fromHere::toString);
            assertTrue(fromHere.indexOf("reply 101") > fromHere.indexOf("force 6"), fromHere::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noReplyOfManyProducersIsAheadOfTheForcedSequence(Mode mode) throws InterruptedException {
        try (PipelineRig rig = PipelineRig.funded(mode, 64)) {
            List<Thread> producers = new ArrayList<>();
            for (int producer = 0; producer < 4; producer++) {
                long first = 1_000L * (producer + 1);
                Thread thread = new Thread(() -> {
                    for (long id = first; id < first + 1_000; id++) {
                        DirectBuffer command = PipelineRig.transfer(id);
                        while (!rig.offer(command, id)) {
                            Thread.onSpinWait();
                        }
                    }
                });
                producers.add(thread);
                thread.start();
            }
            for (Thread producer : producers) {
                producer.join();
            }
            List<Reply> replies = rig.sink().await(4_000);
            assertEquals(4_000, replies.size());
            long last = 0;
            for (Reply reply : replies) {
                assertEquals(Outcome.APPLIED, reply.outcome());
                assertTrue(reply.command().sequence() <= reply.forcedSequence(), "acknowledged before it was forced");
                assertTrue(reply.command().sequence() > last, "out of order");
                last = reply.command().sequence();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyCommandsShareOneForce(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 1024)) {
            int before = rig.journal.forces();
            Gate gate = rig.heldAt(100);
            for (int i = 1; i <= 1000; i++) {
                rig.accepted(PipelineRig.transfer(100 + i), 100 + i);
            }
            gate.open();
            rig.sink().await(1001);
            assertEquals(before + 2, rig.journal.forces());
        }
    }

    @ParameterizedTest
    @EnumSource
    void repliesComeInTheOrderOfTheOffers(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 64)) {
            for (int i = 0; i < 5_000; i++) {
                DirectBuffer message =
                        i % 3 == 0 ? Commands.getWallet(Role.OPERATOR, 0, 2) : PipelineRig.transfer(1_000 + i);
                while (!rig.offer(message, i)) {
                    Thread.onSpinWait();
                }
            }
            List<Reply> replies = rig.sink().await(5_000);
            for (int i = 0; i < 5_000; i++) {
                assertEquals(i, replies.get(i).correlationId());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullRingRefusesAtOnceAndLosesNothing(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 8)) {
            Gate gate = rig.heldAt(100);
            for (int i = 1; i < 8; i++) {
                rig.accepted(PipelineRig.transfer(100 + i), 100 + i);
            }
            assertEquals(0, rig.pipeline.freeSlots());
            assertFalse(rig.offer(PipelineRig.transfer(200), 200));
            assertFalse(
                    rig.offer(Commands.getWallet(Role.OPERATOR, 0, 2), 201), "there is no place for a query either");
            assertNull(rig.pipeline.refusalCause(), "full is not a state, it passes");
            gate.open();

            List<Reply> replies = rig.sink().await(8);
            assertEquals(
                    List.of(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L),
                    replies.stream().map(Reply::correlationId).toList());
            rig.accepted(PipelineRig.transfer(200), 200);
            assertEquals(200, rig.sink().await(9).get(8).correlationId());
            assertEquals(13, rig.journal.lastSequence());
        }
    }

    @ParameterizedTest
    @EnumSource
    void queriesSeeEarlierCommandsOfTheirBatchAndAreNotJournaled(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            Gate gate = rig.heldAt(100);
            rig.accepted(Transfer.of(101, 2, 3, PipelineRig.CRD, 41).encode(), 101);
            rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 3), 102);
            rig.accepted(Transfer.of(103, 2, 3, PipelineRig.CRD, 58).encode(), 103);
            rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 3), 104);
            gate.open();
            List<Reply> replies = rig.sink().await(5);
            assertEquals(42, PipelineRig.balanceIn(replies.get(2)));
            assertEquals(100, PipelineRig.balanceIn(replies.get(4)));
            assertEquals(7, rig.journal.lastSequence());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfQueriesOnlyNeedsNoForce(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            int before = rig.journal.forces();
            rig.accepted(Commands.getTrialBalance(Role.OPERATOR), 1);
            rig.accepted(Commands.getOutcome(4), 2);
            rig.sink().await(2);
            assertEquals(before, rig.journal.forces());
        }
    }

    @ParameterizedTest
    @EnumSource
    void dryRunsAreNotJournaled(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            DirectBuffer dryRun =
                    new Transfer(100, 2, 2, 3, PipelineRig.CRD, 5, 0, true, false, List.of(), "", "").encode();
            rig.accepted(dryRun, 1);
            rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 3), 2);
            List<Reply> replies = rig.sink().await(2);
            assertEquals(Outcome.APPLIED, replies.get(0).outcome());
            assertTrue(replies.get(0).command().flags().dryRun());
            assertEquals(5, replies.get(0).command().toBalances().creditsPosted());
            assertEquals(0, PipelineRig.balanceIn(replies.get(1)));
            assertEquals(4, rig.journal.lastSequence());
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeMessagesPassUnchanged(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 2)) {
            int emptyBytes = PipelineRig.transfer(1).capacity();
            List<DirectBuffer> commands = new ArrayList<>();
            for (int bytes : new int[] {511, 512, 513, emptyBytes + 2048, emptyBytes, 513, emptyBytes}) {
                String metadata = "x".repeat(bytes - emptyBytes);
                long id = 100L + commands.size();
                commands.add(new Transfer(id, 2, 2, 3, PipelineRig.CRD, 1, 0, false, false, List.of(), "", metadata)
                        .encode());
            }
            for (DirectBuffer command : commands) {
                rig.applied(command);
            }
            List<Kept> records = rig.journal.records();
            for (int i = 0; i < commands.size(); i++) {
                assertEquals(commands.get(i), records.get(4 + i).command());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullBatchPasses(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 4)) {
            List<Commands.Item> items = new ArrayList<>();
            for (int i = 0; i < 8190; i++) {
                items.add(new Commands.Item(false, PipelineRig.transfer(10_000 + i)));
            }
            DirectBuffer batch = Commands.batch(Role.WALLET, 2, items);
            rig.accepted(batch, 1);
            rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 3), 2);
            List<Reply> replies = rig.sink().await(2);
            assertEquals(8190, PipelineRig.balanceIn(replies.get(1)));
            assertEquals(batch, rig.journal.records().get(4).command());
        }
    }

    @ParameterizedTest
    @EnumSource
    void timestampsGrowThoughTheClockStandsStillOrGoesBack(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            rig.applied(PipelineRig.transfer(100));
            rig.clockNs.addAndGet(-5_000_000_000L);
            rig.applied(PipelineRig.transfer(101));
            rig.clockNs.addAndGet(60_000_000_000L);
            rig.applied(PipelineRig.transfer(102));
            long last = 0;
            for (Kept kept : rig.journal.records()) {
                assertTrue(kept.timestampNs() > last);
                last = kept.timestampNs();
            }
            assertEquals(rig.clockNs.get(), last, "a clock that is ahead is followed");
            assertEquals(last, rig.sink().await(3).get(2).command().timestamp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theJournalHearsOfIdleness(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            rig.applied(PipelineRig.transfer(100));
            int before = rig.journal.idles();
            Eventually.until("idleness", () -> rig.journal.idles() > before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatAreNoCommandAreAnsweredAndNotJournaled(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 2)) {
            DirectBuffer whole = PipelineRig.transfer(100);
            int answers = 0;
            for (int length = 0; length < 66; length++) {
                // Same slots before: what a transfer left there must not be read as part of a shorter message.
                rig.applied(PipelineRig.transfer(1_000 + length));
                DirectBuffer cut = new UnsafeBuffer(whole, 0, length);
                answers = rig.sink().count();
                rig.accepted(cut, length);
                assertEquals(
                        Outcome.MALFORMED,
                        rig.sink().await(answers + 1).get(answers).outcome());
            }
            assertEquals(4 + 66, rig.journal.lastSequence());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallerThatNamesBytesItDoesNotHaveHarmsOnlyItself(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 4)) {
            DirectBuffer command = PipelineRig.transfer(100);
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> rig.pipeline.offer(command, 0, command.capacity() + 1, rig.sink(), 1));
            rig.applied(PipelineRig.transfer(101));
            assertEquals(1, rig.sink().count());
            assertEquals(5, rig.journal.lastSequence());
            assertEquals(List.of(), rig.faults);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasTheReplyFindsTheEvent(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            List<Long> visibleAtFlush = new ArrayList<>();
            ReplySink reader = new ReplySink() {
                @Override
                public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                    assertEquals(4, rig.pipeline.visibleEvent(), "not before it is flushed");
                }

                @Override
                public void onBatchEnd() {
                    visibleAtFlush.add(rig.pipeline.visibleEvent());
                    visibleAtFlush.add(rig.pipeline.visibleSequence());
                }
            };
            DirectBuffer command = PipelineRig.transfer(100);
            assertTrue(rig.pipeline.offer(command, 0, command.capacity(), reader, 1));
            Eventually.until("the announcement", () -> rig.announced.contains(5L));
            assertEquals(List.of(5L, 5L), visibleAtFlush);
        }
    }
}
