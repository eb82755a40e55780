package io.scrip.tools.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BackupTest {
    @TempDir
    private Path scratch;

    private Path data() {
        return scratch.resolve("data");
    }

    private Path backup() {
        return scratch.resolve("backup");
    }

    private Path restored() {
        return scratch.resolve("restored");
    }

    @Test
    void whatIsRestoredIsTheLedgerThatWasBackedUp() throws IOException {
        LedgerProcessor core = TestLedger.stopped(data(), 400, TestLedger.SMALL_FILES);
        Ran made = Ran.scrip("backup", "--data", data(), "--to", backup());
        assertEquals(ExitCode.OK, made.code(), made.toString());
        assertTrue(made.out().contains("800 records"), made.toString());
        assertGood(backup(), core);
        Ran put = Ran.scrip("restore", "--from", backup(), "--data", restored());
        assertEquals(ExitCode.OK, put.code(), put.toString());
        assertGood(restored(), core);
        assertFalse(Files.exists(restored().resolve(BackupManifest.NAME)));
        // A backup of a restored folder is as good as the first.
        Ran again = Ran.scrip("backup", "--json", "--data", restored(), "--to", scratch.resolve("again"));
        assertEquals(ExitCode.OK, again.code(), again.toString());
        assertEquals(
                800,
                JsonMapper.shared().readTree(again.out()).get("last_sequence").asInt());
    }

    @Test
    void aSnapshotThatGoesWhileItIsCopiedIsLeftOutAndTheOneThatCameForItIsCopied() throws IOException {
        Path from = Files.createDirectory(scratch.resolve("from"));
        Path to = scratch.resolve("to");
        for (int number = 1; number <= 3; number++) {
            Files.writeString(from.resolve("snapshot-" + number + ".scrip"), "state " + number);
        }
        BackupCommand.copySnapshots(from, to, (file, copy, length) -> {
            if (file.endsWith("snapshot-1.scrip")) {
                Files.createDirectories(to);
                Files.writeString(copy, "sta");
                Files.writeString(from.resolve("snapshot-4.scrip"), "state 4");
                // This one, and one that has been listed and not looked at yet.
                Files.delete(file);
                Files.delete(from.resolve("snapshot-2.scrip"));
                throw new NoSuchFileException(file.toString());
            }
            CopiedFiles.copy(file, copy, length);
        });
        List<String> copied = new ArrayList<>();
        for (Path file : CopiedFiles.namesIn(to)) {
            copied.add(Files.readString(file));
        }
        assertEquals(List.of("state 3", "state 4"), copied);
    }

    @Test
    void aKilledServersFolderIsBackedUpAsFarAsItGoes() throws IOException {
        TestLedger.killed(data(), scratch.resolve("live"), 200);
        Ran made = Ran.scrip("backup", "--data", data(), "--to", backup());
        assertEquals(ExitCode.OK, made.code(), made.toString());
        assertTrue(made.out().contains("400 records"), made.toString());
        Ran put = Ran.scrip("restore", "--json", "--from", backup(), "--data", restored());
        JsonNode answer = JsonMapper.shared().readTree(put.out());
        assertEquals(400, answer.get("last_sequence").asInt());
        assertEquals(ExitCode.OK, Ran.scrip("verify", "--data", restored()).code());
    }

    @Test
    void aFolderThatHoldsSomethingIsNotWrittenInto() throws IOException {
        TestLedger.stopped(data(), 20, TestLedger.SMALL_FILES);
        assertEquals(
                ExitCode.OK,
                Ran.scrip("backup", "--data", data(), "--to", backup()).code());
        Path taken = Files.createDirectories(scratch.resolve("taken"));
        Files.writeString(taken.resolve("letter.txt"), "Dear Sir");
        assertRefused(ExitCode.USAGE, "is not empty", Ran.scrip("backup", "--data", data(), "--to", taken));
        assertRefused(ExitCode.USAGE, "is not empty", Ran.scrip("restore", "--from", backup(), "--data", taken));
        assertRefused(ExitCode.USAGE, "is not empty", Ran.scrip("restore", "--from", backup(), "--data", data()));
        Path inside = data().resolve("copy");
        assertRefused(ExitCode.USAGE, "inside the data folder", Ran.scrip("backup", "--data", data(), "--to", inside));
        assertRefused(
                ExitCode.USAGE, "no complete backup", Ran.scrip("restore", "--from", data(), "--data", restored()));
        Path nowhere = scratch.resolve("nowhere");
        assertRefused(ExitCode.USAGE, "no such folder", Ran.scrip("restore", "--from", nowhere, "--data", restored()));
        assertEquals(List.of(taken.resolve("letter.txt")), TestLedger.files(taken));
        assertFalse(Files.exists(restored()));
    }

    @Test
    void aBackupIsNotMadeOfADamagedJournal() throws IOException {
        TestLedger.stopped(data(), 200, TestLedger.SMALL_FILES);
        Path file = TestLedger.files(data().resolve("journal")).stream()
                .filter(path -> path.toString().endsWith(".cq4"))
                .findFirst()
                .orElseThrow();
        flip(file, 70_000);
        Ran ran = Ran.scrip("backup", "--data", data(), "--to", backup());
        assertRefused(ExitCode.JOURNAL_DAMAGED, file + " at byte", ran);
        assertFalse(Files.exists(backup().resolve(BackupManifest.NAME)));
    }

    @Test
    void everyDamagedFileOfABackupIsNamedAndNothingStartable() throws IOException {
        TestLedger.stopped(data(), 200, TestLedger.SMALL_FILES);
        assertEquals(
                ExitCode.OK,
                Ran.scrip("backup", "--data", data(), "--to", backup()).code());
        List<Path> files = TestLedger.files(backup());
        assertTrue(files.size() >= 6, files.toString());
        List<String> unseen = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            byte[] good = Files.readAllBytes(file);
            for (int injury = 0; injury < 4; injury++) {
                Path target = scratch.resolve("target-" + i + "-" + injury);
                injure(file, good, injury);
                Ran ran = Ran.scrip("restore", "--from", backup(), "--data", target);
                boolean named =
                        ran.err().contains(file.toString()) || (ran.err().contains(BackupManifest.NAME) && injury == 2);
                if (ran.code() == ExitCode.OK || !named || Files.exists(target.resolve("journal/manifest"))) {
                    unseen.add(file + " injury " + injury + ": " + ran);
                }
                Files.write(file, good);
            }
        }
        assertEquals(List.of(), unseen);
        Files.writeString(backup().resolve("journal").resolve("journal.lock"), "");
        assertRefused(
                ExitCode.FAILED, "is not in its list", Ran.scrip("restore", "--from", backup(), "--data", restored()));
    }

    private static void injure(Path file, byte[] good, int injury) throws IOException {
        switch (injury) {
            case 0 -> flip(file, good.length / 2);
            case 1 -> Files.write(file, java.util.Arrays.copyOf(good, good.length - 1));
            case 2 -> Files.delete(file);
            default -> Files.write(file, java.util.Arrays.copyOf(good, good.length + 1));
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void assertRefused(ExitCode code, String named, Ran ran) {
        assertEquals(code, ran.code(), ran.toString());
        assertEquals(1, ran.err().lines().count(), ran.toString());
        assertTrue(ran.err().contains(named), ran.toString());
    }

    private static void assertGood(Path folder, LedgerProcessor core) {
        Ran ran = Ran.scrip("verify", "--data", folder);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertTrue(ran.out().contains(String.format("%016x", core.stateHash())), ran.toString());
    }
}
