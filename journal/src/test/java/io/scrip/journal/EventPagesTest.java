package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How far it reads; what that is good for is measured, and nothing depends on it. */
class EventPagesTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private void begin(EventPages pages, String name, int lengthBytes) throws Exception {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(lengthBytes);
        }
        pages.begin(path, Surroundings.REAL.map(path));
    }

    private static void until(BooleanSupplier condition) {
        long limitNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() - limitNs < 0) {
            LockSupport.parkNanos(100_000);
        }
        assertTrue(condition.getAsBoolean());
    }

    @Test
    void itStaysSomeMegabytesAheadAndInsideTheFile() throws Exception {
        int lengthBytes = 12 * MIB + 123;
        try (EventPages pages = new EventPages()) {
            begin(pages, "first", lengthBytes);
            until(() -> pages.touchedBytes() == EventPages.AHEAD_BYTES);
            pages.onWritten(100);
            pages.onWritten(2 * MIB + 100);
            until(() -> pages.touchedBytes() == EventPages.AHEAD_BYTES + 2 * MIB + 100);
            pages.onWritten(11 * MIB);
            until(() -> pages.touchedBytes() == lengthBytes);
            // Beyond its end there is nothing to be read: the thread would have died.
            pages.onWritten(12 * MIB);
            begin(pages, "second", MIB);
            until(() -> pages.touchedBytes() == MIB);
            assertTrue(pages.isAlive());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatHasBeenWrittenIsHandedToTheDevice() throws Exception {
        try (EventPages pages = new EventPages()) {
            begin(pages, "first", 4 * MIB);
            pages.onWritten(3 * MIB + 100);
            until(() -> pages.begunBytes() == 3 * MIB);
            begin(pages, "second", 4 * MIB);
            pages.onWritten(MIB);
            until(() -> pages.begunBytes() == MIB);
        }
    }

    @Test
    void itEndsWhenTheLogIsClosed() {
        EventPages pages = new EventPages();
        pages.close();
        until(() -> !pages.isAlive());
        assertEquals(0, pages.touchedBytes());
    }
}
