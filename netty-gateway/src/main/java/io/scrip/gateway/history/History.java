package io.scrip.gateway.history;

import io.scrip.engine.EventLog;
import io.scrip.gateway.http.TransactionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * Reads the event log beside the core: first outcomes of commands that were sent again, and a wallet's transactions.
 *
 * <p>Any thread may ask. A small fixed number of reader threads, each with a reader of its own, answer; a callback runs
 * on one of them and must not block. A request that finds the queue full is refused at once and may be answered 503. An
 * {@link Inquiry} takes turns, so that one with a long way to go does not keep the others waiting.
 */
public final class History implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(History.class.getName());
    private static final long IDLE_POLL_MS = 100;

    private final EventLog log;
    private final HistoryConfig config;
    private final ArrayBlockingQueue<Request> requests;
    private final ConcurrentLinkedQueue<Request> unfinished = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinishedCount = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isClosed;

    /** Receives an answer on a reader thread: exactly one of the two methods is called, once. */
    public interface Callback<T> {
        void onResult(T result);

        /** The request was the client's mistake ({@link BadCursor}) or the event log is not what it should be. */
        void onFailure(RuntimeException cause);
    }

    private interface Request {
        /** Returns whether it is done; otherwise it wants another turn. */
        boolean run(Desk desk);

        void fail(RuntimeException cause);
    }

    /** What belongs to one reader thread. */
    private static final class Desk {
        private final EventLog.Reader reader;
        private final EventReader events = new EventReader();
        private final TransactionWalk walk;
        private StoredEvent found;

        Desk(EventLog.Reader reader, int maxScannedEvents) {
            this.reader = reader;
            this.walk = new TransactionWalk(reader, maxScannedEvents);
        }

        StoredEvent read(long eventSequence) {
            found = null;
            if (!reader.read(eventSequence, this::onEvent)) {
                throw new IllegalStateException("event " + eventSequence + " is not in the event log");
            }
            return found;
        }

        private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
            found = events.read(event, offset);
        }
    }

    /** Starts the reader threads. The log has to stay open until {@link #close()} has returned. */
    public History(EventLog log, HistoryConfig config) {
        this.log = log;
        this.config = config;
        this.requests = new ArrayBlockingQueue<>(config.queueLength());
        for (int i = 0; i < config.threads(); i++) {
            Thread thread = new Thread(this::serve, "history-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * Asks for the record that a {@code CommandReply} or {@code OutcomeReply} named.
     *
     * @return false when too many requests are waiting: the callback will not be called
     */
    public boolean outcome(long eventSequence, Callback<StoredEvent> callback) {
        return offer(callback, desk -> desk.read(eventSequence));
    }

    /**
     * Asks for a page of a wallet's legs, newest first.
     *
     * @param heads from the wallet's reply, which is also what proves that the caller may read it
     * @return false when too many requests are waiting: the callback will not be called
     */
    public boolean transactions(AccountHeads heads, TransactionQuery query, Callback<TransactionPage> callback) {
        return offer(callback, desk -> desk.walk.page(heads, query));
    }

    /**
     * Asks something that may take several turns; between them others have theirs.
     *
     * @return false when too many requests are waiting or in hand: the callback will not be called
     */
    public <T> boolean ask(Inquiry<T> inquiry, Callback<T> callback) {
        return unfinishedCount.get() < config.queueLength() && offer(callback, desk -> inquiry.advance(desk.reader));
    }

    /** An answer of {@code null} wants another turn. */
    private <T> boolean offer(Callback<T> callback, Function<Desk, T> answer) {
        Request request = new Request() {
            @Override
            public boolean run(Desk desk) {
                T result;
                try {
                    result = answer.apply(desk);
                } catch (RuntimeException e) {
                    callback.onFailure(e);
                    return true;
                }
                if (result != null) {
                    callback.onResult(result);
                }
                return result != null;
            }

            @Override
            public void fail(RuntimeException cause) {
                callback.onFailure(cause);
            }
        };
        if (isClosed || !requests.offer(request)) {
            return false;
        }
        // Closed in between, and nobody has taken it: nobody will.
        return !isClosed || !requests.remove(request);
    }

    private void serve() {
        try (EventLog.Reader reader = log.openReader()) {
            Desk desk = new Desk(reader, config.maxScannedEvents());
            boolean isTurnOfUnfinished = false;
            while (!isClosed) {
                isTurnOfUnfinished = !isTurnOfUnfinished;
                Request request = isTurnOfUnfinished ? unfinished.poll() : null;
                if (request != null) {
                    unfinishedCount.decrementAndGet();
                } else {
                    // Polled with a limit and never interrupted: an interrupt would close the files under the reader.
                    request = requests.poll(unfinished.isEmpty() ? IDLE_POLL_MS : 0, TimeUnit.MILLISECONDS);
                }
                if (request != null) {
                    serve(request, desk);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Request request, Desk desk) {
        try {
            if (!request.run(desk)) {
                unfinishedCount.incrementAndGet();
                unfinished.add(request);
            }
        } catch (RuntimeException e) {
            // A callback's own fault; the next request is not to pay for it.
            LOGGER.log(System.Logger.Level.ERROR, "A callback for history failed", e);
        }
    }

    /** Stops the reader threads; whatever still waits fails. Waits for the requests that are being answered. */
    @Override
    public void close() {
        isClosed = true;
        boolean isInterrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        }
        failAll(unfinished);
        failAll(requests);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void failAll(Queue<Request> waiting) {
        for (Request left = waiting.poll(); left != null; left = waiting.poll()) {
            left.fail(new IllegalStateException("the server is stopping"));
        }
    }
}
