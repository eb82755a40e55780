package io.scrip.benchmarks;

import io.scrip.engine.EventListener;
import io.scrip.engine.Pipeline;
import io.scrip.engine.PipelineConfig;
import io.scrip.engine.ReplySink;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import io.scrip.ledger.Retention;
import io.scrip.proof.Notary;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.snapshotter.SnapshotConfig;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.snapshotter.Snapshotter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * The server's part of P1: batches of 8,190 transfers through the ring, the journal with its force, the core and the
 * event log, without a network. Two batches are under way at a time, so that one is made while the other is applied.
 */
final class BatchBench implements Bench {
    private static final int ITEMS = MessageShape.MAX_BATCH_ITEMS;
    private static final int WALLETS = 100_000;
    private static final int UNDER_WAY = 2;
    private static final int WARMING_BATCHES = 60;
    private static final long ID_HIGH = 0x5C21_0000_0000_4000L;
    private static final int FIRST_ITEM =
            MessageHeaderEncoder.ENCODED_LENGTH + BatchEncoder.BLOCK_LENGTH + BatchEncoder.ItemsEncoder.sbeHeaderSize();
    private static final int ITEM_HEADER =
            BatchEncoder.ItemsEncoder.sbeBlockLength() + BatchEncoder.ItemsEncoder.commandHeaderLength();

    private final Semaphore free = new Semaphore(UNDER_WAY);
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BatchReplyDecoder reply = new BatchReplyDecoder();
    private long picks = 42;
    private long ids;

    /** A batch that is encoded once; its ids and wallets are written over for each use. */
    private static final class Batch {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(2 << 20);
        final int lengthBytes;
        final int itemBytes;

        Batch(TransferCommand transfer) {
            BatchEncoder encoder = new BatchEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            encoder.id().high(0).low(0);
            encoder.caller().role(Role.SYSTEM).wallet(0);
            BatchEncoder.ItemsEncoder items = encoder.itemsCount(ITEMS);
            for (int i = 0; i < ITEMS; i++) {
                items.next().flags().clear();
                items.putCommand(transfer.buffer(), 0, transfer.lengthBytes());
            }
            lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
            itemBytes = ITEM_HEADER + transfer.lengthBytes();
        }
    }

    @Override
    public String name() {
        return "batches";
    }

    @Override
    public String about() {
        return "P1: batches of 8,190 through ring, journal and core, without a network";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        progress.step("batches, core, journal and event log");
        figures.add(measure(options, false).atLeast(600_000));
        progress.step("batches, with notary and snapshotter");
        figures.add(measure(options, true).atLeast(600_000));
        return figures;
    }

    private Figure measure(BenchOptions options, boolean whole) throws IOException, InterruptedException {
        try (ScratchFolder scratch = ScratchFolder.in(options.folder(), "batch-bench")) {
            return measure(options, whole, scratch.path());
        }
    }

