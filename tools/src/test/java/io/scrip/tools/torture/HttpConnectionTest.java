package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpConnectionTest {
    private final List<String> requests = new ArrayList<>();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void sendsABodyWithItsKeyAndReadsStatusHeadersAndBody() throws Exception {
        Thread server = answer("HTTP/1.1 201 Created\r\nContent-Length: 4\r\nIdempotent-Replayed: true\r\n\r\nöx!");
        try (HttpConnection connection = connect()) {
            assertEquals(new Answer(201, true, false, "öx!"), connection.post("/p", "sk_1", "{\"a\":\"ü\"}"));
        }
        server.join();
        assertTrue(requests.get(0).startsWith("POST /p HTTP/1.1\r\n"), requests.get(0));
        assertTrue(requests.get(0).contains("Authorization: Bearer sk_1\r\n"), requests.get(0));
        assertTrue(requests.get(0).contains("Content-Length: 10\r\n"), requests.get(0));
        assertTrue(requests.get(0).endsWith("\r\n\r\n{\"a\":\"ü\"}"), requests.get(0));
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        Thread server = answer(answer, answer);
        try (HttpConnection connection = connect()) {
            assertEquals("ok", connection.get("/1", null).body());
            assertEquals("ok", connection.get("/2", null).body());
        }
        server.join();
        assertEquals(2, requests.size());
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() throws Exception {
        Thread server = answer("HTTP/1.1 201 Created\r\nContent-Length: 400\r\n\r\n{\"status\":\"posted\"");
        try (HttpConnection connection = connect()) {
            assertThrows(IOException.class, () -> connection.post("/p", "k", "{}"));
        }
        server.join();
    }

    @Test
    void aConnectionThatIsClosedBeforeTheAnswerIsNoAnswer() throws Exception {
        Thread server = answer("");
        try (HttpConnection connection = connect()) {
            assertThrows(IOException.class, () -> connection.post("/p", "k", "{}"));
        }
        server.join();
    }

    private HttpConnection connect() {
        return new HttpConnection(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 20_000);
    }

    /** Accepts one connection, answers each request with the next text, and closes. */
    private Thread answer(String... answers) {
        Thread server = new Thread(() -> {
            try (Socket socket = listener.accept()) {
                for (String answer : answers) {
                    requests.add(readRequest(socket.getInputStream()));
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.start();
        return server;
    }

    private static String readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        int total = Integer.MAX_VALUE;
        while (bytes.size() < total) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client left after: " + text);
            }
            bytes.write(next);
            if (total == Integer.MAX_VALUE && next == '\n') {
                text = bytes.toString(StandardCharsets.UTF_8);
                if (text.endsWith("\r\n\r\n")) {
                    int at = text.indexOf("Content-Length: ");
                    String length = at < 0 ? "0" : text.substring(at + 16, text.indexOf('\r', at));
                    total = bytes.size() + Integer.parseInt(length);
                }
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
