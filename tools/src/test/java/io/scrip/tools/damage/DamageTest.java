package io.scrip.tools.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A little of T5 and T6; {@code scrip torture} does all of it. */
@Timeout(300)
class DamageTest {
    private static final long SEED = 7;

    @TempDir
    private Path scratch;

    @Test
    void everyFlippedBitIsFoundOrMeansNothing() throws Exception {
        JsonNode report = read(new BitFlips(scratch, SEED, 400, false, 1).call());
        assertEquals("[]", report.get("violations").toString());
        assertEquals(400, report.get("injuries").intValue());
        assertTrue(report.get("refused").intValue() > 100, report.toString());
        assertTrue(report.get("rebuilt").intValue() > 10, report.toString());
    }

    @Test
    void withoutChecksumsFlippedBitsAreReadAsIfTheyWereWritten() {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new DamageCommand())
                .setOut(new PrintWriter(out, true))
                .execute("--flips", "100", "--blind", "--threads", "1");
        assertEquals(0, exit);
        JsonNode report = read(out.toString());
        assertTrue(report.get("violation_count").intValue() > 10, report.toString());
        assertTrue(report.get("violations").toString().contains("SILENT"), report.toString());
    }

    @Test
    void cutAndExchangedFilesShowTheRecordsUpToSomePlaceOrAreRefused() throws Exception {
        JsonNode report = read(new Truncations(scratch, SEED, 2_048, 1).call());
        assertEquals("[]", report.get("violations").toString());
        assertTrue(report.get("refused").intValue() > 100, report.toString());
        assertTrue(report.get("shorter").intValue() > 10, report.toString());
        assertTrue(report.get("rebuilt").intValue() > 10, report.toString());
    }

    @Test
    void aHangIsAViolation() throws Exception {
        Tally tally = new Tally();
        Ward ward = new Ward(Specimen.make(scratch, SEED), scratch, 1, 50, tally);
        CountDownLatch never = new CountDownLatch(1);
        ward.doAll(List.of(patient -> {
            try {
                never.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
        assertTrue(read(tally.json()).get("violations").toString().contains("hangs"), tally.json());
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
