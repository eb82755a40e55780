package io.scrip.benchmarks;

import io.scrip.benchmarks.RecoveryBench.Measured;
import io.scrip.benchmarks.RecoveryBench.Options;
import io.scrip.engine.Checkpoint;
import io.scrip.engine.CheckpointPort;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.snapshotter.SnapshotConfig;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.snapshotter.Snapshotter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What a live thread feels of the snapshots that are made behind it: the same paced work in turns, with and without
 * somebody asking for one snapshot after the other. Applying and forcing are told apart: the one is the core's and the
 * machine's scheduler's, the other the device's, which a snapshot's writing shares. As of every benchmark here, what counts
 * is the median of several turns, here of each turn's longest: a machine that is shared has pauses of its own.
 */
final class RecoveryPauses implements CheckpointPort {
    private static final int BATCH = 16;
    private static final long BATCH_EVERY_NS = 2_000_000;
    private static final int TURNS = 10;
    private static final int FORCED_TOGETHER = 8_192;

    private final Options options;
    private final Path folder;
    private final ChronicleEventLog events;
    private final LedgerProcessor core;
    private final RecoveryWorkload workload;
    private final Histogram[] apply = {new Histogram(3), new Histogram(3)};
    private final Histogram[] force = {new Histogram(3), new Histogram(3)};
    /** Of each turn, without and with snapshots: one turn's may be the machine's and not the snapshots'. */
    private final List<List<Long>> longestApplyNs = List.of(new ArrayList<>(), new ArrayList<>());

    private ChronicleJournal journal;
    private volatile boolean wanted;
    private volatile Checkpoint checkpoint;
    private long checkpoints;
    private long worstApplyNs;

    RecoveryPauses(Options options) {
        this.options = options;
        folder = options.folder().resolve("pauses");
        events = ChronicleEventLog.open(EventLogConfig.of(folder.resolve("events")));
        core = new LedgerProcessor(Retention.STANDARD, events::append);
        workload = new RecoveryWorkload(options.accounts());
    }

    List<Measured> run() {
        journal = ChronicleJournal.open(JournalConfig.of(folder.resolve("journal"), DurabilityMode.SYNC));
        for (long number = 1; number <= RecoveryWorkload.preparation(options.accounts()); number++) {
            append(number);
            apply(number);
            if (number % FORCED_TOGETHER == 0) {
                journal.force();
            }
        }
        journal.force();
        SnapshotStore store = new SnapshotStore(folder.resolve("snapshots"), 2);
        SnapshotConfig config = new SnapshotConfig(Long.MAX_VALUE, Long.MAX_VALUE, 100_000_000);
        int made = 0;
        try (Snapshotter snapshotter = new Snapshotter(
                store,
                config,
                this,
                folder.resolve("journal"),
                folder.resolve("events"),
                Retention.STANDARD,
                new Complaints())) {
            snapshotter.start();
            warmUp(snapshotter);
            for (int turn = 0; turn < TURNS; turn++) {
                made += live(turn % 2, turn % 2 == 0 ? null : snapshotter);
            }
        }
        journal.close();
        events.close();
        return figures(made);
    }

    /** Until the follower has caught up, and the first snapshot is there. */
    private void warmUp(Snapshotter snapshotter) {
        CompletableFuture<SnapshotFile> first = snapshotter.request();
        while (!first.isDone()) {
            batch();
            LockSupport.parkNanos(BATCH_EVERY_NS);
        }
        for (int i = 0; i < 2; i++) {
            apply[i].reset();
            force[i].reset();
        }
    }

