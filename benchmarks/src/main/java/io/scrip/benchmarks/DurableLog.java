package io.scrip.benchmarks;

import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.SparseRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/** A way to make records durable: append some, then force them together. One thread. */
interface DurableLog extends AutoCloseable {
    void append(byte[] record) throws IOException;

    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** The journal of the server: envelope, checksum, chain, free space, roll. */
    static DurableLog ofJournal(Path folder, int blockSizeBytes) {
        return ofJournal(folder, blockSizeBytes, JournalConfig.DEFAULT_ROLL_SIZE_BYTES);
    }

    /** The same with files of another size. */
    static DurableLog ofJournal(Path folder, int blockSizeBytes, long rollSizeBytes) {
        JournalConfig usual = JournalConfig.of(folder, DurabilityMode.SYNC);
        ChronicleJournal journal = ChronicleJournal.open(new JournalConfig(
                usual.folder(),
                usual.mode(),
                blockSizeBytes,
                rollSizeBytes,
                usual.reserveBytes(),
                usual.ballastBytes(),
                usual.sealDelayNs()));
        journal.startWriting();
        UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        return new DurableLog() {
            @Override
            public void append(byte[] record) throws IOException {
                if (!journal.hasRoom(record.length)) {
                    throw new IOException("there is no room left on the device of " + folder);
                }
                buffer.wrap(record);
                long next = journal.lastSequence() + 1;
                journal.append(next, journal.lastTimestampNs() + 1, buffer, 0, record.length);
            }

            @Override
            public void force() {
                journal.force();
            }

            @Override
            public void close() {
                journal.close();
            }
        };
    }

    /** Nothing but a Chronicle queue and a force of its file: what the journal is measured against. */
    static DurableLog ofBareChronicle(Path folder, int blockSizeBytes) {
        SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(SparseRollCycles.LARGE_HOURLY_SPARSE)
                .blockSize(blockSizeBytes)
                .timeProvider(() -> 0)
                .build();
        ExcerptAppender appender = queue.createAppender();
        return new DurableLog() {
            private FileChannel file;

            @Override
            public void append(byte[] record) {
                try (DocumentContext document = appender.writingDocument()) {
                    Bytes<?> bytes = document.wire().bytes();
                    bytes.write(record, 0, record.length);
                }
            }

            @Override
            public void force() throws IOException {
                if (file == null) {
                    file = FileChannel.open(appender.currentFile().toPath(), StandardOpenOption.WRITE);
                }
                file.force(false);
            }

            @Override
            public void close() throws IOException {
                if (file != null) {
                    file.close();
                }
                appender.close();
                queue.close();
            }
        };
    }

    /** Two files' worth of zeros, written over again and again: about the least that a device asks for. */
    static DurableLog ofPreallocatedFile(Path path, int fileBytes) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer pending = ByteBuffer.allocateDirect(4 << 20);
        while (file.size() < fileBytes) {
            pending.clear();
            file.write(pending, file.size());
        }
        file.force(true);
        pending.clear();
        return new DurableLog() {
            private long position;

            @Override
            public void append(byte[] record) {
                pending.put(record);
            }

            @Override
            public void force() throws IOException {
                pending.flip();
                if (position + pending.limit() > fileBytes) {
                    position = 0;
                }
                while (pending.hasRemaining()) {
                    position += file.write(pending, position);
                }
                pending.clear();
                file.force(false);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    /** Removes a folder with all in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            entries.sorted(Comparator.reverseOrder()).forEach(entry -> {
                try {
                    Files.delete(entry);
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
            });
        }
    }
}
