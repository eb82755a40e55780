package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread that is interrupted goes on with its files, and stays interrupted. */
class InterruptTest {
    @TempDir
    Path temp;

    @AfterEach
    void forget() {
        Thread.interrupted();
    }

    @Test
    void aFileStaysOpen() throws IOException {
        Path file = temp.resolve("file");
        try (FileChannel channel =
                Device.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Thread.currentThread().interrupt();
            channel.write(ByteBuffer.wrap(new byte[] {7}), 0);
            channel.force(true);
            ByteBuffer read = ByteBuffer.allocate(1);
            channel.read(read, 0);
            assertEquals(7, read.get(0));
            assertTrue(channel.isOpen());
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void theJournalIsWrittenForcedClosedAndReplayed() {
        Path folder = temp.resolve("journal");
        Thread.currentThread().interrupt();
        for (int start = 0; start < 2; start++) {
            try (ChronicleJournal journal = ChronicleJournal.open(JournalRig.config(folder, 1 << 20), List.of())) {
                assertEquals(start * 50L, JournalRig.replay(journal));
                JournalRig.append(journal, 50);
                journal.force();
            }
        }
        assertTrue(Thread.interrupted());
        assertEquals(100, JournalRig.find(folder));
    }

    @Test
    void theEventLogIsWrittenAndRead() {
        EventLogConfig config =
                new EventLogConfig(temp.resolve("events"), 256 << 10, EventLogConfig.MIN_FILE_SIZE_BYTES);
        Thread.currentThread().interrupt();
        for (int start = 0; start < 2; start++) {
            try (ChronicleEventLog log = ChronicleEventLog.open(config)) {
                assertEquals(start, log.lastEventSequence());
                log.append(start + 1, JournalRig.command(start + 1), 0, 20);
                assertTrue(log.matches(start + 1, JournalRig.command(start + 1), 0, 20));
            }
        }
        assertTrue(Thread.interrupted());
    }
}
