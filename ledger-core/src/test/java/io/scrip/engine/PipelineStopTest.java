package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.FakeJournal.Gate;
import io.scrip.engine.PipelineRig.Mode;
import io.scrip.ledger.Commands;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PipelineStopTest {

    private static Thread closing(PipelineRig rig) {
        Thread closer = new Thread(rig.pipeline::close);
        closer.start();
        Eventually.until("stopping", () -> "stopping".equals(rig.pipeline.refusalCause()));
        return closer;
    }

    @ParameterizedTest
    @EnumSource
    void acceptedWorkIsFinishedAndNewWorkIsRefused(Mode mode) throws InterruptedException {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        Gate gate = rig.heldAt(100);
        for (int id = 101; id <= 104; id++) {
            rig.accepted(PipelineRig.transfer(id), id);
        }
        Thread closer = closing(rig);
        assertFalse(rig.offer(PipelineRig.transfer(105), 105));
        assertFalse(rig.offer(Commands.getWallet(Role.OPERATOR, 0, 2), 106), "queries too");
        assertFalse(rig.journal.closed);
        gate.open();
        closer.join();

        assertEquals(5, rig.sink().await(5).size());
        assertTrue(rig.journal.closed);
        assertEquals(9, rig.journal.forcedSequence);
        List<String> calls = rig.journal.calls();
        assertEquals(List.of("force 9", "close"), calls.subList(calls.size() - 2, calls.size()));
        assertEquals(List.of(), rig.faults);
    }

    @ParameterizedTest
    @EnumSource
    void theJournalIsNotClosedUnderTheThreadThatUsesIt(Mode mode) throws InterruptedException {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        Gate idle = rig.journal.holdNextIdle();
        idle.awaitReached();
        Thread closer = closing(rig);
        Eventually.until("a closer that waits", () -> {
            Thread.State state = closer.getState();
            return state == Thread.State.TIMED_WAITING || state == Thread.State.TERMINATED;
        });
        idle.open();
        closer.join();
        List<String> calls = rig.journal.calls();
        assertEquals(List.of("idle ends", "force 4", "close"), calls.subList(calls.size() - 3, calls.size()));
    }

    @ParameterizedTest
    @EnumSource
    void closingTwiceIsClosingOnce(Mode mode) {
        PipelineRig rig = PipelineRig.funded(mode, 16);
        rig.pipeline.close();
        List<String> calls = rig.journal.calls();
        rig.pipeline.close();
        assertEquals(calls, rig.journal.calls());
    }

    @ParameterizedTest
    @EnumSource
    void everyOfferAcceptedDuringAStopIsAnswered(Mode mode) throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            PipelineRig rig = PipelineRig.funded(mode, 64);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ready = new AtomicInteger();
            List<Thread> producers = new ArrayList<>();
            for (int producer = 0; producer < 3; producer++) {
                long first = 1_000_000L * (producer + 1);
                Thread thread = new Thread(() -> {
                    DirectBuffer query = Commands.getOutcome(first);
                    ready.incrementAndGet();
                    while (!"stopping".equals(rig.pipeline.refusalCause())) {
                        if (rig.offer(query, first)) {
                            accepted.incrementAndGet();
                        }
                    }
                });
                producers.add(thread);
                thread.start();
            }
            Eventually.until(
                    "producers at work", () -> ready.get() == 3 && rig.sink().count() > 0);
            rig.pipeline.close();
            for (Thread producer : producers) {
                producer.join();
            }
            assertEquals(accepted.get(), rig.sink().count());
        }
    }
}
