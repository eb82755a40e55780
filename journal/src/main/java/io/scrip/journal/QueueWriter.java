package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.nio.file.Path;
import java.util.Locale;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.SparseRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Appends documents to a new Chronicle queue, in files that roll when told to. The queue's clock is the number of the
 * file, so no clock of the machine decides anything. One thread; allocates nothing per document.
 */
final class QueueWriter implements DocumentWriter {
    /** Room that a document leaves in Chronicle's overlap of two blocks. */
    private static final int OVERLAP_MARGIN_BYTES = 4096;

    private static final long HOUR_MS = 3_600_000;

    private final Path folder;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private int fileNumber;
    private long endPosition;

    private QueueWriter(Path folder, int blockSizeBytes) {
        this.folder = folder;
        queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(SparseRollCycles.LARGE_HOURLY_SPARSE)
                .blockSize(blockSizeBytes)
                .checkInterrupts(false)
                .timeProvider(() -> fileNumber * HOUR_MS)
                .build();
        appender = queue.createAppender();
        // One thread at a time, but not always the same: one opens the journal, another writes it, a third closes it.
        appender.singleThreadedCheckDisabled(true);
    }

    /**
     * Makes the queue; its first file appears with the first document.
     *
     * @param folder does not exist yet, or holds nothing that is needed
     */
    static QueueWriter create(Path folder, int blockSizeBytes) {
        ChronicleSetup.apply();
        boolean interrupted = Thread.interrupted();
        try {
            return new QueueWriter(folder, blockSizeBytes);
        } catch (RuntimeException | InternalError refused) {
            throw failure("cannot create a queue in " + folder, refused);
        } finally {
            Device.restore(interrupted);
        }
    }

    /** The longest document that fits, for a block size: Chronicle maps blocks with a quarter of overlap. */
    static int maxDocumentLength(int blockSizeBytes) {
        return blockSizeBytes / 4 - OVERLAP_MARGIN_BYTES;
    }

    /** The name that the file with this number has, counted from 0. */
    static String fileName(int number) {
        java.time.LocalDateTime hour =
                java.time.LocalDateTime.of(1970, 1, 1, 0, 0).plusHours(number);
        return String.format(
                Locale.ROOT,
                "%04d%02d%02d-%02dLS.cq4",
                hour.getYear(),
                hour.getMonthValue(),
                hour.getDayOfMonth(),
                hour.getHour());
    }

    /** The number of the file with this name. */
    static int numberOf(String name) {
        int number = 0;
        while (fileName(number).compareTo(name) < 0) {
            number++;
        }
        return number;
    }

    @Override
    public long write(byte[] first, int firstLength, byte[] second, int secondOffset, int secondLength) {
        boolean interrupted = Thread.interrupted();
        try (DocumentContext document = appender.writingDocument()) {
            Bytes<?> bytes = document.wire().bytes();
            long position = bytes.writePosition();
            bytes.write(first, 0, firstLength);
            if (secondLength > 0) {
                bytes.write(second, secondOffset, secondLength);
            }
            endPosition = position + firstLength + secondLength;
            return position;
        } catch (RuntimeException | InternalError refused) {
            throw failure("cannot append to " + currentFile(), refused);
        } finally {
            Device.restore(interrupted);
        }
    }

    @Override
    public void roll() {
        fileNumber++;
        endPosition = 0;
    }

    @Override
    public Path currentFile() {
        return appender.currentFile() == null ? folder : appender.currentFile().toPath();
    }

    @Override
    public long endPosition() {
        return endPosition;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            appender.close();
            queue.close();
        } finally {
            Device.restore(interrupted);
        }
    }

    private static JournalFailure failure(String what, Throwable cause) {
        return new JournalFailure(Kind.DEVICE, what + ": " + cause, cause);
    }
}
