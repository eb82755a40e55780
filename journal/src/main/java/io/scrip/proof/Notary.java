package io.scrip.proof;

import io.scrip.engine.EventListener;
import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the event log on a thread of its own and signs a statement about every interval of events: every
 * {@link #MAX_EVENTS} of them, and five times a second what is left. Far from the hot path: the pipeline only tells it
 * how far it may read. It works in short bursts with rests between them ({@link Pace}): when more happens than it can
 * sign so, it lags, receipts come later, and it catches up from the event log. When there is nothing to sign, it compares the statements of earlier
 * processes with the event log, a few at a time.
 */
public final class Notary implements EventListener, Runnable, AutoCloseable {
    /** Most events of one interval. */
    public static final int MAX_EVENTS = 1024;

    static final String KEY_FILE = "signing.key";
    static final String STATEMENTS_FILE = "statements";

    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int STATEMENTS_PER_FORCE = 64;
    /** Some tens of microseconds of work. */
    private static final int LEAVES_PER_STEP = 32;

    private static final int COMPARED_PER_MOMENT = 4;

    private final SigningKey key;
    private final StatementFile statements;
    private final EventLog eventLog;
    private final EventLog.Reader reader;
    private final LeafHasher leaves;
    private final Thread thread = new Thread(this, "scrip-notary");
    private final Pace pace = new Pace();
    private final EventLog.EventHandler addLeaf;
    private boolean isResting = true;
    private Statement last;
    private long toCompare;
    private volatile long uncompared;
    private volatile long visibleEvent;
    private volatile boolean running = true;
    private volatile RuntimeException failure;

    /**
     * Opens the statements beside an event log that has been completed.
     *
     * @param folder where the key and the statements are, or will be
     */
    public Notary(Path folder, EventLog eventLog) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            // A power cut must not take the folder's name, and with it the key under which receipts were given.
            SigningKey.forceFolder(folder.toAbsolutePath().getParent());
        } catch (IOException refused) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "cannot make " + folder, refused);
        }
        visibleEvent = eventLog.lastEventSequence();
        key = SigningKey.open(folder.resolve(KEY_FILE));
        statements = new StatementFile(folder.resolve(STATEMENTS_FILE), eventLog.firstEventSequence(), visibleEvent);
        last = statements.count() == 0 ? null : statements.require(statements.count());
        if (last != null && !SigningKey.isSignature(key.publicKey(), last.hash(), last.signature())) {
            statements.close();
            throw new JournalFailure(
                    JournalFailure.Kind.UNREADABLE,
                    folder + " holds statements that its signing.key has not signed; put the right key back, or remove"
                            + " the folder to begin with a new key");
        }
        toCompare = statements.count();
        uncompared = toCompare;
        this.eventLog = eventLog;
        reader = eventLog.openReader();
        leaves = key.hasher();
        addLeaf = (sequence, event, offset, length) -> leaves.add(event, offset);
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
                LockSupport.parkNanos(this, MOMENT_NS);
                signAll(true);
                for (int i = 0; i < COMPARED_PER_MOMENT && toCompare > 0 && running; i++) {
                    compare();
                }
            }
            signAll(false);
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

    /** What of the statements was wrong at the start and is made anew, for the operator; empty when nothing was. */
    public String dropped() {
        return statements.dropped();
    }

    /** Statements of earlier processes that are yet to be compared with the event log. */
    public long uncompared() {
        return uncompared;
    }

    /** The 32 bytes of the public key. */
    public byte[] publicKey() {
        return key.publicKey();
    }

    /** Number of the last statement, 0 without any. Any thread. */
    public synchronized long statementCount() {
        return statements.count();
    }

    /** One statement, from 1 to {@link #statementCount}. Any thread. */
    public synchronized Statement statement(long number) {
        return statements.require(number);
    }

    /** As {@link #statement}; null for a damaged one about events that have been pruned. Any thread. */
    public synchronized Statement statementIfSound(long number) {
        return statements.read(number);
    }

    /**
     * The proofs of events that stand one after the other; null while not all of them are signed. Any thread; reads the
     * whole intervals that hold them.
     *
     * @param own a reader that belongs to the calling thread
     * @throws JournalFailure when the event log is not what was signed, or signing has stopped
     */
    public List<Proof> prove(EventLog.Reader own, long firstEvent, long lastEvent) {
        List<Proof> proofs = new ArrayList<>();
        while (firstEvent + proofs.size() <= lastEvent) {
            Statement statement = find(firstEvent + proofs.size());
            if (statement == null) {
                if (failure != null) {
                    throw new JournalFailure(JournalFailure.Kind.DAMAGED, "receipts have stopped", failure);
                }
                return null;
            }
            addProofs(own, statement, firstEvent + proofs.size(), lastEvent, proofs);
        }
        return proofs;
    }

    private void addProofs(EventLog.Reader own, Statement statement, long first, long last, List<Proof> proofs) {
        LeafReader opener = new LeafReader(key.salts());
        List<byte[]> hashes = new ArrayList<>(statement.count());
        List<OpenedLeaf> wanted = new ArrayList<>();
        own.readRange(statement.firstEvent(), statement.lastEvent(), (sequence, event, offset, length) -> {
            OpenedLeaf opened = opener.open(event, offset);
            hashes.add(opened.leaf().hash());
            if (sequence >= first && sequence <= last) {
                wanted.add(opened);
            }
        });
        requireRoot(
                statement, hashes.size(), hashes.isEmpty() ? new byte[0] : MerkleTree.root(hashes, 0, hashes.size()));
        for (OpenedLeaf opened : wanted) {
            int index = (int) (opened.leaf().eventSequence() - statement.firstEvent());
            proofs.add(new Proof(opened, MerkleTree.path(hashes, index), statement, key.publicKey()));
        }
    }

    private synchronized Statement find(long eventSequence) {
        return statements.find(eventSequence);
    }

    private void signAll(boolean resting) {
        long upTo = visibleEvent;
        isResting = resting;
        pace.begin();
        List<Statement> made = new ArrayList<>();
        long next = Math.max(last == null ? 1 : last.lastEvent() + 1, eventLog.firstEventSequence());
        while (next <= upTo) {
            long end = Math.min(upTo, next + MAX_EVENTS - 1);
            made.add(sign(next, end));
            next = end + 1;
            if (made.size() == STATEMENTS_PER_FORCE || next > upTo) {
                synchronized (this) {
                    statements.append(made);
                }
                made.clear();
            }
        }
    }

    private Statement sign(long first, long end) {
        readLeaves(first, end);
        if (leaves.count() != end - first + 1) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED, "the event log ends before event " + end + ", which was announced");
        }
        long number = last == null ? 1 : last.number() + 1;
        byte[] previous = last == null ? new byte[Sha256.BYTES] : last.hash();
        byte[] root = leaves.root();
        byte[] signature = key.sign(Statement.hash(number, first, end, root, previous));
        last = new Statement(number, first, end, root, previous, signature);
        return last;
    }

    /** Holds one statement of an earlier process, the newest first, against the event log and the key. */
    private void compare() {
        Statement statement = statementIfSound(toCompare);
        if (statement == null || statement.firstEvent() < eventLog.firstEventSequence()) {
            // What it and those before it are about has been pruned.
            toCompare = 0;
            uncompared = 0;
            return;
        }
        readLeaves(statement.firstEvent(), statement.lastEvent());
        requireRoot(statement, leaves.count(), leaves.count() == 0 ? new byte[0] : leaves.root());
        if (!SigningKey.isSignature(key.publicKey(), statement.hash(), statement.signature())) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED, "statement " + statement.number() + " has a wrong signature");
        }
        toCompare--;
        uncompared = toCompare;
    }

    private void readLeaves(long first, long end) {
        leaves.clear();
        for (long next = first; next <= end; next += LEAVES_PER_STEP) {
            reader.readRange(next, Math.min(end, next + LEAVES_PER_STEP - 1), addLeaf);
            if (isResting && running) {
                pace.step();
            }
        }
    }

    private static void requireRoot(Statement statement, int count, byte[] root) {
        if (count != statement.count() || !Commitment.isEqual(statement.root(), root)) {
            throw new JournalFailure(
                    JournalFailure.Kind.DAMAGED,
                    "statement " + statement.number() + " about the events " + statement.firstEvent() + " to "
                            + statement.lastEvent() + " is not about what the event log holds");
        }
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
