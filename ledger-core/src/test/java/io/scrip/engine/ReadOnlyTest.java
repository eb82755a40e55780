package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.FakeJournal.Gate;
import io.scrip.engine.PipelineRig.Mode;
import io.scrip.engine.RecordingSink.Reply;
import io.scrip.ledger.Commands;
import io.scrip.protocol.NotAcceptedDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RefusalCause;
import io.scrip.protocol.Role;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ReadOnlyTest {

    @ParameterizedTest
    @EnumSource
    void withoutRoomOnlyQueriesAreTakenAndWithRoomEverything(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 16)) {
            Gate gate = rig.heldAt(100);
            rig.journal.room = false;
            rig.accepted(PipelineRig.transfer(101), 101);
            rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 3), 102);
            rig.accepted(PipelineRig.transfer(103), 103);
            gate.open();

            List<Reply> replies = rig.sink().await(4);
            assertEquals(Outcome.APPLIED, replies.get(0).outcome(), "it was in the journal already");
            assertEquals(NotAcceptedDecoder.TEMPLATE_ID, replies.get(1).templateId());
            assertEquals(RefusalCause.READ_ONLY, replies.get(1).refusalCause());
            assertEquals(1, PipelineRig.balanceIn(replies.get(2)));
            assertEquals(RefusalCause.READ_ONLY, replies.get(3).refusalCause());
            assertEquals(5, rig.journal.lastSequence());

            assertEquals("read_only", rig.pipeline.refusalCause());
            assertFalse(rig.offer(PipelineRig.transfer(104), 104));
            rig.accepted(Commands.getWallet(Role.OPERATOR, 0, 3), 105);
            assertEquals(1, PipelineRig.balanceIn(rig.sink().await(5).get(4)));

            rig.journal.room = true;
            Eventually.until("room again", () -> rig.pipeline.refusalCause() == null);
            rig.applied(PipelineRig.transfer(101));
            assertEquals(6, rig.journal.lastSequence());
            assertEquals(6, rig.sink().await(6).get(5).command().sequence(), "what was refused has left no gap");
        }
    }

    /** With a stream of queries there is never an idle moment. */
    @Test
    void queriesWithoutAPauseDoNotKeepItReadOnly() {
        FakeJournal journal = new FakeJournal();
        Journaller journaller = new Journaller(journal, () -> 1);
        journal.room = false;
        journaller.onEvent(slot(PipelineRig.transfer(1), true), 0, true);
        assertTrue(journaller.isReadOnly());
        journaller.onEvent(slot(Commands.getOutcome(1), false), 1, true);
        assertTrue(journaller.isReadOnly());
        journal.room = true;
        journaller.onEvent(slot(Commands.getOutcome(1), false), 2, true);
        assertFalse(journaller.isReadOnly());
        assertEquals(0, journal.lastSequence());
    }

    @Test
    void behindTheLastNanosecondThereIsNothingIsAppendedAnyMore() {
        FakeJournal journal = new FakeJournal();
        Journaller journaller = new Journaller(journal, () -> Long.MAX_VALUE);
        journaller.onEvent(slot(PipelineRig.transfer(1), true), 0, true);
        assertEquals(Long.MAX_VALUE, journal.lastTimestampNs());
        CommandSlot late = slot(PipelineRig.transfer(2), true);
        journaller.onEvent(late, 1, true);
        assertTrue(late.refused);
        assertTrue(journaller.isReadOnly());
        journaller.onTimeout(2);
        assertTrue(journaller.isReadOnly());
        assertEquals(1, journal.lastSequence());
    }

    @ParameterizedTest
    @EnumSource
    void aPipelineWithRoomRefusesNothing(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 4)) {
            assertNull(rig.pipeline.refusalCause());
        }
    }

    private static CommandSlot slot(DirectBuffer message, boolean journaled) {
        CommandSlot slot = new CommandSlot(new byte[CommandSlot.INLINE_BYTES], 0, new LargeMessages(0));
        RecordingSink sink = new RecordingSink(new FakeJournal());
        slot.fill(message, 0, message.capacity(), null, sink, 1, journaled);
        return slot;
    }
}
