package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.PipelineRig.Mode;
import io.scrip.ledger.Commands;
import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who applies what, and in which order, when a second thread helps. */
@Timeout(60)
class TwoThreadStagesTest {
    private static final int ITEMS = 400;
    /** The rig's own four commands have made one each. */
    private static final long EVENTS_BEFORE = 4;

    private static DirectBuffer largeBatch(long firstId) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(new Item(
                    false, Transfer.of(firstId + i, 2, 3, PipelineRig.CRD, 1).encode()));
        }
        DirectBuffer batch = Commands.batch(Role.WALLET, 2, items);
        assertTrue(batch.capacity() >= TwoThreadStages.LARGE_BYTES);
        return batch;
    }

    private static List<Long> correlations(List<RecordingSink.Reply> replies) {
        return replies.stream().map(RecordingSink.Reply::correlationId).toList();
    }

    @Test
    void theNextBatchIsForcedWhileALargeOneIsApplied() {
        try (PipelineRig rig = PipelineRig.funded(Mode.TWO_THREADS, 64)) {
            PipelineRig.Held held = rig.holdAtEvent(EVENTS_BEFORE + ITEMS / 2);
            rig.accepted(largeBatch(1_000), 1);
            held.awaitReached();
            rig.accepted(largeBatch(5_000), 2);
            Eventually.until("the second batch to be forced", () -> rig.journal.forcedSequence == 6);
            assertEquals(0, rig.sink().count());
            held.release();
            assertEquals(List.of(1L, 2L), correlations(rig.sink().await(2)));
        }
    }

    @Test
    void theAnswerToALargeBatchDoesNotWaitForTheNextOne() {
        try (PipelineRig rig = PipelineRig.funded(Mode.TWO_THREADS, 64)) {
            PipelineRig.Held first = rig.holdAtEvent(EVENTS_BEFORE + 1);
            rig.accepted(largeBatch(1_000), 1);
            first.awaitReached();
            rig.accepted(largeBatch(5_000), 2);
            Eventually.until("the second batch to be forced", () -> rig.journal.forcedSequence == 6);
            PipelineRig.Held second = rig.holdAtEvent(EVENTS_BEFORE + ITEMS + 1);
            first.release();
            second.awaitReached();
            assertEquals(List.of(1L), correlations(rig.sink().await(1)));
            second.release();
            rig.sink().await(2);
        }
    }

    @Test
    void aSmallCommandBehindALargeOneWaitsForItsTurn() {
        try (PipelineRig rig = PipelineRig.funded(Mode.TWO_THREADS, 64)) {
            PipelineRig.Held held = rig.holdAtEvent(EVENTS_BEFORE + 1);
            rig.accepted(largeBatch(1_000), 1);
            held.awaitReached();
            rig.accepted(PipelineRig.transfer(7_000), 2);
            Eventually.until("the transfer to be forced", () -> rig.journal.forcedSequence == 6);
            assertEquals(0, rig.sink().count());
            held.release();
            assertEquals(List.of(1L, 2L), correlations(rig.sink().await(2)));
        }
    }

    @Test
    void whatIsSmallIsAppliedByTheThreadThatForcedIt() {
        try (PipelineRig rig = PipelineRig.funded(Mode.TWO_THREADS, 64)) {
            for (int i = 0; i < 20; i++) {
                rig.applied(PipelineRig.transfer(1_000 + i));
            }
            assertEquals("scrip-pipeline-1", rig.lastEventThread);
            rig.accepted(largeBatch(5_000), 20);
            rig.sink().await(21);
            assertEquals("scrip-pipeline-2", rig.lastEventThread);
            rig.applied(PipelineRig.transfer(9_000));
            assertEquals("scrip-pipeline-1", rig.lastEventThread);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeAndSmallOnesInAnyMixAreAnsweredInTheirOrderAndNoneBeforeItIsForced(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 8)) {
            List<Long> sent = new ArrayList<>();
            for (long i = 0; i < 600; i++) {
                DirectBuffer message =
                        i % 7 == 3 ? largeBatch(100_000 + i * 1_000) : PipelineRig.transfer(10_000_000 + i);
                long correlationId = i;
                Eventually.until("a place in the ring", () -> rig.offer(message, correlationId));
                sent.add(i);
            }
            List<RecordingSink.Reply> replies = rig.sink().await(600);
            assertEquals(sent, correlations(replies));
            for (RecordingSink.Reply reply : replies) {
                long sequence = EVENTS_BEFORE + 1 + reply.correlationId();
                assertTrue(reply.forcedSequence() >= sequence, "command " + sequence + " was answered too early");
            }
            assertEquals(List.of(), rig.faults);
        }
    }
}
