package io.scrip.benchmarks;

import io.scrip.journal.JournalPosition;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A snapshot written (checksummed, forced, read again and compared) and loaded; beside them a map of balances written to
 * a file that is flushed to the device by nobody and checked by nobody, and read from it into a map.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class SnapshotBenchmark {
    private static final Retention RETENTION = new Retention(Long.MAX_VALUE / 2, 65_536, 4_096);
    private static final String NO_HASH = "0".repeat(JournalPosition.HASH_DIGITS);

    @Param({"100000"})
    public int accounts;

    private final Map<Long, Long> balances = new HashMap<>();
    private ScratchFolder scratch;
    private SnapshotStore store;
    private LedgerProcessor core;
    private JournalPosition position;
    private SnapshotFile written;
    private Path plain;

    @Setup
    public void setUp() throws IOException, SnapshotException {
        scratch = ScratchFolder.create();
        Path folder = scratch.path();
        store = new SnapshotStore(folder.resolve("snapshots"), 2);
        core = new LedgerProcessor(RETENTION, (eventSequence, event, offset, length) -> {});
        FundedLedger.open(core, accounts);
        position = new JournalPosition(1, "benchmark", 0, core.lastSequence(), core.lastSequence(), NO_HASH);
        written = store.write(core, position);
        plain = folder.resolve("plain");
        for (long account = 0; account < accounts; account++) {
            balances.put(account, FundedLedger.FUNDS);
        }
        writePlain();
    }

    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        scratch.close();
    }

    @Benchmark
    public long write() throws SnapshotException {
        return store.write(core, position).sizeBytes();
    }

    @Benchmark
    public long load() throws SnapshotException {
        return SnapshotStore.load(written, RETENTION, (eventSequence, event, offset, length) -> {})
                .lastSequence();
    }

    @Benchmark
    public int writeAMap() throws IOException {
        writePlain();
        return balances.size();
    }

    @Benchmark
    public int loadAMap() throws IOException {
        Map<Long, Long> loaded = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(plain)))) {
            for (int i = 0; i < accounts; i++) {
                loaded.put(in.readLong(), in.readLong());
            }
        }
        return loaded.size();
    }

    private void writePlain() throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(plain)))) {
            for (Map.Entry<Long, Long> balance : balances.entrySet()) {
                out.writeLong(balance.getKey());
                out.writeLong(balance.getValue());
            }
        }
    }
}
