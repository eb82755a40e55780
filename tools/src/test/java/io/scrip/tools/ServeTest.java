package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.RealServer.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets: real processes, their exit codes, their words, and what they leave on disk. */
@Timeout(120)
class ServeTest {
    private static final int PIECE_LENGTH = 1 << 20;
    private static final String CHOSEN_KEY = "sk_operator_chosen_0123456789_0123456789";

    @TempDir
    private Path scratch;

    @Test
    void theFirstStartPrintsAKeyThatWorksAndTheSecondPrintsNone() throws Exception {
        Path data = scratch.resolve("data");
        String key;
        try (RealServer server = RealServer.start(data, Map.of())) {
            key = server.operatorKey();
            assertEquals(200, server.get("/api/v1/trial-balance", key));
            assertEquals(401, server.get("/api/v1/trial-balance", key + "x"));
            assertEquals(ExitCode.OK.number(), server.terminate().exitCode());
        }
        try (RealServer server = RealServer.start(data, Map.of())) {
            assertEquals(200, server.get("/api/v1/trial-balance", key));
            assertFalse(server.terminate().output().contains("operator key"));
        }
    }

    @Test
    void aChosenKeyIsNeverPrintedAndMustBeTheSameLater() throws Exception {
        Path data = scratch.resolve("data");
        try (RealServer server = RealServer.start(data, Map.of(OperatorKey.VARIABLE, CHOSEN_KEY))) {
            assertEquals(200, server.get("/api/v1/trial-balance", CHOSEN_KEY));
            assertFalse(server.terminate().output().contains(CHOSEN_KEY));
        }
        Ended other = RealServer.run(Map.of(OperatorKey.VARIABLE, CHOSEN_KEY + "other"), "--data", data.toString());
        assertRefused(ExitCode.USAGE, OperatorKey.VARIABLE, other);
    }

    @Test
    void theKeyIsNowhereOnTheDisk() throws Exception {
        Path data = scratch.resolve("data");
        try (RealServer server = RealServer.start(data, Map.of(OperatorKey.VARIABLE, CHOSEN_KEY))) {
            server.terminate();
        }
        List<Path> files = filesIn(data);
        assertFalse(files.isEmpty());
        for (Path file : files) {
            assertFalse(contains(file, CHOSEN_KEY), "the key is in " + file);
        }
    }

    @Test
    void aTakenPortIsToldBeforeTheFolderIsTouched() throws Exception {
        Path data = scratch.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());
            Ended ended = RealServer.run(Map.of(), "--data", data.toString(), "--port", port);
            assertRefused(ExitCode.PORT_IN_USE, "127.0.0.1:" + port, ended);
        }
        assertFalse(Files.exists(data));
    }

    @Test
    void oneConnectionMoreThanAllowedIsReset() throws Exception {
        try (RealServer server = RealServer.start(scratch.resolve("data"), Map.of(), "--connections", "2");
                Socket first = connect(server);
                Socket second = connect(server)) {
            assertTrue(isServed(first));
            assertTrue(isServed(second));
            try (Socket third = connect(server)) {
                assertFalse(isServed(third));
            }
            assertTrue(isServed(first));
        }
    }

    private static Socket connect(RealServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static boolean isServed(Socket socket) throws IOException {
        try {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: scrip\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4_096];
            int length = socket.getInputStream().read(answer);
            return length > 0 && new String(answer, 0, length, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
        } catch (SocketException reset) {
            return false;
        }
    }

    @Test
    void aSecondServerOnAFolderIsRefusedAndTheFirstGoesOn() throws Exception {
        Path data = scratch.resolve("data");
        try (RealServer first = RealServer.start(data, Map.of())) {
            Ended second = RealServer.run(Map.of(), "--data", data.toString());
            assertRefused(ExitCode.DATA_LOCKED, data.toString(), second);
            assertEquals(200, first.get("/readyz", null));
        }
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws Exception {
        Files.writeString(scratch.resolve("letter.txt"), "Dear Sir");
        Ended ended = RealServer.run(Map.of(), "--data", scratch.toString());
        assertRefused(ExitCode.UNSUPPORTED_VERSION, scratch.toString(), ended);
    }

    @Test
    void aMissingEventLogIsRebuiltAndGoesOn() throws Exception {
        Path data = scratch.resolve("data");
        try (RealServer server = RealServer.start(data, Map.of(OperatorKey.VARIABLE, CHOSEN_KEY))) {
            assertEquals(201, server.post("/api/v1/wallets", CHOSEN_KEY, "{\"owner\":\"agent:alice\"}"));
            server.terminate();
        }
        for (Path file : filesIn(data.resolve("events"))) {
            Files.delete(file);
        }
        try (RealServer server = RealServer.start(data, Map.of(OperatorKey.VARIABLE, CHOSEN_KEY))) {
            assertEquals(201, server.post("/api/v1/wallets", CHOSEN_KEY, "{\"owner\":\"agent:bob\"}"));
            assertEquals(409, server.post("/api/v1/wallets", CHOSEN_KEY, "{\"owner\":\"agent:alice\"}"));
        }
    }

    @Test
    void aDamagedJournalIsNamedAndNothingIsChanged() throws Exception {
        Path data = scratch.resolve("data");
        try (RealServer server = RealServer.start(data, Map.of(OperatorKey.VARIABLE, CHOSEN_KEY))) {
            server.terminate();
        }
        Path file = filesIn(data.resolve("journal")).stream()
                .filter(path -> path.toString().endsWith(".cq4"))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        flipAByteOfTheFirstToken(file);
        Map<Path, String> before = contents(data);
        Ended ended = RealServer.run(Map.of(), "--data", data.toString());
        assertRefused(ExitCode.JOURNAL_DAMAGED, file.getFileName().toString(), ended);
        assertEquals(before, contents(data));
    }

    /** The code of the first token stands in the first record's command. */
    private static void flipAByteOfTheFirstToken(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 0; at < bytes.length() - 3; at++) {
                bytes.seek(at);
                if (bytes.readByte() == 'A' && bytes.readByte() == 'C' && bytes.readByte() == 'T') {
                    bytes.seek(at);
                    bytes.writeByte('B');
                    return;
                }
            }
        }
        throw new IllegalStateException("no token in " + file);
    }

    private static void assertRefused(ExitCode code, String named, Ended ended) {
        assertEquals(code.number(), ended.exitCode(), ended.output());
        List<String> lines = ended.output().lines().collect(Collectors.toList());
        assertEquals(1, lines.size(), ended.output());
        assertTrue(lines.get(0).startsWith("scrip: "), ended.output());
        assertTrue(lines.get(0).contains(named), named + " is not named in: " + ended.output());
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
        }
    }

    /** In pieces that overlap: the files are long and mostly empty. */
    private static boolean contains(Path file, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        byte[] piece = new byte[PIECE_LENGTH];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(piece, kept, PIECE_LENGTH - kept); read > 0; ) {
                int length = kept + read;
                if (new String(piece, 0, length, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
                kept = Math.min(length, wanted.length - 1);
                System.arraycopy(piece, length - kept, piece, 0, kept);
                read = in.read(piece, kept, PIECE_LENGTH - kept);
            }
        }
        return false;
    }

    private static Map<Path, String> contents(Path folder) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        for (Path file : filesIn(folder)) {
            CRC32 checksum = new CRC32();
            try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            contents.put(file, checksum.getValue() + " " + Files.getLastModifiedTime(file));
        }
        return contents;
    }
}
