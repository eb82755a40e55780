package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.EventLogReader;
import io.scrip.journal.JournalReader;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.tools.EveryKindOfCommand;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder that an earlier program wrote, kept with the sources: it must be read for ever. {@code EarlierJournalTest} and
 * {@code EarlierSnapshotTest} read the same kind of file with the parts that they are about.
 *
 * <p>{@code -Dscrip.folder.write=true} writes folders with what the program makes now. Add them under a new name when the
 * schema gets a new version; those that are there stay as they are.
 */
class EarlierFolderTest {
    private static final Path WHOLE = Path.of("../snapshotter/src/test/resources/earlier/schema-0.zip");
    private static final Path FILES = Path.of("../journal/src/test/resources/earlier/schema-0.zip");
    private static final String EXPECTED = "expected";

    @TempDir
    private Path scratch;

    @Test
    void aFolderOfSchemaVersion0IsWhatItWas() throws Exception {
        Path data = scratch.resolve("data");
        unpack(WHOLE, data);
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(data.resolve(EXPECTED))) {
            expected.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        Ran verify = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, verify.code(), verify.toString());
        assertTrue(verify.out().contains("hash " + expected.get("state_hash")), verify.toString());
        assertTrue(verify.out().contains("chain " + expected.get("chain_hash")), verify.toString());
        assertTrue(verify.out().contains("snapshots  2 are"), verify.toString());
    }

    @Test
    @EnabledIfSystemProperty(named = "scrip.folder.write", matches = "true")
    void writeFoldersAnew() throws Exception {
        write(FILES, 200, List.of("journal", "events"));
        write(WHOLE, 380, List.of("journal", "events", "snapshots", "proof"));
    }

    private void write(Path zip, int commands, List<String> parts) throws Exception {
        Path data = scratch.resolve("written-" + commands);
        Path live = scratch.resolve("live-" + commands);
        LedgerProcessor core = TestLedger.killed(data, live, commands, new EveryKindOfCommand());
        Files.write(data.resolve(EXPECTED), expected(data, core));
        Files.createDirectories(zip.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Path file : TestLedger.files(data)) {
                String name = data.relativize(file).toString();
                if (name.equals(EXPECTED) || parts.contains(name.substring(0, name.indexOf('/')))) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    private static List<String> expected(Path data, LedgerProcessor core) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("state_hash " + InspectText.hash(core.stateHash()));
        try (JournalReader journal = JournalReader.open(data.resolve("journal"))) {
            lines.add("last_sequence " + journal.lastSequence());
            lines.add("chain_hash " + journal.lastHashHex());
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (EventLogReader events = EventLogReader.open(data.resolve("events"))) {
            while (events.next()) {
                byte[] event = new byte[events.length()];
                events.buffer().getBytes(events.offset(), event);
                digest.update(event);
            }
            lines.add("last_event " + events.sequence());
        }
        lines.add("events_sha256 " + HexFormat.of().formatHex(digest.digest()));
        new Books(core)
                .forEachAccount(account -> lines.add("account/" + account.wallet() + "/" + account.token() + "/"
                        + account.code() + " " + account.posted() + " " + account.held() + " " + account.incoming()));
        return lines;
    }

    private static void unpack(Path zip, Path target) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path path = target.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                try (OutputStream out = Files.newOutputStream(path)) {
                    in.transferTo(out);
                }
            }
        }
    }
}
