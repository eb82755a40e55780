package io.scrip.engine;

import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring and its stages. Offers come from any thread and never wait; everything behind the ring happens in one
 * order. A stage that throws halts the process through the fault handler: after a fault nobody can say what is true.
 */
public final class Pipeline implements CommandPort, CheckpointPort, AutoCloseable {
    /** Without a command for this long, the journal may seal its last record. */
    private static final long IDLE_AFTER_NS = 10_000_000;

    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long STOP_POLL_NS = 200_000;

    private final Disruptor<CommandSlot> disruptor;
    private final RingBuffer<CommandSlot> ring;
    private final Journaller journaller;
    private final LedgerStage ledger;
    private final LargeMessages largeMessages;
    private final SignalledWait signalledWait;
    private final Journal journal;
    private final Ticker ticker;
    private final ThreadFactory watchedThreads;
    /** With a thread of its own; {@code null} when one thread does it all. */
    private final TwoThreadStages helper;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private volatile Throwable firstFault;
    private boolean closed;

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
        this(config, journal, processor, clock, eventListener, faultHandler, Thread::new);
    }

    /** With threads from a factory of the host, which may give them CPUs of their own. */
    public Pipeline(
            PipelineConfig config,
            Journal journal,
            LedgerProcessor processor,
            Clock clock,
            EventListener eventListener,
            FaultHandler faultHandler,
            ThreadFactory threadFactory) {
        this.journal = journal;
        byte[] slab = new byte[config.ringSize() * CommandSlot.INLINE_BYTES];
        int[] made = new int[1];
        watchedThreads = task -> {
            Thread thread = threadFactory.newThread(task);
            thread.setName("scrip-pipeline-" + (threads.size() + 1));
            thread.setUncaughtExceptionHandler((ended, cause) -> {
                // What the Disruptor lets through has been reported, unless it comes from the Disruptor itself.
                if (firstFault == null) {
                    fail(cause, faultHandler);
                }
            });
            threads.add(thread);
            return thread;
        };
        signalledWait = new SignalledWait(IDLE_AFTER_NS);
        WaitStrategy waiting = config.spin() ? new TimedWait(IDLE_AFTER_NS) : signalledWait;
        largeMessages = new LargeMessages(config.largeBytes());
        disruptor = new Disruptor<>(
                () -> new CommandSlot(slab, made[0]++, largeMessages),
                config.ringSize(),
                watchedThreads,
                ProducerType.MULTI,
                waiting);
        disruptor.setDefaultExceptionHandler(new Halting(faultHandler));
        ring = disruptor.getRingBuffer();
        journaller = new Journaller(journal, clock);
        ledger = new LedgerStage(ring, processor, eventListener);
        ticker = new Ticker(this, clock, ledger::nextDeadlineNs);
        if (config.oneThread()) {
            helper = null;
            disruptor.handleEventsWith(new OneThreadStages(ring, journaller, ledger));
        } else {
            helper = new TwoThreadStages(ring, journaller, ledger, config.spin());
            disruptor.handleEventsWith(helper);
            ring.addGatingSequences(helper.applied());
        }
    }

    /** Starts the pipeline's threads. */
    public void start() {
        disruptor.start();
        if (helper != null) {
            watchedThreads.newThread(helper::help).start();
        }
        ticker.start();
    }

    @Override
    public boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        boolean accepted = enqueue(message, offset, length, sink, correlationId);
        wake();
        return accepted;
    }

    @Override
    public void wake() {
        signalledWait.signal();
    }

    @Override
    public boolean enqueue(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        boolean changesState = MessageShape.isJournaled(message, offset, length);
        if (stopping || (changesState && journaller.isReadOnly())) {
            return false;
        }
        UnsafeBuffer large = null;
        if (length > CommandSlot.INLINE_BYTES) {
            large = largeMessages.take(length);
            if (large == null) {
                return false;
            }
        }
        long slot;
        try {
            slot = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            if (large != null) {
                largeMessages.giveBack(large);
            }
            return false;
        }
        CommandSlot place = ring.get(slot);
        try {
            place.fill(message, offset, length, large, sink, correlationId, changesState);
            // close() says that it stops, then waits for what is claimed. A place claimed before that is seen there,
            // one claimed after it is seen here; nobody might come to answer it.
            if (stopping) {
                place.clear();
                return false;
            }
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

    @Override
    public void requestCheckpoint() {
        ledger.requestCheckpoint();
    }

    @Override
    public Checkpoint checkpoint() {
        return ledger.checkpoint();
    }

    /** Bytes of large messages that are under way now. */
    long largeBytesUnderWay() {
        return largeMessages.underWayBytes();
    }

    /** Slots that are free now. */
    public long freeSlots() {
        return ring.remainingCapacity();
    }

    /**
     * Refuses new offers, lets the accepted ones finish and closes the journal. The calling thread waits.
     *
     * @throws JournalFailure when a stage has failed or does not finish; the journal is then left alone, because what
     *     was not acknowledged must not be forced a second time
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        stopping = true;
        ticker.stop();
        long deadlineNs = System.nanoTime() + STOP_TIMEOUT_NS;
        boolean finished = workEnds(deadlineNs);
        disruptor.halt();
        wake();
        if (helper != null) {
            helper.stop();
        }
        // The journal belongs to its thread until that has ended.
        boolean ended = threadsEnd(deadlineNs);
        if (firstFault != null) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "the pipeline had failed", firstFault);
        }
        if (!finished || !ended) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "the pipeline did not finish its work in 30 seconds");
        }
        journal.force();
        journal.close();
        closed = true;
    }

    /** Waits until all that was claimed is answered; looked at once more it might differ, by offers that withdraw. */
    private boolean workEnds(long deadlineNs) {
        while (!threads.isEmpty() && ring.getCursor() > ring.getMinimumGatingSequence()) {
            if (firstFault != null || System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(STOP_POLL_NS);
        }
        return true;
    }

    private boolean threadsEnd(long deadlineNs) {
        try {
            for (Thread thread : threads) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                thread.join(Math.max(leftMs, 1));
                if (thread.isAlive()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fail(Throwable fault, FaultHandler handler) {
        if (firstFault == null) {
            firstFault = fault;
        }
        stopping = true;
        handler.onFault(fault);
    }

    /** Never lets the Disruptor go past what failed: that thread ends here, if the process has not. */
    private final class Halting implements ExceptionHandler<CommandSlot> {
        private final FaultHandler handler;

        Halting(FaultHandler handler) {
            this.handler = handler;
        }

        @Override
        public void handleEventException(Throwable fault, long sequence, CommandSlot slot) {
            fail(fault, handler);
            throw new IllegalStateException("the fault handler returned", fault);
        }

        @Override
        public void handleOnStartException(Throwable fault) {
            fail(fault, handler);
        }

        @Override
        public void handleOnShutdownException(Throwable fault) {
            fail(fault, handler);
        }
    }
}
