package io.scrip.engine;

import io.scrip.ledger.Commands;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/** A pipeline around a real core and a journal in memory. */
final class PipelineRig implements AutoCloseable {
    static final long CRD = Commands.token("CRD");
    /** Wallets 2 and 3 are open; wallet 2 holds this much. */
    static final long FUNDS = 1_000_000_000L;

    /** Every way to run the stages. */
    enum Mode {
        ONE_THREAD(true, false),
        TWO_THREADS(false, false),
        ONE_THREAD_SPINNING(true, true),
        TWO_THREADS_SPINNING(false, true);

        private final boolean oneThread;
        private final boolean spin;

        Mode(boolean oneThread, boolean spin) {
            this.oneThread = oneThread;
            this.spin = spin;
        }
    }

    final FakeJournal journal = new FakeJournal();
    final AtomicLong clockNs = new AtomicLong(1_700_000_000_000_000_000L);
    final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    final List<Long> announced = Collections.synchronizedList(new ArrayList<>());
    final LedgerProcessor processor;
    final Pipeline pipeline;
    volatile long failAtEvent = -1;
    volatile String lastEventThread;
    private volatile Held held;
    private RecordingSink sink = new RecordingSink(journal);

    PipelineRig(Mode mode, int ringSize) {
        this(mode, ringSize, PipelineConfig.largeBytesFor(0));
    }

    PipelineRig(Mode mode, int ringSize, long largeBytes) {
        processor = new LedgerProcessor(Retention.STANDARD, (eventSequence, event, offset, length) -> {
            if (eventSequence == failAtEvent) {
                throw new JournalFailure(JournalFailure.Kind.DEVICE, "event refused by the test");
            }
            lastEventThread = Thread.currentThread().getName();
            Held place = held;
            if (place != null && place.eventSequence == eventSequence) {
                place.pass();
            }
        });
        pipeline = new Pipeline(
                new PipelineConfig(ringSize, mode.oneThread, mode.spin, largeBytes),
                journal,
                processor,
                clockNs::get,
                announced::add,
                faults::add);
        pipeline.start();
    }

    /** Token CRD, wallets 2 and 3, and funds for wallet 2; the next command is journal record 5. */
    static PipelineRig funded(Mode mode, int ringSize) {
        return funded(mode, ringSize, PipelineConfig.largeBytesFor(0));
    }

    static PipelineRig funded(Mode mode, int ringSize, long largeBytes) {
        PipelineRig rig = new PipelineRig(mode, ringSize, largeBytes);
        rig.applied(Commands.registerToken(1, "CRD", 6, true));
        rig.applied(Commands.openWallet(2, Role.OPERATOR, "agent:a", 7, 1));
        rig.applied(Commands.openWallet(3, Role.OPERATOR, "agent:b", 7, 2));
        rig.applied(Commands.issue(4, Role.OPERATOR, 2, CRD, FUNDS));
        rig.sink = new RecordingSink(rig.journal);
        return rig;
    }

    RecordingSink sink() {
        return sink;
    }

    boolean offer(DirectBuffer message, long correlationId) {
        return pipeline.offer(message, 0, message.capacity(), sink, correlationId);
    }

    /** Offers what must be accepted. */
    void accepted(DirectBuffer message, long correlationId) {
        if (!offer(message, correlationId)) {
            throw new AssertionError("offer " + correlationId + " was refused: " + pipeline.refusalCause());
        }
    }

    static DirectBuffer transfer(long id) {
        return Transfer.of(id, 2, 3, CRD, 1).encode();
    }

    /** An event whose writing waits until the test lets it go on. */
    static final class Held {
        private final long eventSequence;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Held(long eventSequence) {
            this.eventSequence = eventSequence;
        }

        void awaitReached() {
            await(reached);
        }

        void release() {
            released.countDown();
        }

        private void pass() {
            reached.countDown();
            await(released);
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody came, or let go");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** The thread that writes this event stops there. */
    Held holdAtEvent(long eventSequence) {
        held = new Held(eventSequence);
        return held;
    }

    /** Offers a transfer and stops the pipeline's thread in the force of its batch. */
    FakeJournal.Gate heldAt(long id) {
        FakeJournal.Gate gate = journal.holdNextForce();
        accepted(transfer(id), id);
        gate.awaitReached();
        return gate;
    }

    void applied(DirectBuffer command) {
        int before = sink.count();
        accepted(command, before);
        Outcome outcome = sink.await(before + 1).get(before).outcome();
        if (outcome != Outcome.APPLIED) {
            throw new AssertionError("expected APPLIED but got " + outcome);
        }
    }

    static long balanceIn(RecordingSink.Reply walletReply) {
        WalletReplyDecoder decoder =
                new WalletReplyDecoder().wrapAndApplyHeader(walletReply.message(), 0, new MessageHeaderDecoder());
        for (WalletReplyDecoder.AccountsDecoder account : decoder.accounts()) {
            if (account.token() == CRD) {
                return account.balances().creditsPosted() - account.balances().debitsPosted();
            }
        }
        throw new AssertionError("no account in CRD");
    }

    @Override
    public void close() {
        if (faults.isEmpty()) {
            pipeline.close();
        }
    }
}
