package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.engine.EventLog;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal and an event log that an earlier program left when it was killed are read by every later one. */
class EarlierJournalTest {
    private static final int BLOCK_BYTES = 256 << 10;

    @TempDir
    Path temp;

    private Map<String, String> expected;

    @BeforeEach
    void unpack() throws Exception {
        expected = EarlierFolder.unpack("schema-0", temp);
    }

    private long number(String name) {
        return Long.parseLong(expected.get(name));
    }

    @Test
    void everyRecordOfTheJournalIsThere() {
        try (JournalReader reader = JournalReader.open(temp.resolve("journal"))) {
            assertEquals(
                    number("last_sequence"), reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
            assertEquals(expected.get("chain_hash"), reader.lastHashHex());
        }
    }

    @Test
    void theJournalGoesOn() {
        JournalConfig config = JournalRig.config(temp.resolve("journal"), 1 << 20);
        long last = number("last_sequence");
        try (ChronicleJournal journal = ChronicleJournal.open(config, JournalRig.PLENTY, JournalRig.QUICK)) {
            assertEquals(last, journal.replay(1, (sequence, timestampNs, buffer, offset, length) -> {}));
            journal.append(last + 1, journal.lastTimestampNs() + 1, JournalRig.command(1), 0, 1);
            journal.force();
        }
        try (JournalReader reader = JournalReader.open(temp.resolve("journal"))) {
            assertEquals(last + 1, reader.readAll((sequence, timestampNs, buffer, offset, length) -> {}));
        }
    }

    @Test
    void everyEventIsWhatItWas() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        EventLogConfig config = new EventLogConfig(temp.resolve("events"), BLOCK_BYTES, 1 << 20);
        try (ChronicleEventLog log = ChronicleEventLog.open(config);
                EventLog.Reader reader = log.openReader()) {
            assertEquals("", log.report().droppedAt());
            assertEquals(number("last_event"), log.lastEventSequence());
            reader.readRange(1, Long.MAX_VALUE, (sequence, buffer, offset, length) -> {
                byte[] event = new byte[length];
                buffer.getBytes(offset, event);
                digest.update(event);
            });
        }
        assertEquals(expected.get("events_sha256"), HexFormat.of().formatHex(digest.digest()));
    }
}
