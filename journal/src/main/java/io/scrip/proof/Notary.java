package io.scrip.proof;

import io.scrip.engine.EventListener;
import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the event log on a thread of its own and signs a statement about every interval of events: as soon as one is
 * full, and otherwise when events have waited for a moment. Far from the hot path: the pipeline only tells it how far
 * it may read.
 */
public final class Notary implements EventListener, Runnable, AutoCloseable {
    /** Most events of one interval. */
    public static final int MAX_EVENTS = 1024;

    static final String KEY_FILE = "signing.key";
    static final String STATEMENTS_FILE = "statements";

    private static final long MOMENT_NS = 100_000_000;

    private final EventLog eventLog;
    private final SigningKey key;
    private final StatementFile statements;
    private final EventLog.Reader reader;
    private final LeafReader leaves;
    private final Thread thread = new Thread(this, "scrip-notary");
    private Statement last;
    private volatile long visibleEvent;
    private volatile boolean running = true;
    private volatile RuntimeException failure;

    /**
     * Opens the statements beside an event log that has been completed.
     *
     * @param folder where the key and the statements are, or will be
     */
    public Notary(Path folder, EventLog eventLog) {
        this.eventLog = eventLog;
        key = SigningKey.open(folder.resolve(KEY_FILE));
        statements = new StatementFile(folder.resolve(STATEMENTS_FILE));
        reader = eventLog.openReader();
        leaves = new LeafReader(key.salts());
        last = statements.count() == 0 ? null : statements.read(statements.count());
        visibleEvent = eventLog.lastEventSequence();
        if (last != null && last.lastEvent() > visibleEvent) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED,
                    "statement " + last.number() + " is about event " + last.lastEvent()
                            + ", but the event log ends at " + visibleEvent);
        }
        thread.setDaemon(true);
    }

    /** Starts following. */
    public void start() {
        thread.start();
    }

    @Override
    public void onEventsVisible(long eventSequence) {
        visibleEvent = eventSequence;
    }

    @Override
    public void run() {
        try {
            while (running) {
                LockSupport.parkNanos(MOMENT_NS);
                signAll();
            }
        } catch (RuntimeException failed) {
            // Receipts stop, the ledger does not: nothing that was acknowledged depends on them.
            failure = failed;
            System.getLogger(Notary.class.getName())
                    .log(System.Logger.Level.ERROR, "receipts have stopped: " + failed.getMessage());
        }
    }

    /** Why receipts have stopped; null while they have not. */
    public RuntimeException failure() {
        return failure;
    }

    /** The proof of one event; null while no statement covers it. Any thread; reads the interval's events. */
    public Proof prove(long eventSequence) {
        Statement statement = find(eventSequence);
        if (statement == null) {
            return null;
        }
        LeafReader own = new LeafReader(key.salts());
        List<byte[]> hashes = new ArrayList<>(statement.count());
        OpenedLeaf[] wanted = new OpenedLeaf[1];
        try (EventLog.Reader ownReader = eventLog.openReader()) {
            ownReader.readRange(statement.firstEvent(), statement.lastEvent(), (sequence, event, offset, length) -> {
                OpenedLeaf opened = own.open(event, offset);
                hashes.add(opened.leaf().hash());
                if (sequence == eventSequence) {
                    wanted[0] = opened;
                }
            });
        }
        if (hashes.size() != statement.count()) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED, "events of statement " + statement.number() + " are missing");
        }
        int index = (int) (eventSequence - statement.firstEvent());
        return new Proof(wanted[0], MerkleTree.path(hashes, index), statement, key.publicKey());
    }

    private synchronized Statement find(long eventSequence) {
        return statements.find(eventSequence);
    }

    private void signAll() {
        long upTo = visibleEvent;
        long next = last == null ? 1 : last.lastEvent() + 1;
        while (next <= upTo) {
            long end = Math.min(upTo, next + MAX_EVENTS - 1);
            sign(next, end);
            next = end + 1;
        }
    }

    private void sign(long first, long end) {
        List<byte[]> hashes = new ArrayList<>();
        reader.readRange(
                first,
                end,
                (sequence, event, offset, length) ->
                        hashes.add(leaves.read(event, offset).hash()));
        if (hashes.size() != end - first + 1) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED, "the event log ends before event " + end + ", which was announced");
        }
        long number = last == null ? 1 : last.number() + 1;
        byte[] previous = last == null ? new byte[Sha256.BYTES] : last.hash();
        byte[] root = MerkleTree.root(hashes, 0, hashes.size());
        byte[] signature = key.sign(Statement.hash(number, first, end, root, previous));
        Statement statement = new Statement(number, first, end, root, previous, signature);
        synchronized (this) {
            statements.append(statement);
        }
        last = statement;
    }

    /** Stops following; what is visible is signed first. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        reader.close();
        synchronized (this) {
            statements.close();
        }
    }
}
