package io.scrip.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of the schema as bytes and as what they mean, in {@code src/test/resources/golden}: a change of the
 * format is seen here, on purpose or not. The directory's README says how to write the file of a new message.
 */
class GoldenBytesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = Boolean.getBoolean("scrip.golden.write");
    private static final int HEX_PER_LINE = 64;
    private static final SchemaMessages MESSAGES = new SchemaMessages();

    static List<String> names() {
        return MESSAGES.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aMessageHasItsGoldenBytesAndTheyKeepTheirMeaning(String name) throws IOException {
        byte[] bytes = MESSAGES.encode(name, new Distinct(name));
        String text = render(name, bytes);
        Path file = GOLDEN.resolve(name + ".hex");
        if (WRITE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertTrue(Files.exists(file), () -> file + " is missing; see its directory's README. It would be:\n" + text);
        String golden = Files.readString(file);
        assertEquals(golden, text, () -> name + " is no longer encoded as it was");
        assertEquals(golden, render(name, bytesIn(golden)), () -> "old bytes of " + name + " mean something else now");
    }

    @Test
    void constantsAndFlagsKeepTheirNumbers() throws IOException {
        Path file = GOLDEN.resolve("constants.txt");
        String now = String.join("\n", MESSAGES.constants()) + "\n";
        if (WRITE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, now);
        }
        assertEquals(Files.readString(file), now);
    }

    @Test
    void noGoldenFileIsLeftOver() throws IOException {
        assumeFalse(WRITE, "the others are still writing");
        try (Stream<Path> files = Files.list(GOLDEN)) {
            TreeSet<String> there = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".hex"))
                    .map(name -> name.substring(0, name.length() - ".hex".length()))
                    .forEach(there::add);
            assertEquals(new TreeSet<>(names()), there);
        }
    }

    private static String render(String name, byte[] bytes) {
        StringBuilder text = new StringBuilder();
        String hex = HexFormat.of().formatHex(bytes);
        for (int at = 0; at < hex.length(); at += HEX_PER_LINE) {
            text.append(hex, at, Math.min(at + HEX_PER_LINE, hex.length())).append('\n');
        }
        // The version the codecs were generated for is not what the bytes mean.
        String meaning = MESSAGES.decode(name, new UnsafeBuffer(bytes)).replaceAll("sbeSchemaVersion=[0-9/]+", "");
        return text.append('\n')
                .append(meaning.replace("|", "\n").replace("):", "\n"))
                .append('\n')
                .toString();
    }

    private static byte[] bytesIn(String golden) {
        return HexFormat.of()
                .parseHex(golden.substring(0, golden.indexOf("\n\n")).replace("\n", ""));
    }

    /** Another number for every field, so that no two can change places unnoticed. */
    private record Distinct(String message) implements SchemaMessages.Values {
        @Override
        public long number(String path) {
            long hash = 0xCBF29CE484222325L;
            for (byte character : (message + "." + path).getBytes(StandardCharsets.US_ASCII)) {
                hash = (hash ^ character) * 0x100000001B3L;
            }
            // Fits every width: the low byte, the low two and so on are numbers of their own, none negative.
            return hash & 0x7F7F_7F7F_7F7F_7F7FL;
        }

        @Override
        public int constant(String path, int count) {
            // One of the first two: those added later leave the bytes of the golden messages alone.
            return (int) (number(path) % Math.min(count, 2));
        }

        @Override
        public boolean flag(String path) {
            return (number(path) & 1) == 1;
        }

        @Override
        public int entries(String path) {
            return 2;
        }

        @Override
        public byte[] data(String path) {
            return ("<" + path + ">").getBytes(StandardCharsets.UTF_8);
        }
    }
}
