package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyTest {
    @TempDir
    private Path scratch;

    @Test
    void aLedgerStoppedInOrderIsGoodAndStaysUntouched() throws Exception {
        Path data = scratch.resolve("data");
        LedgerProcessor core = TestLedger.stopped(data, 500, TestLedger.SMALL_FILES);
        Map<Path, String> before = state(data);
        Ran ran = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertTrue(ran.out().endsWith("good" + System.lineSeparator()), ran.toString());
        assertTrue(ran.out().contains("1,000 of 1,000 records"), ran.toString());
        assertTrue(ran.out().contains(InspectText.hash(core.stateHash())), ran.toString());
        assertFalse(ran.out().contains("note"), ran.toString());
        assertEquals("", ran.err());
        assertEquals(before, state(data));
    }

    @Test
    void whatAKilledProcessLeavesIsGood() throws Exception {
        Path data = scratch.resolve("data");
        TestLedger.killed(data, scratch.resolve("live"), 300);
        Ran ran = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertTrue(ran.out().contains("not closed in order"), ran.toString());
    }

    @Test
    void withoutTheEventLogAndTheProofTheLedgerIsStillGood() throws Exception {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 100, TestLedger.SMALL_FILES);
        for (String part : new String[] {"events", "proof"}) {
            Files.move(data.resolve(part), scratch.resolve(part));
        }
        Ran ran = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertTrue(ran.out().contains("note       event log: there is none"), ran.toString());
        assertTrue(ran.out().contains("note       proof: there are no statements"), ran.toString());
    }

    @Test
    void jsonSaysTheSame() throws Exception {
        Path data = scratch.resolve("data");
        LedgerProcessor core = TestLedger.stopped(data, 100, TestLedger.SMALL_FILES);
        Ran ran = Ran.scrip("verify", "--json", "--data", data);
        JsonNode answer = JsonMapper.shared().readTree(ran.out());
        assertTrue(answer.get("good").asBoolean());
        assertEquals(200, answer.get("records").asInt());
        assertEquals(
                answer.get("events").asLong(), answer.get("events_compared").asLong());
        assertEquals(
                InspectText.hash(core.stateHash()), answer.get("state_hash").asString());
        assertEquals(0, answer.get("findings").size());
        assertEquals("0.000000", answer.get("tokens").get(0).get("difference").asString());
    }

    @Test
    void besideAWriterItRefuses() throws Exception {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 20, TestLedger.SMALL_FILES);
        JournalConfig config = JournalConfig.of(data.resolve("journal"), DurabilityMode.SYNC);
        try (ChronicleJournal writer = ChronicleJournal.open(config)) {
            Ran ran = Ran.scrip("verify", "--data", data);
            assertEquals(ExitCode.DATA_LOCKED, ran.code(), ran.toString());
            assertTrue(ran.err().contains("make a backup and verify that"), ran.toString());
            assertEquals(1, ran.err().lines().count(), ran.toString());
            assertEquals(40, writer.lastSequence());
        }
    }

    @Test
    void whatIsNoLedgerIsRefusedInOneLine() throws Exception {
        for (String command : new String[] {"verify", "replay", "dump"}) {
            Ran missing = Ran.scrip(command, "--data", scratch.resolve("nowhere"));
            assertEquals(ExitCode.USAGE, missing.code(), missing.toString());
            Files.writeString(scratch.resolve("letter.txt"), "Dear Sir");
            Ran other = Ran.scrip(command, "--data", scratch);
            assertEquals(ExitCode.UNSUPPORTED_VERSION, other.code(), other.toString());
            assertEquals(1, other.err().lines().count(), other.toString());
        }
    }

    private static Map<Path, String> state(Path folder) throws IOException {
        Map<Path, String> state = new TreeMap<>();
        for (Path file : TestLedger.files(folder)) {
            state.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return state;
    }
}
