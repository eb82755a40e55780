package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StraceTest {
    @TempDir
    private Path folder;

    @Test
    void countsTheCallsItTamperedWith() throws Exception {
        Path output = folder.resolve("strace.txt");
        Strace strace = new Strace(output, "fdatasync", "error=EIO:when=2");
        assertEquals(0, strace.injected());
        Files.writeString(
                output,
                "12 fdatasync(7) = 0\n12 fdatasync(7) = -1 EIO (Input/output error) (INJECTED)\n12 fdatasync(7) = 0\n");
        assertEquals(1, strace.injected());
    }
}
