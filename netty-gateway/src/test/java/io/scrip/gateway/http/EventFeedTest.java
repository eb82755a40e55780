package io.scrip.gateway.http;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.RawClient;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.feed.FeedConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code /api/v1/events} over a real connection. */
@Timeout(60)
class EventFeedTest {
    private static final String OPERATOR = TestServer.OPERATOR_KEY;
    private static final String EVENTS = "/api/v1/events";
    private static final FeedConfig QUICK =
            new FeedConfig(2, 4_096, TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(400));

    private final TestServer server = new TestServer(GatewayConfig.defaults(), QUICK);
    private final TestClient client = new TestClient(server.tcpPort());
    private final OpenApiFile file = new OpenApiFile();

    @AfterEach
    void close() {
        server.close();
    }

    private List<JsonNode> read(String query) {
        Answer answer = client.get(OPERATOR, EVENTS + query);
        assertEquals(200, answer.status(), answer.body());
        assertEquals("application/x-ndjson", answer.header("Content-Type"));
        assertEquals("chunked", answer.header("Transfer-Encoding"));
        List<JsonNode> events = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            assertEquals(List.of(), file.faults("Event", line), line);
            events.add(new ObjectMapper().readTree(line));
        }
        return events;
    }

    private Wallet funded(String owner) {
        Wallet wallet = client.open(owner);
        client.issue("CRD", wallet.id(), "100");
        return wallet;
    }

    private String batch(Wallet from, Wallet to, int items) {
        StringBuilder text = new StringBuilder("{\"items\":[");
        for (int i = 0; i < items; i++) {
            text.append(i == 0 ? "" : ",").append(transfer(newId(), from.id(), to.id(), "CRD", "0.000001"));
        }
        return text.append("]}").toString();
    }

    @Test
    void everyEventIsALineInOrderWithItsCommandAndItsOutcome() {
        Wallet ann = funded("agent:ann");
        Wallet ben = client.open("agent:ben");
        String body = transfer(newId(), ann.id(), ben.id(), "CRD", "7")
                .replace("}", json(",'reference':'order 7','metadata':{'a':1}}"));
        client.post(ann.key(), "/api/v1/transfers", body);
        client.post(ben.key(), "/api/v1/transfers", transfer(newId(), ben.id(), ann.id(), "CRD", "70"));
        client.post(ben.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"));
        List<JsonNode> events = read("?follow=false&commands=true");
        assertEquals(server.log.lastEventSequence(), events.size());
        for (int i = 0; i < events.size(); i++) {
            assertEquals(i + 1, events.get(i).path("event_sequence").asInt());
            assertFalse(events.get(i).path("command_sbe").asString().isEmpty());
        }
        int size = events.size();
        JsonNode moved = events.get(size - 3);
        assertEquals("leg", moved.path("type").asString());
        assertEquals("transfer", moved.path("command").asString());
        assertEquals("applied", moved.path("outcome").asString());
        assertEquals("7", moved.path("amount").asString());
        assertEquals(ann.id(), moved.at("/caller/wallet_id").asString());
        assertEquals("93", moved.at("/balances/from/total").asString());
        assertEquals("order 7", moved.path("reference").asString());
        assertEquals(1, moved.at("/metadata/a").asInt());
        JsonNode refused = events.get(size - 2);
        assertEquals("decision", refused.path("type").asString());
        assertEquals("insufficient_funds", refused.path("outcome").asString());
        assertEquals("70", refused.path("amount").asString());
        assertEquals("70000000", refused.path("needed_units").asString());
        assertEquals("7000000", refused.path("available_units").asString());
        assertEquals("not_authorized", events.get(size - 1).path("outcome").asString());
        JsonNode token = events.get(0);
        assertEquals("register_token", token.path("command").asString());
        assertEquals("system", token.at("/caller/role").asString());
    }

    @Test
    void aFiniteReadTakesAPartAndResumesWhereItEnded() {
        Wallet ann = funded("agent:ann");
        client.post(ann.key(), "/api/v1/transfers/batch", batch(ann, client.open("agent:ben"), 500));
        List<JsonNode> all = read("?follow=false");
        assertEquals(server.log.lastEventSequence(), all.size());
        List<JsonNode> pieces = new ArrayList<>();
        while (pieces.size() < all.size()) {
            pieces.addAll(read("?limit=77&follow=false&from=" + (pieces.size() + 1)));
        }
        assertEquals(all, pieces);
        assertEquals(3, read("?limit=3").size(), "a limit ends a following read, too");
        Answer nothing = client.get(OPERATOR, EVENTS + "?follow=false&from=" + (all.size() + 1));
        assertEquals(200, nothing.status());
        assertEquals("", nothing.body());
    }

    @Test
    void aFollowerSeesWhatComesAndBlankLinesMeanwhile() throws Exception {
        Wallet ann = funded("agent:ann");
        Wallet ben = client.open("agent:ben");
        long from = server.log.lastEventSequence() + 1;
        HttpRequest request = client.request(OPERATOR, EVENTS + "?from=" + from).build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertEquals("", lines.readLine());
            for (int i = 0; i < 3; i++) {
                client.post(ann.key(), "/api/v1/transfers", transfer(newId(), ann.id(), ben.id(), "CRD", "1"));
                String line = lines.readLine();
                while (line.isEmpty()) {
                    line = lines.readLine();
                }
                assertEquals(
                        from + i,
                        new ObjectMapper().readTree(line).path("event_sequence").asLong());
            }
        }
    }

    @Test
    void theHeadAloneTellsWhereTheLogEnds() {
        Wallet ann = funded("agent:ann");
        HttpRequest.Builder head = client.request(OPERATOR, EVENTS).method("HEAD", HttpRequest.BodyPublishers.noBody());
        Answer answer = client.send(head);
        assertEquals(200, answer.status());
        assertEquals(Long.toString(server.log.lastEventSequence()), answer.header(FeedEndpoints.LAST_EVENT));
        head = client.request(ann.key(), EVENTS).method("HEAD", HttpRequest.BodyPublishers.noBody());
        assertEquals(403, client.send(head).status());
    }

    @Test
    void onlyAnOperatorReadsEventsAndOnlyThoseThatAre() {
        Wallet ann = funded("agent:ann");
        assertEquals(403, client.get(ann.key(), EVENTS).status());
        assertEquals(401, client.get(null, EVENTS).status());
        for (String query :
                new String[] {"?from=0", "?from=x", "?limit=0", "?follow=maybe", "?since=1", "?from=99999"}) {
            Answer answer = client.get(OPERATOR, EVENTS + query);
            assertEquals(400, answer.status(), query);
            assertEquals("invalid_parameter", answer.code());
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutAndItsPlaceIsFree() throws Exception {
        Wallet ann = funded("agent:ann");
        Wallet ben = client.open("agent:ben");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    200,
                    client.post(ann.key(), "/api/v1/transfers/batch", batch(ann, ben, 8_190))
                            .status());
        }
        try (Socket first = follow("?commands=true");
                Socket second = follow("?commands=true")) {
            // There are two places: when two others have them at once, the two that do not read have lost theirs.
            try (Socket third = place();
                    Socket fourth = place()) {
                assertCut(first);
                assertCut(second);
                Answer refused = client.get(OPERATOR, EVENTS);
                assertEquals(503, refused.status(), third + " and " + fourth + " follow");
                assertEquals("10", refused.header("Retry-After"));
            }
        }
    }

    private Socket follow(String query) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.tcpPort()));
        String request = "GET " + EVENTS + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + OPERATOR
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Tries until it follows what is yet to come; the test's own time limit ends what never succeeds. */
    private Socket place() throws IOException {
        while (true) {
            Socket socket = follow("?from=" + (server.log.lastEventSequence() + 1));
            String start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (start.equals("HTTP/1.1 200")) {
                return socket;
            }
            socket.close();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static void assertCut(Socket socket) throws IOException {
        String end = "";
        long read = 0;
        byte[] piece = new byte[1 << 16];
        try (InputStream in = socket.getInputStream()) {
            for (int length = in.read(piece); length > 0; length = in.read(piece)) {
                read += length;
                end = new String(piece, 0, length, StandardCharsets.UTF_8);
            }
        } catch (IOException reset) {
            end = "reset";
        }
        assertTrue(read > 0, "nothing was sent");
        assertFalse(end.endsWith("\r\n0\r\n\r\n"), "the last chunk says that this was all");
    }

    @Test
    void aConnectionWithAnotherRequestInHandIsNotGivenAway() {
        try (RawClient raw = new RawClient(server.tcpPort())) {
            String old = "GET " + EVENTS + " HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer " + OPERATOR + "\r\n\r\n";
            assertEquals(400, raw.send(old).read().status());
        }
    }
}
