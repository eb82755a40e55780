package io.scrip.benchmarks;

import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.SparseRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A start without a snapshot: wallets that were opened and funded, and transfers between them, read from the journal,
 * checked and applied to an empty core. Beside it the same transfers as records of a bare Chronicle queue, applied to a
 * map of balances and a set of ids, with nothing checked and nothing written.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class ReplayBenchmark {
    private static final int ACCOUNTS = 10_000;
    private static final int COMMANDS = 150_000;
    private static final int RECORD_BYTES = 128;
    private static final long ID_HIGH = 0x5C21_0000_0000_4000L;
    private static final Retention RETENTION = new Retention(Long.MAX_VALUE / 2, 1 << 20, 1 << 16);

    private ScratchFolder scratch;
    private Path journalFolder;
    private SingleChronicleQueue bare;
    private int bareRecords;

    @Setup
    public void write() throws IOException {
        scratch = ScratchFolder.create();
        journalFolder = scratch.path().resolve("journal");
        Path bareFolder = scratch.path().resolve("bare");
        LedgerProcessor core = emptyCore();
        byte[] record = new byte[RECORD_BYTES];
        try (ChronicleJournal journal = openJournal();
                DurableLog log = DurableLog.ofBareChronicle(bareFolder, JournalConfig.DEFAULT_BLOCK_SIZE_BYTES)) {
            journal.startWriting();
            FundedLedger.open(core, journal, ACCOUNTS);
            TransferCommand command = new TransferCommand(FundedLedger.CRD);
            SplittableRandom random = new SplittableRandom(3);
            while (core.lastSequence() < COMMANDS) {
                long next = core.lastSequence() + 1;
                long idLow = random.nextLong();
                int from = random.nextInt(ACCOUNTS);
                int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                command.set(ID_HIGH, idLow, FundedLedger.wallet(from), FundedLedger.wallet(to), 1);
                journal.append(next, next, command.buffer(), 0, command.lengthBytes());
                core.onCommand(next, next, command.buffer(), 0, command.lengthBytes(), CommandReplySink.NONE);
                ByteBuffer.wrap(record)
                        .putLong(ID_HIGH)
                        .putLong(idLow)
                        .putLong(from)
                        .putLong(to)
                        .putLong(1);
                log.append(record);
                bareRecords++;
            }
            journal.force();
        }
        bare = SingleChronicleQueueBuilder.binary(bareFolder)
                .rollCycle(SparseRollCycles.LARGE_HOURLY_SPARSE)
                .readOnly(true)
                .build();
    }

    @TearDown
    public void delete() throws IOException {
        bare.close();
        scratch.close();
    }

    private ChronicleJournal openJournal() {
        return ChronicleJournal.open(JournalConfig.of(journalFolder, DurabilityMode.SYNC));
    }

    private static LedgerProcessor emptyCore() {
        return new LedgerProcessor(RETENTION, (eventSequence, event, offset, length) -> {});
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public LedgerProcessor replay() {
        LedgerProcessor core = emptyCore();
        try (ChronicleJournal journal = openJournal()) {
            journal.replay(
                    1,
                    (sequence, timestampNs, command, offset, length) ->
                            core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE));
        }
        if (core.lastSequence() != COMMANDS) {
            throw new IllegalStateException("the replay ended at " + core.lastSequence());
        }
        return core;
    }

    /** Without opening wallets, so its records are counted as fewer than the journal's; each is one operation all the same. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS - 2 * ACCOUNTS - 1)
    public Map<Long, Long> naiveReplay() {
        Map<Long, Long> balances = new HashMap<>();
        Set<UUID> ids = new HashSet<>();
        int records = 0;
        try (ExcerptTailer tailer = bare.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        break;
                    }
                    apply(document.wire().bytes(), balances, ids);
                    records++;
                }
            }
        }
        if (records != bareRecords || ids.size() != records) {
            throw new IllegalStateException("the replay ended at " + records);
        }
        return balances;
    }

    private static void apply(Bytes<?> record, Map<Long, Long> balances, Set<UUID> ids) {
        UUID id = new UUID(Long.reverseBytes(record.readLong()), Long.reverseBytes(record.readLong()));
        long from = Long.reverseBytes(record.readLong());
        long to = Long.reverseBytes(record.readLong());
        long amount = Long.reverseBytes(record.readLong());
        if (ids.add(id)) {
            balances.merge(from, FundedLedger.FUNDS - amount, (before, unused) -> before - amount);
            balances.merge(to, FundedLedger.FUNDS + amount, (before, unused) -> before + amount);
        }
    }
}
