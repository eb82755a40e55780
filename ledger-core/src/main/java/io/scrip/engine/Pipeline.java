package io.scrip.engine;

import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring and its stages. Offers come from any thread and never wait; everything behind the ring happens in one
 * order. A stage that throws halts the process through the fault handler: after a fault nobody can say what is true.
 */
public final class Pipeline implements CommandPort, AutoCloseable {
    /** Without a command for this long, the journal may seal its last record. */
    private static final long IDLE_AFTER_NS = 10_000_000;

    private final Disruptor<CommandSlot> disruptor;
    private final RingBuffer<CommandSlot> ring;
    private final Journaller journaller;
    private final LedgerStage ledger;
    private final Journal journal;
    private final Ticker ticker;
    private volatile boolean stopping;

    /** What to do when a stage has failed; must not return control to the pipeline. */
    @FunctionalInterface
    public interface FaultHandler {
        void onFault(Throwable fault);
    }

    public Pipeline(
            PipelineConfig config,
            Journal journal,
            LedgerProcessor processor,
            Clock clock,
            EventListener eventListener,
            FaultHandler faultHandler) {
        this.journal = journal;
        byte[] slab = new byte[config.ringSize() * CommandSlot.INLINE_BYTES];
        int[] made = new int[1];
        int[] started = new int[1];
        ThreadFactory threads = task -> new Thread(task, "scrip-pipeline-" + ++started[0]);
        WaitStrategy waiting = config.spin()
                ? new TimedWait(IDLE_AFTER_NS)
                : new TimeoutBlockingWaitStrategy(IDLE_AFTER_NS, TimeUnit.NANOSECONDS);
        disruptor = new Disruptor<>(
                () -> new CommandSlot(slab, made[0]++), config.ringSize(), threads, ProducerType.MULTI, waiting);
        disruptor.setDefaultExceptionHandler(new Halting(faultHandler));
        ring = disruptor.getRingBuffer();
        journaller = new Journaller(journal, clock);
        ledger = new LedgerStage(processor, eventListener);
        ticker = new Ticker(this, clock, ledger::nextDeadlineNs);
        if (config.oneThread()) {
            disruptor.handleEventsWith(new OneThreadStages(ring, journaller, ledger));
        } else {
            disruptor.handleEventsWith(journaller).then(ledger);
        }
    }

    /** Starts the pipeline's threads. */
    public void start() {
        disruptor.start();
        ticker.start();
    }

    @Override
    public boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        boolean changesState = MessageShape.isJournaled(message, offset);
        if (stopping || (changesState && journaller.isReadOnly())) {
            return false;
        }
        UnsafeBuffer large = CommandSlot.bufferFor(length);
        long slot;
        try {
            slot = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        try {
            ring.get(slot).fill(message, offset, length, large, sink, correlationId);
        } finally {
            ring.publish(slot);
        }
        return true;
    }

    @Override
    public String refusalCause() {
        if (stopping) {
            return "stopping";
        }
        return journaller.isReadOnly() ? "read_only" : null;
    }

    /** Sequence of the last command whose effects readers may see. */
    public long visibleSequence() {
        return ledger.visibleSequence();
    }

    /** Event sequence up to which readers may read. */
    public long visibleEvent() {
        return ledger.visibleEvent();
    }

    /** Slots that are free now. */
    public long freeSlots() {
        return ring.remainingCapacity();
    }

    /** Refuses new offers, lets the accepted ones finish and closes the journal. The calling thread waits. */
    @Override
    public void close() {
        stopping = true;
        ticker.stop();
        try {
            disruptor.shutdown(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new JournalFailure(
                    JournalFailure.Kind.DEVICE, "the pipeline did not finish its work within 30 seconds", late);
        }
        journal.force();
        journal.close();
    }

    private record Halting(FaultHandler handler) implements ExceptionHandler<CommandSlot> {
        @Override
        public void handleEventException(Throwable fault, long sequence, CommandSlot slot) {
            handler.onFault(fault);
            throw new IllegalStateException("the fault handler returned", fault);
        }

        @Override
        public void handleOnStartException(Throwable fault) {
            handler.onFault(fault);
        }

        @Override
        public void handleOnShutdownException(Throwable fault) {
            handler.onFault(fault);
        }
    }
}
