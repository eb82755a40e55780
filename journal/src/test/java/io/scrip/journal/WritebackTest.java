package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.LastErrorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What it asks for; what the device makes of it is measured, and nothing depends on it. */
class WritebackTest {
    private static final int MIB = 1 << 20;
    private static final int NO_SUCH_FILE = 2;
    private static final int IO_ERROR = 5;

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private boolean refusing;

    private final Writeback.Calls calls = new Writeback.Calls() {
        @Override
        public int open(String path, int flags) {
            asked.add("open");
            if (refusing) {
                throw new LastErrorException(NO_SUCH_FILE);
            }
            return 7;
        }

        @Override
        public void beginWriting(int descriptor, long offset, long lengthBytes) {
            asked.add(descriptor + ": " + offset + " + " + lengthBytes);
            if (refusing) {
                throw new LastErrorException(IO_ERROR);
            }
        }

        @Override
        public void close(int descriptor) {
            asked.add("close " + descriptor);
        }
    };

    @Test
    void itAsksForWholePagesAMegabyteOrMoreAtATimeAndEachOnce() {
        try (Writeback writeback = Writeback.of(folder, calls)) {
            writeback.written(100);
            writeback.written(MIB - 1);
            writeback.written(MIB + 5000);
            writeback.written(MIB + 6000);
            writeback.written(4 * MIB);
            assertEquals(4 * MIB, writeback.begunBytes());
        }
        assertEquals(
                List.of("open", "7: 0 + " + (MIB + 4096), "7: " + (MIB + 4096) + " + " + (3 * MIB - 4096), "close 7"),
                asked);
    }

    @Test
    void afterOneRefusalItAsksNoMore() {
        try (Writeback writeback = Writeback.of(folder, calls)) {
            refusing = true;
            writeback.written(2 * MIB);
            writeback.written(4 * MIB);
        }
        assertEquals(List.of("open", "7: 0 + " + 2 * MIB, "close 7"), asked);
    }

    @Test
    void aFileThatCannotBeOpenedIsLeftToTheSystem() {
        refusing = true;
        try (Writeback writeback = Writeback.of(folder, calls)) {
            writeback.written(2 * MIB);
        }
        assertEquals(List.of("open"), asked);
    }

    @Test
    void withoutTheCallsNothingHappens() {
        try (Writeback writeback = Writeback.of(folder, null)) {
            writeback.written(2 * MIB);
            assertEquals(0, writeback.begunBytes());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemTakesWhatItIsAskedFor() throws Exception {
        Path file = folder.resolve("file");
        Files.write(file, new byte[2 * MIB]);
        try (Writeback writeback = Writeback.of(file)) {
            writeback.written(2 * MIB);
            assertEquals(2 * MIB, writeback.begunBytes());
        }
    }
}
