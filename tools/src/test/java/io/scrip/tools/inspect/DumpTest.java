package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DumpTest {
    private static final Path GOLDEN = Path.of("..", "ledger-core", "src", "test", "resources", "golden");

    @TempDir
    private Path scratch;

    private final MessageSchema schema = MessageSchema.load();
    private final MessageText text = new MessageText(schema);

    @Test
    void everyMessageOfTheSchemaIsDecodedToItsLastByte() throws IOException {
        for (MessageSchema.Message message : schema.messages()) {
            byte[] bytes = golden(message.name());
            Map<String, Object> decoded = text.decode(new UnsafeBuffer(bytes), 0, bytes.length);
            assertEquals(message.name(), decoded.get("message"));
            assertFalse(decoded.containsKey("rest") || decoded.containsKey("bytes"), message.name() + ": " + decoded);
            Set<String> wanted = new TreeSet<>(Set.of("message"));
            message.block().fields().forEach(field -> wanted.add(field.name()));
            message.block().groups().forEach(group -> wanted.add(group.name()));
            message.block().data().forEach(data -> wanted.add(data.name()));
            assertEquals(wanted, new TreeSet<>(decoded.keySet()), message.name());
        }
    }

    @Test
    void theValuesAreThoseThatTheGeneratedDecoderReads() throws IOException {
        byte[] bytes = golden("Transfer");
        Map<String, Object> decoded = text.decode(new UnsafeBuffer(bytes), 0, bytes.length);
        String readable = Files.readString(GOLDEN.resolve("Transfer.hex"));
        assertTrue(readable.contains("amount=" + decoded.get("amount") + "\n"), decoded.toString());
        assertTrue(readable.contains("applyBefore="), readable);
        assertEquals(List.of("dryRun", "upTo"), decoded.get("flags"));
        assertEquals("reference>", decoded.get("reference").toString().substring(1));
        assertEquals(2, ((List<?>) decoded.get("conditions")).size());
    }

    @Test
    void noBytesMakeItThrow() {
        Random random = new Random(3);
        List<MessageSchema.Message> messages = schema.messages();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            if (bytes.length >= 8) {
                buffer.putShort(0, (short) random.nextInt(64));
                buffer.putShort(
                        2, (short) messages.get(random.nextInt(messages.size())).templateId());
                buffer.putShort(4, (short) 7101);
                buffer.putShort(6, (short) 0);
            }
            assertFalse(DumpLine.of(text.decode(buffer, 0, bytes.length)).isEmpty());
        }
    }

    @Test
    void everyRecordIsOneLineAndOneObject() throws IOException {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 400, TestLedger.SMALL_FILES);
        List<String> lines = ok("dump", "--data", data);
        List<String> objects = ok("dump", "--json", "--data", data);
        assertEquals(800, lines.size());
        assertEquals(800, objects.size());
        Set<String> kinds = new TreeSet<>();
        for (int i = 0; i < objects.size(); i++) {
            JsonNode object = JsonMapper.shared().readTree(objects.get(i));
            assertEquals(i + 1, object.get("sequence").asInt());
            assertTrue(lines.get(i).startsWith(i + 1 + " "), lines.get(i));
            assertTrue(lines.get(i).contains(object.get("message").asString()), lines.get(i));
            assertFalse(object.has("bytes") || object.has("rest"), objects.get(i));
            kinds.add(object.get("message").asString());
        }
        assertTrue(
                kinds.containsAll(Set.of("Batch", "Issue", "MultiTransfer", "OpenWallet", "PostHold", "Transfer")),
                kinds.toString());
        JsonNode batch = objects.stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(object -> object.get("message").asString().equals("Batch"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "Transfer",
                batch.get("items").get(0).get("command").get("message").asString());
    }

    @Test
    void arangeIsShownAndEventsToo() throws IOException {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 100, TestLedger.SMALL_FILES);
        List<String> some = ok("dump", "--data", data, "--from", 150, "--to", 160);
        assertEquals(11, some.size());
        assertTrue(some.get(0).startsWith("150 ") && some.get(10).startsWith("160 "), some.toString());
        List<String> events = ok("dump", "--events", "--json", "--data", data, "--from", 5, "--to", 60);
        assertEquals(56, events.size());
        JsonNode first = JsonMapper.shared().readTree(events.get(0));
        assertEquals(5, first.get("event_sequence").asInt());
        assertEquals("5", first.get("eventSequence").asString());
        assertTrue(first.get("command").get("message").asString().length() > 3, events.get(0));
    }

    @Test
    void wrongRangesAreRefusedInOneLine() throws IOException {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 10, TestLedger.SMALL_FILES);
        List<Ran> refused = new ArrayList<>();
        refused.add(Ran.scrip("dump", "--data", data, "--from", 0));
        refused.add(Ran.scrip("dump", "--data", data, "--from", 9, "--to", 8));
        refused.add(Ran.scrip("dump", "--data", data, "--to", "x"));
        refused.add(Ran.scrip("replay", "--data", data, "--to", 21));
        refused.add(Ran.scrip("replay", "--data", data, "--hash-every", 0));
        for (Ran ran : refused) {
            assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
            assertEquals(1, ran.err().lines().count(), ran.toString());
        }
    }

    @Test
    void whatIsBeforeTheDamageIsShownAndTheDamageNamed() throws IOException {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, 100, TestLedger.LARGE_FILES);
        for (String part : List.of("journal", "events")) {
            Path file = TestLedger.files(data.resolve(part)).stream()
                    .filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.seek(70_000);
                int value = raw.read();
                raw.seek(70_000);
                raw.write(value ^ 4);
            }
            boolean events = part.equals("events");
            Ran ran = events ? Ran.scrip("dump", "--data", data, "--events") : Ran.scrip("dump", "--data", data);
            assertEquals(events ? ExitCode.FAILED : ExitCode.JOURNAL_DAMAGED, ran.code(), ran.err());
            assertTrue(ran.out().lines().count() > 5, ran.out());
            assertTrue(ran.err().contains(file + " at byte "), ran.err());
        }
    }

    private static List<String> ok(Object... arguments) {
        Ran ran = Ran.scrip(arguments);
        assertEquals(ExitCode.OK, ran.code(), ran.err());
        return ran.out().lines().collect(Collectors.toList());
    }

    private static byte[] golden(String name) throws IOException {
        String file = Files.readString(GOLDEN.resolve(name + ".hex"));
        return HexFormat.of().parseHex(file.substring(0, file.indexOf("\n\n")).replace("\n", ""));
    }
}
