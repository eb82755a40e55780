package io.scrip.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.RawClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What request smugglers send. Behind every vector follows a canary on the same connection: it must get no answer at
 * all, because nobody can say where it begins.
 */
class FramingTest {
    private static final String CANARY = "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Canary: 1\r\n\r\n";
    private static final String GET = "GET /healthz HTTP/1.1\r\n";
    private static final String POST = "POST /api/v1/transfers HTTP/1.1\r\nHost: a\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersEveryHostileFrameOnceAndCloses() {
        List<String> wrong = new ArrayList<>();
        List<String> vectors = HostileFrames.all();
        assertTrue(vectors.size() >= 100, "vectors: " + vectors.size());
        for (String vector : vectors) {
            try (RawClient client = new RawClient(server.tcpPort())) {
                String fault = faultOf(client.send(vector + CANARY));
                if (fault != null) {
                    wrong.add(escaped(vector) + " -> " + fault);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void findsThemAlsoWhenTheyComeByteByByte() {
        List<String> wrong = new ArrayList<>();
        for (String vector : HostileFrames.all()) {
            try (RawClient client = new RawClient(server.tcpPort())) {
                for (int i = 0; i < vector.length(); i++) {
                    client.send(vector.substring(i, i + 1));
                }
                String fault = faultOf(client.send(CANARY));
                if (fault != null) {
                    wrong.add(escaped(vector) + " -> " + fault);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void takesWhatIsUnusualButClear() {
        String[] fine = {
            GET + "Host: a\r\n\r\n",
            "\r\n\r\n" + GET + "Host: a\r\n\r\n",
            GET + "host:a\r\n\r\n",
            GET + "HOST:   a:8080  \r\n\r\n",
            GET + "Host: [::1]:8080\r\nX:\r\n\r\n",
            "GET http://A/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
            GET + "Host: a\r\nContent-Length: 0\r\n\r\n",
            GET + "Host: a\r\nCookie: a\r\nCookie: b\r\n\r\n",
        };
        for (String request : fine) {
            try (RawClient client = new RawClient(server.tcpPort())) {
                client.send(request + CANARY);
                assertEquals(200, client.read().status(), escaped(request));
                assertEquals(200, client.read().status(), escaped(request));
            }
        }
    }

    @Test
    void takesChunkedBodies() {
        try (RawClient client = new RawClient(server.tcpPort())) {
            client.send("POST /api/v1/transfers HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n" + CANARY);
            assertEquals(401, client.read().status());
            assertEquals(200, client.read().status());
        }
    }

    @Test
    void limitsTheHead() {
        assertEquals(414, statusOf("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertEquals(431, statusOf(GET + "Host: a\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"));
        assertEquals(431, statusOf(GET + "Host: a\r\n" + ("X: " + "x".repeat(200) + "\r\n").repeat(50) + "\r\n"));
        assertEquals(431, statusOf(GET + "Host: a\r\n" + "X: y\r\n".repeat(64) + "\r\n"));
        assertEquals(200, statusOf(GET + "Host: a\r\nConnection: close\r\n" + "X: y\r\n".repeat(62) + "\r\n"));
    }

    @Test
    void closesWhenItIsAskedTo() {
        try (RawClient client = new RawClient(server.tcpPort())) {
            List<Answer> answers = client.send(GET + "Host: a\r\nConnection: x, Close\r\n\r\n" + CANARY)
                    .readToEnd();
            assertEquals(1, answers.size());
            assertEquals(200, answers.get(0).status());
        }
        try (RawClient client = new RawClient(server.tcpPort())) {
            List<Answer> answers =
                    client.send("GET /healthz HTTP/1.0\r\n\r\n" + CANARY).readToEnd();
            assertEquals(1, answers.size());
            assertEquals("close", answers.get(0).header("Connection"));
        }
    }

    @Test
    void answersAClientThatHasFinishedSending() {
        try (RawClient client = new RawClient(server.tcpPort())) {
            client.send(CANARY + CANARY).endOutput();
            assertEquals(2, client.readToEnd().size());
        }
    }

    @Test
    void sendsNoBodyToHead() {
        try (RawClient client = new RawClient(server.tcpPort())) {
            client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            String all = client.readText();
            assertTrue(all.startsWith("HTTP/1.1 405 "), all);
            assertTrue(all.endsWith("\r\n\r\n"), all);
        }
    }

    @Test
    void saysGoOnToWhoAsksBeforeSendingABody() {
        String head = POST + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ";
        try (RawClient client = new RawClient(server.tcpPort())) {
            assertEquals(100, client.send(head + "2\r\n\r\n").read().status());
            assertEquals(401, client.send("{}").read().status());
            assertEquals(200, client.send(CANARY).read().status());
        }
        try (RawClient client = new RawClient(server.tcpPort())) {
            List<Answer> answers = client.send(head + "20000\r\n\r\n").readToEnd();
            assertEquals(1, answers.size());
            assertEquals(413, answers.get(0).status());
        }
        assertEquals(417, statusOf(POST + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}"));
    }

    @Test
    void tellsNothingAboutItself() {
        try (RawClient client = new RawClient(server.tcpPort())) {
            Answer answer = client.send(CANARY).read();
            assertNull(answer.header("Server"));
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("no-store", answer.header("Cache-Control"));
            assertEquals("no-referrer", answer.header("Referrer-Policy"));
            assertTrue(answer.header("Content-Security-Policy").contains("default-src 'none'"));
            assertTrue(answer.header("Date").endsWith("GMT"));
        }
    }

    /** Answers up to the end; an unreadable rest or a connection that is not closed is what went wrong. */
    private static String faultOf(RawClient client) {
        try {
            List<Answer> answers = client.readToEnd();
            boolean once = answers.size() == 1 && answers.get(0).status() == 400;
            return once && "close".equals(answers.get(0).header("Connection")) ? null : answers.toString();
        } catch (IllegalStateException e) {
            return e.toString();
        }
    }

    private static int statusOf(String request) {
        try (RawClient client = new RawClient(server.tcpPort())) {
            List<Answer> answers = client.send(request).readToEnd();
            assertEquals(1, answers.size());
            return answers.get(0).status();
        }
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
