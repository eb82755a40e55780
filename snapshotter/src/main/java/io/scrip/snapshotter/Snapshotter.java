package io.scrip.snapshotter;

import io.scrip.engine.Checkpoint;
import io.scrip.engine.CheckpointPort;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.Pace;
import io.scrip.engine.SnapshotPort;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows the live core with one of its own, compares both, and writes snapshots of states on which they agree. The
 * live core never waits for it: it is asked for a hash now and then, and that is all. The price is a second copy of the
 * state in memory, and the work of applying every command a second time on a thread that gives way ({@link Pace}).
 */
public final class Snapshotter implements Runnable, SnapshotPort, AutoCloseable {
    /** Each time, what follows in the journal is read anew: somebody may have written since. */
    private static final int READ_AT_ONCE = 2_048;

    private static final long CHECKPOINT_POLL_NS = 2_000_000;
    private static final long CLOSE_LIMIT_NS = 2_000_000_000L;

    private final SnapshotStore store;
    private final SnapshotConfig config;
    private final CheckpointPort live;
    private final Path journalFolder;
    private final Path eventsFolder;
    private final Retention retention;
    private final Listener listener;
    private final Queue<CompletableFuture<SnapshotFile>> requests = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this, "scrip-snapshotter");
    private final Pace pace = new Pace();
    private volatile boolean stopping;
    private volatile Checkpoint lastOfAll;
    private long snapshotSequence;
    private long snapshotNs;

    /** What becomes of it, told on its thread. */
    public interface Listener {
        /** A good snapshot is there. */
        void onSnapshot(SnapshotFile file, long tookNs);

        /** A snapshot could not be made, or the follower had to give up; the live core is as it was. */
        void onFailure(Exception failure);

        /** One journal has led to two states: the process must halt, for nobody knows which of them is right. */
        void onDivergence(String evidence);
    }

    public Snapshotter(
            SnapshotStore store,
            SnapshotConfig config,
            CheckpointPort live,
            Path journalFolder,
            Path eventsFolder,
            Retention retention,
            Listener listener) {
        this.store = store;
        this.config = config;
        this.live = live;
        this.journalFolder = journalFolder;
        this.eventsFolder = eventsFolder;
        this.retention = retention;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Starts its thread, once the journal is being written. */
    public void start() {
        thread.start();
    }

    /** Waits until it has ended, by itself or because it was closed. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** Asks for a snapshot of what is durable now. Fails with what kept it from being made. */
    public CompletableFuture<SnapshotFile> request() {
        CompletableFuture<SnapshotFile> request = new CompletableFuture<>();
        requests.add(request);
        if (stopping) {
            refuseRequests("the server is stopping");
        }
        LockSupport.unpark(thread);
        return request;
    }

    @Override
    public CompletionStage<Taken> requestSnapshot() {
        return request()
                .thenApply(file ->
                        new Taken(file.sequence(), file.path().getFileName().toString()));
    }

    /** Ends without another snapshot. One that takes long is left unfinished, which harms nothing. */
    @Override
    public void close() {
        end(null, CLOSE_LIMIT_NS);
    }

    /** Ends with a snapshot of the very last state, which the live core has told after its last command. */
    public void closeWithSnapshot(Checkpoint last) {
        end(last, Long.MAX_VALUE);
    }

    private void end(Checkpoint last, long limitNs) {
        lastOfAll = last;
        stopping = true;
        LockSupport.unpark(thread);
        long beganNs = System.nanoTime();
        while (thread.isAlive() && System.nanoTime() - beganNs < limitNs) {
            LockSupport.parkNanos(CHECKPOINT_POLL_NS);
        }
    }

    @Override
    public void run() {
        try (Replica replica = begin()) {
            snapshotNs = System.nanoTime();
            while (!stopping) {
                follow(replica);
            }
            if (lastOfAll != null && lastOfAll.sequence() > snapshotSequence) {
                replica.readTo(lastOfAll.sequence());
                replica.compare(lastOfAll);
                write(replica, 0);
            }
        } catch (Replica.Divergence divergence) {
            listener.onDivergence(divergence.getMessage());
        } catch (JournalFailure | IllegalStateException | UncheckedIOException | SnapshotException broken) {
            listener.onFailure(broken);
        } finally {
            stopping = true;
            refuseRequests("snapshots are not made any more");
        }
    }

    /** The newest snapshot that is any good, or the very beginning. */
    private Replica begin() throws SnapshotException {
        for (SnapshotFile file : store.list()) {
            try {
                Replica replica = Replica.from(file, journalFolder, eventsFolder, retention);
                snapshotSequence = file.sequence();
                return replica;
            } catch (SnapshotException | JournalFailure unusable) {
                listener.onFailure(unusable);
            }
        }
        SnapshotFile base = store.base();
        return base == null
                ? Replica.fromStart(journalFolder, eventsFolder, retention)
                : Replica.from(base, journalFolder, eventsFolder, retention);
    }

    private void follow(Replica replica) throws Replica.Divergence {
        int asked = requests.size();
        Checkpoint checkpoint = nextCheckpoint();
        pace.begin();
        while (!stopping && replica.lastSequence() < checkpoint.sequence()) {
            replica.readTo(Math.min(checkpoint.sequence(), replica.lastSequence() + READ_AT_ONCE), this::giveWay);
            giveWay();
        }
        if (stopping) {
            return;
        }
        replica.compare(checkpoint);
        long since = replica.lastSequence() - snapshotSequence;
        boolean due =
                since >= config.everyCommands() || (since > 0 && System.nanoTime() - snapshotNs >= config.everyNs());
        if (asked > 0 || due) {
            write(replica, asked);
        }
        if (requests.isEmpty()) {
            LockSupport.parkNanos(config.compareEveryNs());
        }
    }

    private void giveWay() {
        if (!stopping && requests.isEmpty()) {
            pace.step();
        }
    }

    /** A checkpoint told after this was called: so a snapshot that was asked for has what was durable then. */
    private Checkpoint nextCheckpoint() {
        Checkpoint before = live.checkpoint();
        long toldBefore = before == null ? 0 : before.number();
        live.requestCheckpoint();
        Checkpoint now = live.checkpoint();
        while (!stopping && (now == null || now.number() == toldBefore)) {
            LockSupport.parkNanos(CHECKPOINT_POLL_NS);
            now = live.checkpoint();
        }
        return now;
    }

    private void write(Replica replica, int asked) {
        long beganNs = System.nanoTime();
        snapshotNs = beganNs;
        try {
            SnapshotFile file = replica.writeTo(store);
            snapshotSequence = file.sequence();
            listener.onSnapshot(file, System.nanoTime() - beganNs);
            for (int i = 0; i < asked; i++) {
                requests.remove().complete(file);
            }
        } catch (SnapshotException refused) {
            listener.onFailure(refused);
            for (int i = 0; i < asked; i++) {
                requests.remove().completeExceptionally(refused);
            }
        }
    }

    private void refuseRequests(String why) {
        CompletableFuture<SnapshotFile> request = requests.poll();
        while (request != null) {
            request.completeExceptionally(new IllegalStateException(why));
            request = requests.poll();
        }
    }
}
