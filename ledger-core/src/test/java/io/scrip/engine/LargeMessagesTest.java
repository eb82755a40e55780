package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.FakeJournal.Gate;
import io.scrip.engine.PipelineRig.Mode;
import io.scrip.ledger.Commands;
import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LargeMessagesTest {
    private static final int LIMIT_BYTES = MessageShape.MAX_MESSAGE_BYTES;

    /** A batch of more than half of what may be under way. */
    private static DirectBuffer largeBatch(long firstId) {
        List<Item> items = new ArrayList<>();
        for (int bytes = 0; bytes < LIMIT_BYTES / 2; bytes += 2_000) {
            Transfer transfer = new Transfer(
                    firstId + items.size(),
                    2,
                    2,
                    3,
                    PipelineRig.CRD,
                    1,
                    0,
                    false,
                    false,
                    List.of(),
                    "",
                    "m".repeat(2_000));
            items.add(new Item(false, transfer.encode()));
        }
        return Commands.batch(Role.WALLET, 2, items);
    }

    @ParameterizedTest
    @EnumSource
    void moreBytesThanMayBeUnderWayAreRefusedAndSmallMessagesAreNot(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 64, LIMIT_BYTES)) {
            Gate gate = rig.heldAt(100);
            DirectBuffer first = largeBatch(1_000);
            DirectBuffer second = largeBatch(5_000);
            rig.accepted(first, 1);
            int bufferBytes = Integer.highestOneBit(first.capacity() - 1) << 1;
            assertEquals(bufferBytes, rig.pipeline.largeBytesUnderWay());
            assertFalse(rig.offer(second, 2), "both together are too much");
            assertEquals(bufferBytes, rig.pipeline.largeBytesUnderWay(), "what was refused counts no more");
            assertTrue(rig.offer(PipelineRig.transfer(101), 3));
            gate.open();
            rig.sink().await(3);

            Eventually.until("the buffer is given back", () -> rig.pipeline.largeBytesUnderWay() == 0);
            rig.accepted(second, 4);
            rig.sink().await(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullRingKeepsNoBytesOfWhatItRefuses(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 2, 4L * LIMIT_BYTES)) {
            Gate gate = rig.heldAt(100);
            rig.accepted(largeBatch(1_000), 1);
            long underWay = rig.pipeline.largeBytesUnderWay();
            assertFalse(rig.offer(largeBatch(5_000), 2), "the ring has two slots");
            assertEquals(underWay, rig.pipeline.largeBytesUnderWay());
            gate.open();
            rig.sink().await(2);
            Eventually.until("the buffer is given back", () -> rig.pipeline.largeBytesUnderWay() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatCannotBeCopiedKeepsNoBytes(Mode mode) {
        try (PipelineRig rig = PipelineRig.funded(mode, 64, LIMIT_BYTES)) {
            DirectBuffer batch = largeBatch(1_000);
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> rig.pipeline.offer(batch, 0, batch.capacity() + 1, rig.sink(), 1));
            Eventually.until("the buffer is given back", () -> rig.pipeline.largeBytesUnderWay() == 0);
            rig.accepted(batch, 2);
            rig.sink().await(1);
        }
    }

    @Test
    void aBufferThatWasGivenBackIsUsedAgainForWhatIsAboutAsLong() {
        LargeMessages messages = new LargeMessages(LIMIT_BYTES);
        UnsafeBuffer first = messages.take(600_000);
        assertEquals(1 << 20, first.capacity());
        UnsafeBuffer second = messages.take(1 << 20);
        assertNotSame(first, second);
        assertNull(messages.take(1), "that is all that may be under way");
        messages.giveBack(first);
        assertSame(first, messages.take(900_000));
        messages.giveBack(first);
        UnsafeBuffer small = messages.take(1_025);
        assertEquals(2_048, small.capacity());
        messages.giveBack(small);
        messages.giveBack(second);
        assertEquals(0, messages.underWayBytes());
    }

    @Test
    void notMoreBuffersAreKeptThanAFewMegabytes() {
        LargeMessages messages = new LargeMessages(Long.MAX_VALUE);
        Set<UnsafeBuffer> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 12; i++) {
            made.add(messages.take(1 << 20));
        }
        made.forEach(messages::giveBack);
        int again = 0;
        for (int i = 0; i < 12; i++) {
            again += made.contains(messages.take(1 << 20)) ? 1 : 0;
        }
        assertEquals(8, again);
    }
}