    /** One turn; gives the number of snapshots made in it. */
    private int live(int which, Snapshotter asked) {
        long untilNs = System.nanoTime() + options.pauseSeconds() * 1_000_000_000L / (TURNS / 2);
        long nextNs = System.nanoTime();
        int made = 0;
        long longestNs = 0;
        CompletableFuture<SnapshotFile> coming = null;
        while (System.nanoTime() - untilNs < 0 || (coming != null && !coming.isDone())) {
            if (asked != null && (coming == null || coming.isDone())) {
                made += coming == null ? 0 : 1;
                coming = asked.request();
            }
            long forceNs = batch();
            apply[which].recordValue(worstApplyNs);
            longestNs = Math.max(longestNs, worstApplyNs);
            force[which].recordValue(forceNs);
            nextNs += BATCH_EVERY_NS;
            while (System.nanoTime() - nextNs < 0) {
                Thread.onSpinWait();
            }
        }
        longestApplyNs.get(which).add(longestNs);
        return made + (coming == null ? 0 : 1);
    }

    /** Some commands forced together; gives how long the force took. */
    private long batch() {
        long first = core.lastSequence() + 1;
        for (int i = 0; i < BATCH; i++) {
            append(first + i);
        }
        long beganNs = System.nanoTime();
        journal.force();
        long forcedNs = System.nanoTime();
        worstApplyNs = 0;
        long before = forcedNs;
        for (int i = 0; i < BATCH; i++) {
            apply(first + i);
            long now = System.nanoTime();
            worstApplyNs = Math.max(worstApplyNs, now - before);
            before = now;
        }
        if (wanted) {
            wanted = false;
            checkpoint = new Checkpoint(++checkpoints, core.lastSequence(), core.stateHash());
        }
        worstApplyNs = Math.max(worstApplyNs, System.nanoTime() - before);
        return forcedNs - beganNs;
    }

    private void append(long number) {
        workload.command(number, (command, offset, length) -> journal.append(number, number, command, offset, length));
    }

    private void apply(long number) {
        workload.command(
                number,
                (command, offset, length) ->
                        core.onCommand(number, number, command, offset, length, CommandReplySink.NONE));
    }

    @Override
    public void requestCheckpoint() {
        wanted = true;
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    private List<Measured> figures(int made) {
        List<Measured> figures = new ArrayList<>();
        figures.add(Measured.of("snapshots made meanwhile", made, ""));
        String[] when = {"quiet", "snapshots"};
        for (int i = 0; i < 2; i++) {
            figures.add(Measured.of("live apply, " + when[i] + ", p99", apply[i].getValueAtPercentile(99) / 1e6, "ms"));
            figures.add(
                    Measured.of("live apply, " + when[i] + ", p99.9", apply[i].getValueAtPercentile(99.9) / 1e6, "ms"));
            String longest = "live apply, " + when[i] + ", longest of a turn";
            figures.add(
                    i == 0
                            ? Measured.of(longest, medianMs(longestApplyNs.get(i)), "ms")
                            : Measured.atMost("P7", longest, medianMs(longestApplyNs.get(i)), "ms", 1));
            figures.add(Measured.of(
                    "live apply, " + when[i] + ", longest of all turns", apply[i].getMaxValue() / 1e6, "ms"));
            figures.add(Measured.of("live force, " + when[i] + ", p99", force[i].getValueAtPercentile(99) / 1e6, "ms"));
            figures.add(Measured.of("live force, " + when[i] + ", longest", force[i].getMaxValue() / 1e6, "ms"));
        }
        return figures;
    }

    private static double medianMs(List<Long> valuesNs) {
        List<Long> sorted = valuesNs.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) / 1e6;
    }

    /** A measurement in which something failed is none. */
    private static final class Complaints implements Snapshotter.Listener {
        @Override
        public void onSnapshot(SnapshotFile file, long tookNs) {
            System.out.printf("snapshot of command %d in %.2f s%n", file.sequence(), tookNs / 1e9);
        }

        @Override
        public void onFailure(Exception failure) {
            System.err.println("snapshot: " + failure);
        }

        @Override
        public void onDivergence(String evidence) {
            System.err.println("divergence: " + evidence);
        }
    }
}
