package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SnapshotCommandTest {
    private static final int COMMANDS = 100;

    @TempDir
    private Path scratch;

    private Path data() {
        return scratch.resolve("data");
    }

    private static List<JsonNode> lines(Ran ran) {
        return ran.out().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }

    private static void assertRefused(ExitCode code, String why, Ran ran) {
        assertEquals(code, ran.code(), ran.toString());
        assertEquals(1, ran.err().lines().count(), ran.toString());
        assertTrue(ran.err().contains(why), ran.toString());
    }

    @Test
    void whatIsListedCheckedAndMadeIsToldToProgramsToo() throws Exception {
        LedgerProcessor core = TestLedger.stopped(data(), COMMANDS, TestLedger.SMALL_FILES);
        List<JsonNode> listed = lines(Ran.scrip("snapshot", "list", "--json", "--data", data()));
        assertEquals(2, listed.size());
        assertEquals(2 * COMMANDS, listed.get(0).get("sequence").asInt());
        assertEquals(COMMANDS, listed.get(1).get("sequence").asInt());
        String hash = String.format("%016x", core.stateHash());
        assertEquals(hash, listed.get(0).get("state_hash").asString());

        Path newest =
                data().resolve("snapshots").resolve(listed.get(0).get("file").asString());
        assertEquals(Files.size(newest), listed.get(0).get("bytes").asLong());
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 4;
        Files.write(newest, bytes);
        Ran check = Ran.scrip("snapshot", "check", "--json", "--data", data());
        assertEquals(ExitCode.FAILED, check.code(), check.toString());
        assertFalse(lines(check).get(0).get("good").asBoolean());
        assertTrue(lines(check).get(0).get("problem").asString().contains(newest.toString()), check.toString());
        assertTrue(lines(check).get(1).get("good").asBoolean());
        assertTrue(lines(check).get(1).get("problem").isNull());

        Ran made = Ran.scrip("snapshot", "create", "--json", "--data", data());
        assertEquals(ExitCode.OK, made.code(), made.toString());
        assertTrue(made.err().contains("snapshot not used: " + newest), made.toString());
        assertEquals(hash, lines(made).get(0).get("state_hash").asString());
        assertEquals(
                ExitCode.OK, Ran.scrip("snapshot", "check", "--data", data()).code());
    }

    @Test
    void theBaseThatAPrunedLedgerBeginsWithIsListed() throws Exception {
        TestLedger.stopped(data(), COMMANDS, TestLedger.SMALL_FILES);
        Path newest = Path.of("snapshot-" + String.format("%019d", 2 * COMMANDS) + ".scrip");
        Path base = Path.of("base-" + String.format("%019d", 2 * COMMANDS) + ".scrip");
        Path folder = data().resolve("snapshots");
        Files.copy(folder.resolve(newest), folder.resolve(base));
        Ran list = Ran.scrip("snapshot", "list", "--data", data());
        assertTrue(
                list.out().lines().reduce((one, other) -> other).orElseThrow().startsWith(base.toString()), list.out());
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() throws Exception {
        for (String command : List.of("list", "check", "create")) {
            assertRefused(
                    ExitCode.USAGE,
                    "there is no such folder",
                    Ran.scrip("snapshot", command, "--data", scratch.resolve("none")));
            Files.createDirectories(scratch.resolve("other"));
            assertRefused(
                    ExitCode.UNSUPPORTED_VERSION,
                    "holds no ledger",
                    Ran.scrip("snapshot", command, "--data", scratch.resolve("other")));
        }
        TestLedger.stopped(data(), COMMANDS, TestLedger.SMALL_FILES);
        assertRefused(
                ExitCode.USAGE, "--keep must be 2 to", Ran.scrip("snapshot", "create", "--keep", 1, "--data", data()));
        JournalConfig config = JournalConfig.of(data().resolve("journal"), DurabilityMode.SYNC);
        try (ChronicleJournal writer = ChronicleJournal.open(config)) {
            assertEquals(2 * COMMANDS, writer.lastSequence());
            assertRefused(
                    ExitCode.DATA_LOCKED,
                    "another process has the folder",
                    Ran.scrip("snapshot", "create", "--data", data()));
            assertEquals(
                    ExitCode.OK,
                    Ran.scrip("snapshot", "check", "--data", data()).code());
        }
        Path empty = scratch.resolve("empty");
        Files.createDirectories(empty.resolve("journal"));
        assertRefused(ExitCode.USAGE, "holds no record yet", Ran.scrip("snapshot", "create", "--data", empty));
    }
}
