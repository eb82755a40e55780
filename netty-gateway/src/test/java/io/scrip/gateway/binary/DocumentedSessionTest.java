package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.binary.BinaryClient.Frame;
import io.scrip.protocol.CommandReplyDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What docs/binary.md shows is what happens: its session byte for byte; and both clients in Python run. */
class DocumentedSessionTest {
    private static final Path PAGE = Path.of("..", "docs", "binary.md");
    private static final Path PYTHON_CLIENT = Path.of("..", "docs", "binary_client.py");
    private static final Path JSON_CLIENT = Path.of("..", "docs", "commands_client.py");
    private static final String BEGIN = "```session\n";
    private static final String END = "```";
    private static final boolean WRITE = Boolean.getBoolean("scrip.docs.write");

    private static String hex(char who, byte[] frame, int... varying) {
        String digits = HexFormat.of().formatHex(frame);
        StringBuilder text = new StringBuilder(digits);
        for (int at : varying) {
            text.replace(2 * at, 2 * at + 16, ".".repeat(16));
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < text.length(); i += 80) {
            lines.append(i == 0 ? who : ' ').append(' ');
            lines.append(text, i, Math.min(text.length(), i + 80)).append('\n');
        }
        return lines.toString();
    }

    private static byte[] bytes(Frame frame) {
        UnsafeBuffer message = frame.message();
        byte[] copy = new byte[message.capacity()];
        message.getBytes(0, copy);
        return BinaryClient.frame(frame.number(), copy);
    }

    @Test
    void theSessionOnThePageIsARealOne() throws IOException {
        StringBuilder session = new StringBuilder();
        try (TestServer server = new TestServer()) {
            new TestClient(server.tcpPort()).open("agent:first");
            try (BinaryClient client = new BinaryClient(server.binaryPort())) {
                byte[] hello = BinaryClient.hello(1, TestServer.OPERATOR_KEY);
                session.append(hex('C', BinaryClient.frame(1, hello)));
                session.append(hex('S', bytes(client.ask(1, hello))));
                byte[] issue = Sent.issue(UUID.fromString("018f4e7a-0000-4000-8000-000000000001"), 2, 5_000_000);
                session.append(hex('C', BinaryClient.frame(2, issue)));
                int block = 12 + ReplyPlaces.COMMAND_AT;
                session.append(
                        hex('S', bytes(client.ask(2, issue)), block + CommandReplyDecoder.timestampEncodingOffset()));
            }
        }
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END, from);
        if (WRITE) {
            Files.writeString(PAGE, page.substring(0, from) + session + page.substring(to));
            return;
        }
        assertEquals(session.toString(), page.substring(from, to));
    }

    @Test
    void theClientInPythonMovesValueOnce() throws IOException, InterruptedException {
        Process version = start("--version");
        assumeTrue(version != null && version.waitFor() == 0, "there is no python3");
        try (TestServer server = new TestServer()) {
            TestClient http = new TestClient(server.tcpPort());
            Wallet alice = http.open("agent:alice");
            Wallet bob = http.open("agent:bob");
            http.issue("CRD", alice.id(), "10");
            Process python = start(
                    PYTHON_CLIENT.toString(),
                    "127.0.0.1",
                    Integer.toString(server.binaryPort()),
                    alice.key(),
                    alice.id(),
                    bob.id(),
                    "250000");
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(python.waitFor(60, TimeUnit.SECONDS));
            assertEquals(
                    List.of(
                            "welcome: protocol 1, wallet 2",
                            "outcome 0, replayed 0, amount 250000",
                            "outcome 0, replayed 1, amount 250000",
                            "in a batch: outcome 0, replayed 1, amount 250000",
                            "in a batch: outcome 0, replayed 0, amount 250000"),
                    said.lines().toList());
            String wallet = http.get(bob.key(), "/api/v1/wallets/" + bob.id()).body();
            assertTrue(wallet.contains("\"0.5\""), wallet);
        }
    }

    @Test
    void theClientInPythonThatSpeaksJsonMovesValueOnce() throws IOException, InterruptedException {
        Process version = start("--version");
        assumeTrue(version != null && version.waitFor() == 0, "there is no python3");
        try (TestServer server = new TestServer()) {
            TestClient http = new TestClient(server.tcpPort());
            Wallet alice = http.open("agent:alice");
            Wallet bob = http.open("agent:bob");
            http.issue("CRD", alice.id(), "1");
            Process python = start(
                    JSON_CLIENT.toString(),
                    "127.0.0.1",
                    Integer.toString(server.tcpPort()),
                    alice.key(),
                    alice.id(),
                    bob.id(),
                    "0.12");
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(python.waitFor(60, TimeUnit.SECONDS));
            StringBuilder expected = new StringBuilder();
            for (int i = 1; i <= 10; i++) {
                expected.append(i).append(i <= 8 ? " 201 posted 0.12\n" : " 402 insufficient_funds\n");
            }
            assertEquals(expected + "11 201 replayed true\n", said);
            String wallet = http.get(bob.key(), "/api/v1/wallets/" + bob.id()).body();
            assertTrue(wallet.contains("\"0.96\""), wallet);
        }
    }

    private static Process start(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "python3";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException none) {
            return null;
        }
    }
}
