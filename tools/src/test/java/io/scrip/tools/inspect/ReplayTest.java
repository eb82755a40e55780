package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {
    @TempDir
    private Path scratch;

    @Test
    void theStateIsThatOfTheCoreThatWroteTheJournal() throws Exception {
        Path data = scratch.resolve("data");
        LedgerProcessor core = TestLedger.stopped(data, 300, TestLedger.SMALL_FILES);
        Ran ran = Ran.scrip("replay", "--data", data, "--balances");
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertTrue(ran.out().contains("state hash " + InspectText.hash(core.stateHash())), ran.toString());
        assertTrue(ran.out().contains("sequence 600 at "), ran.toString());
        assertTrue(ran.out().contains("records/s"), ran.toString());
        assertTrue(
                ran.out().lines().filter(line -> line.contains("agent:number-")).count() >= 8, ran.toString());
    }

    @Test
    void itStopsAtTheSequenceThatWasAskedFor() throws Exception {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 300, TestLedger.SMALL_FILES);
        Ran all = Ran.scrip("replay", "--data", data, "--json", "--hash-every", 100);
        List<JsonNode> objects = all.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .collect(Collectors.toList());
        assertEquals(7, objects.size(), all.toString());
        for (int hundred = 1; hundred <= 6; hundred++) {
            Ran part = Ran.scrip("replay", "--data", data, "--json", "--to", hundred * 100);
            JsonNode end = JsonMapper.shared().readTree(part.out());
            assertEquals(hundred * 100, end.get("sequence").asInt());
            assertEquals(objects.get(hundred - 1).get("state_hash"), end.get("state_hash"), part.toString());
            end.get("tokens")
                    .forEach(token ->
                            assertEquals("0.000000", token.get("difference").asString()));
        }
    }

    @Test
    void besideAWriterItReadsWhatWasThere() throws Exception {
        Path data = scratch.resolve("data");
        LedgerProcessor core = TestLedger.stopped(data, 50, TestLedger.SMALL_FILES);
        JournalConfig config = JournalConfig.of(data.resolve("journal"), DurabilityMode.SYNC);
        try (ChronicleJournal writer = ChronicleJournal.open(config)) {
            writer.startWriting();
            Ran ran = Ran.scrip("replay", "--data", data);
            assertEquals(ExitCode.OK, ran.code(), ran.toString());
            assertTrue(ran.err().contains("a server is running; reading up to record 100"), ran.toString());
            assertTrue(ran.out().contains(InspectText.hash(core.stateHash())), ran.toString());
        }
    }
}
