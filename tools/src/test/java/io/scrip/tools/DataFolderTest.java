package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path scratch;

    @Test
    void aMissingFolderIsCreatedForItsOwnerAlone() throws IOException {
        Path path = scratch.resolve("a/b/data");
        DataFolder.open(path);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void anEmptyFolderAndALedgersFolderAreTakenAsTheyAre() throws IOException {
        assertEquals(scratch.resolve("journal"), DataFolder.open(scratch).journal());
        Files.createDirectory(scratch.resolve("journal"));
        Files.writeString(scratch.resolve("notes.txt"), "mine");
        assertEquals(scratch.resolve("events"), DataFolder.open(scratch).events());
    }

    @Test
    void aFolderWithSomethingElseInItIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(scratch.resolve("holiday.jpg"), "");
        Refusal refusal = assertThrows(Refusal.class, () -> DataFolder.open(scratch));
        assertEquals(ExitCode.UNSUPPORTED_VERSION, refusal.exitCode());
        try (var entries = Files.list(scratch)) {
            assertEquals(1, entries.count());
        }
    }

    @Test
    void aFileIsNoDataFolder() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "");
        assertEquals(
                ExitCode.USAGE,
                assertThrows(Refusal.class, () -> DataFolder.open(file)).exitCode());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsTheDisksFault() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "");
        Refusal refusal = assertThrows(Refusal.class, () -> DataFolder.open(file.resolve("below/data")));
        assertEquals(ExitCode.DISK, refusal.exitCode());
        assertTrue(refusal.getMessage().contains("below/data"), refusal.getMessage());
        assertFalse(Files.isDirectory(file));
    }
}
