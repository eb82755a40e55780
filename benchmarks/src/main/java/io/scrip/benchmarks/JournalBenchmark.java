package io.scrip.benchmarks;

import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.SparseRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * A record of 128 bytes appended without a force, and read again with everything checked: the journal of the server
 * beside a bare Chronicle queue, which checks and links nothing. What a force costs is in {@link JournalBench}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"})
public class JournalBenchmark {
    private static final int RECORD_BYTES = 128;
    private static final int RECORDS = 100_000;

    /** A log of either kind in a folder of its own. */
    @State(Scope.Thread)
    public static class Logs {
        private final byte[] record = new byte[RECORD_BYTES];
        private ScratchFolder scratch;
        private Path folder;
        private DurableLog journal;
        private DurableLog bare;

        @Setup(Level.Trial)
        public void open() throws IOException {
            scratch = ScratchFolder.create();
            folder = scratch.path();
            journal = DurableLog.ofJournal(folder.resolve("journal"), JournalConfig.DEFAULT_BLOCK_SIZE_BYTES);
            bare = DurableLog.ofBareChronicle(folder.resolve("bare"), JournalConfig.DEFAULT_BLOCK_SIZE_BYTES);
        }

        /** So that no iteration waits for what another has left to be written. */
        @TearDown(Level.Iteration)
        public void force() throws IOException {
            journal.append(record);
            journal.force();
            bare.append(record);
            bare.force();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            journal.close();
            bare.close();
            scratch.close();
        }
    }

    /** Both with the same records in them. */
    @State(Scope.Thread)
    public static class Written {
        private final Logs logs = new Logs();
        private SingleChronicleQueue bare;
        private long bytes;

        @Setup
        public void write() throws IOException {
            logs.open();
            for (int i = 0; i < RECORDS; i++) {
                logs.journal.append(logs.record);
                logs.bare.append(logs.record);
            }
            logs.journal.close();
            logs.bare.close();
            bare = SingleChronicleQueueBuilder.binary(logs.folder.resolve("bare"))
                    .rollCycle(SparseRollCycles.LARGE_HOURLY_SPARSE)
                    .readOnly(true)
                    .build();
        }

        @TearDown
        public void delete() throws IOException {
            bare.close();
            logs.scratch.close();
        }
    }

    @Benchmark
    public void append(Logs logs) throws IOException {
        logs.journal.append(logs.record);
    }

    @Benchmark
    public void appendBare(Logs logs) throws IOException {
        logs.bare.append(logs.record);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long replay(Written written) {
        Path folder = written.logs.folder.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(folder, DurabilityMode.SYNC))) {
            journal.replay(1, (sequence, timestampNs, command, offset, length) -> written.bytes += length);
        }
        return written.bytes;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long replayBare(Written written) {
        try (ExcerptTailer tailer = written.bare.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return written.bytes;
                    }
                    written.bytes += document.wire().bytes().readRemaining();
                }
            }
        }
    }
}
