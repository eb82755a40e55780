package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far it reads; what that is good for is measured, and nothing depends on it. */
class PagesAheadTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private ByteBuffer file(String name, int lengthBytes) throws Exception {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(lengthBytes);
        }
        return Surroundings.REAL.map(path);
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
        try (PagesAhead pages = new PagesAhead()) {
            pages.begin(file("first", lengthBytes));
            until(() -> pages.touchedBytes() == PagesAhead.AHEAD_BYTES);
            pages.onWritten(100);
            pages.onWritten(2 * MIB + 100);
            until(() -> pages.touchedBytes() == PagesAhead.AHEAD_BYTES + 2 * MIB + 100);
            pages.onWritten(11 * MIB);
            until(() -> pages.touchedBytes() == lengthBytes);
            // Beyond its end there is nothing to be read: the thread would have died.
            pages.onWritten(12 * MIB);
            pages.begin(file("second", MIB));
            until(() -> pages.touchedBytes() == MIB);
            assertTrue(pages.isAlive());
        }
    }

    @Test
    void itEndsWhenTheLogIsClosed() {
        PagesAhead pages = new PagesAhead();
        pages.close();
        until(() -> !pages.isAlive());
        assertEquals(0, pages.touchedBytes());
    }
}