    private Figure measure(BenchOptions options, boolean whole, Path folder) throws IOException, InterruptedException {
        Path journalFolder = folder.resolve("journal");
        ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(journalFolder, DurabilityMode.SYNC));
        ChronicleEventLog eventLog = ChronicleEventLog.open(EventLogConfig.of(folder.resolve("events")));
        LedgerProcessor core = new LedgerProcessor(Retention.STANDARD, eventLog::append);
        journal.startWriting();
        FundedLedger.open(core, journal, WALLETS);
        Notary notary = whole ? new Notary(folder.resolve("proof"), eventLog) : null;
        EventListener listener = whole ? notary : event -> {};
        PipelineConfig config = PipelineConfig.forCores(Runtime.getRuntime().availableProcessors());
        Pipeline pipeline =
                new Pipeline(config, journal, core, new OffsetEpochNanoClock()::nanoTime, listener, fault::set);
        pipeline.start();
        Snapshotter snapshotter = whole ? follow(folder, pipeline, journalFolder) : null;
        if (whole) {
            notary.start();
        }
        try {
            return load(options, pipeline, whole ? "with notary and snapshotter" : "alone");
        } finally {
            pipeline.close();
            if (whole) {
                notary.close();
                snapshotter.close();
            }
            eventLog.close();
        }
    }

    private static Snapshotter follow(Path folder, Pipeline pipeline, Path journalFolder) throws IOException {
        Path snapshots = Files.createDirectories(folder.resolve("snapshots"));
        Snapshotter.Listener listener = new Snapshotter.Listener() {
            @Override
            public void onSnapshot(SnapshotFile file, long tookNs) {
                // Its cost is in the figure.
            }

            @Override
            public void onFailure(Exception failure) {
                throw new IllegalStateException(failure);
            }

            @Override
            public void onDivergence(String evidence) {
                throw new IllegalStateException(evidence);
            }
        };
        Snapshotter snapshotter = new Snapshotter(
                new SnapshotStore(snapshots, 2),
                SnapshotConfig.DEFAULT,
                pipeline,
                journalFolder,
                folder.resolve("events"),
                Retention.STANDARD,
                listener);
        snapshotter.start();
        return snapshotter;
    }

    private Figure load(BenchOptions options, Pipeline pipeline, String how) throws InterruptedException {
        TransferCommand transfer = TransferCommand.bySystem(FundedLedger.CRD);
        Batch[] batches = new Batch[UNDER_WAY];
        for (int i = 0; i < UNDER_WAY; i++) {
            batches[i] = new Batch(transfer);
        }
        send(pipeline, batches, WARMING_BATCHES, Long.MAX_VALUE);
        double[] perSecond = new double[options.runs()];
        Map<String, Long> cpuBefore = cpuNs();
        long transfers = 0;
        for (int run = 0; run < perSecond.length; run++) {
            long beganNs = System.nanoTime();
            long sent = send(pipeline, batches, Integer.MAX_VALUE, beganNs + options.durationNs());
            transfers += sent * ITEMS;
            perSecond[run] = sent * (double) ITEMS * 1e9 / (System.nanoTime() - beganNs);
        }
        return Figure.of("P1", "batches of 8,190, durable, " + how, BenchOptions.median(perSecond), "transfers/s")
                .note(String.format(
                        Locale.ROOT,
                        "no network; %d under way; %d bytes a command; %,d wallets; ns of CPU a transfer:%s",
                        UNDER_WAY,
                        transfer.lengthBytes(),
                        WALLETS,
                        cpuNsEach(cpuBefore, transfers)));
    }

    /** What the server's threads have had of the processor: unlike the figure, no neighbour can take it away. */
    private static Map<String, Long> cpuNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> byName = new TreeMap<>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("scrip-")) {
                byName.merge(
                        info.getThreadName().substring("scrip-".length()), threads.getThreadCpuTime(id), Long::sum);
            }
        }
        return byName;
    }

    private static String cpuNsEach(Map<String, Long> before, long transfers) {
        StringBuilder text = new StringBuilder();
        cpuNs().forEach((name, ns) -> {
            double each = (ns - before.getOrDefault(name, 0L)) / (double) transfers;
            text.append(String.format(Locale.ROOT, " %s %.0f", name, each));
        });
        return text.toString();
    }

    /** Sends batches until there were so many or it is that late; returns after the last answer. */
    private long send(Pipeline pipeline, Batch[] batches, int most, long untilNs) throws InterruptedException {
        long sent = 0;
        while (sent < most && (untilNs == Long.MAX_VALUE || System.nanoTime() < untilNs)) {
            free.acquire();
            Batch batch = batches[(int) (sent % UNDER_WAY)];
            refresh(batch);
            while (!pipeline.offer(batch.buffer, 0, batch.lengthBytes, new Answers(), sent)) {
                requireSound();
                Thread.onSpinWait();
            }
            sent++;
        }
        free.acquire(UNDER_WAY);
        free.release(UNDER_WAY);
        requireSound();
        return sent;
    }

    private void requireSound() {
        if (fault.get() != null) {
            throw new IllegalStateException("the pipeline has failed", fault.get());
        }
    }

    private void refresh(Batch batch) {
        int at = FIRST_ITEM + ITEM_HEADER;
        for (int i = 0; i < ITEMS; i++) {
            long from = FundedLedger.wallet(pick());
            long to = FundedLedger.wallet(pick());
            TransferCommand.set(batch.buffer, at, ID_HIGH, mix(++ids), from, to == from ? from - 1 : to, 1);
            at += batch.itemBytes;
        }
    }

    private int pick() {
        picks += 0x9E3779B97F4A7C15L;
        return (int) Math.floorMod(mix(picks), (long) WALLETS);
    }

    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Looks at every answer, then lets the next batch go. */
    private final class Answers implements ReplySink {
        @Override
        public void onReply(long correlationId, DirectBuffer buffer, int offset, int length) {
            reply.wrapAndApplyHeader(buffer, offset, header);
            int applied = 0;
            for (BatchReplyDecoder.ResultsDecoder result : reply.results()) {
                applied += result.outcome() == Outcome.APPLIED ? 1 : 0;
            }
            if (applied != ITEMS) {
                fault.compareAndSet(null, new IllegalStateException(applied + " of a batch were applied"));
            }
            free.release();
        }

        @Override
        public void onBatchEnd() {
            // Nothing to flush.
        }
    }
}
