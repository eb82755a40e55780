package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.FakeJournal.Gate;
import io.scrip.engine.PipelineRig.Mode;
import io.scrip.engine.RecordingSink.Reply;
import io.scrip.ledger.Commands;
import io.scrip.protocol.Role;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stage that fails ends everything: no reply for its batch or a later one, and never a second force. */
@Timeout(60)
class PipelineFaultTest {

    /** Record 5 is answered, record 6 is a batch of its own, records 7 to 10 and a query are the next one. */
    private static void offerBatches(PipelineRig rig) {
        rig.accepted(PipelineRig.transfer(100), 100);
        rig.sink().await(1);
        Gate gate = rig.heldAt(101);
        for (int id = 102; id <= 105; id++) {
            rig.accepted(PipelineRig.transfer(id), id);
        }
        rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 2), 106);
        gate.open();
    }

    /** Ends the pipeline's threads, so that nothing can come after what is asserted next. */
    private static void end(PipelineRig rig) {
        Eventually.until("the fault handler", () -> !rig.faults.isEmpty());
        assertFalse(rig.offer(PipelineRig.transfer(200), 200));
        assertEquals("stopping", rig.pipeline.refusalCause());
        assertThrows(JournalFailure.class, rig.pipeline::close);
        assertEquals(1, rig.faults.size());
        assertFalse(rig.journal.closed);
    }

    private static List<Long> answered(PipelineRig rig) {
        return rig.sink().await(1).stream().map(Reply::correlationId).toList();
    }

    /** With two threads the second one may end before it has come to record 6, which is durable. */
    private static void assertNothingAnsweredAfter101(PipelineRig rig) {
        assertTrue(List.of(List.of(100L), List.of(100L, 101L)).contains(answered(rig)), () -> "" + answered(rig));
    }

    @ParameterizedTest
    @EnumSource
    void aFailedAppendIsTheEnd(Mode mode) {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        rig.journal.failAppendOf = 8;
        int forces = rig.journal.forces();
        offerBatches(rig);
        end(rig);
        assertNothingAnsweredAfter101(rig);
        assertEquals(forces + 2, rig.journal.forces());
        assertEquals("append refused by the test", rig.faults.get(0).getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void aFailedForceIsTheEndAndIsNotTriedAgain(Mode mode) {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        rig.journal.failForceOf = 7;
        int forces = rig.journal.forces();
        offerBatches(rig);
        end(rig);
        assertNothingAnsweredAfter101(rig);
        assertEquals(forces + 3, rig.journal.forces());
        assertTrue(rig.processor.lastSequence() <= 6, "what is not durable is not applied");
    }

    @ParameterizedTest
    @EnumSource
    void aFailedSealWhenIdleIsTheEnd(Mode mode) {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        int forces = rig.journal.forces();
        rig.journal.failIdle = true;
        end(rig);
        assertEquals(forces, rig.journal.forces());
        assertEquals(0, rig.sink().count());
    }

    @ParameterizedTest
    @EnumSource
    void aCoreThatFailsAnswersNothingAnyMore(Mode mode) {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        rig.failAtEvent = 8;
        offerBatches(rig);
        end(rig);
        // Record 7 came before the one that failed: durable and applied, it may have been answered.
        List<Long> answered = answered(rig);
        assertEquals(100L, answered.get(0));
        assertTrue(answered.stream().allMatch(id -> id <= 102), answered::toString);
        assertTrue(rig.pipeline.visibleSequence() <= 6, "readers see nothing of the batch");
    }
}
