package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A counter, not a timing: it does not depend on what else the machine does. */
class AllocationTest {
    private static final int WINDOW_IDS = 1 << 16;
    /** What counting itself may take; a shard of the ids that still grew would take more. */
    private static final long COUNTING_BYTES = 2_000;

    private static final int TRANSFERS = 100_000;
    private static final long CRD = Commands.token("CRD");

    @Test
    void aTransferAllocatesNothingOnceTheWindowOfIdsIsFull() {
        LedgerProcessor processor = new LedgerProcessor(
                new Retention(1L << 60, WINDOW_IDS, WINDOW_IDS / 16), (eventSequence, event, offset, length) -> {});
        apply(processor, Commands.registerToken(1, "CRD", 6, true));
        apply(processor, Commands.openWallet(2, Role.OPERATOR, "agent:a", 1, 1));
        apply(processor, Commands.openWallet(3, Role.OPERATOR, "agent:b", 1, 2));
        apply(processor, Commands.issue(4, Role.OPERATOR, 2, CRD, 100L * TRANSFERS));
        UnsafeBuffer transfer = new UnsafeBuffer(
                Transfer.of(5, 2, 3, CRD, 1).encode(Role.WALLET).byteArray());
        // Until every shard of the table of ids holds its share of the whole window.
        for (long round = 0; round < 6; round++) {
            transfer(processor, transfer, 1_000 + round * TRANSFERS);
        }

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        transfer(processor, transfer, 1_000_000);
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(bytes < COUNTING_BYTES, bytes + " bytes for " + TRANSFERS + " transfers");
        assertTrue(processor.lastEventSequence() > 2L * TRANSFERS);
    }

    private static void transfer(LedgerProcessor processor, UnsafeBuffer transfer, long firstId) {
        for (long id = firstId; id < firstId + TRANSFERS; id++) {
            transfer.putLong(MessageShape.ID_LOW_OFFSET, id, ByteOrder.LITTLE_ENDIAN);
            apply(processor, transfer);
        }
    }

    private static void apply(LedgerProcessor processor, DirectBuffer command) {
        long next = processor.lastSequence() + 1;
        processor.onCommand(next, next, command, 0, command.capacity(), AllocationTest::onReply);
    }

    private static void onReply(DirectBuffer reply, int offset, int length) {
        // Outcome is the third field of a reply, after its header and the id.
        if (reply.getByte(offset + MessageShape.HEADER_BYTES + 16) != Outcome.APPLIED.value()) {
            throw new IllegalStateException("refused");
        }
    }
}
