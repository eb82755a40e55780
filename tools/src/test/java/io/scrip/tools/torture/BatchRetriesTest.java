package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lies about batches that a server could tell, each of which must be noticed. */
class BatchRetriesTest {
    private static final int ITEMS = 3;
    private static final long SEQUENCE = 7;

    @TempDir
    private Path scratch;

    private final Set<String> known = new HashSet<>();
    private HttpServer server;
    private boolean replayed;
    private AttemptLog log;
    private List<Attempt> items;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        log = new AttemptLog(scratch.resolve("log"));
        items = batch(2);
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        log.close();
    }

    private static List<Attempt> batch(int number) {
        return IntStream.range(0, ITEMS)
                .mapToObj(item -> new Attempt(number + "-" + item, 0, 1, 5, item, number))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            if (replayed) {
                exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
            }
            say(exchange, 200, results(SEQUENCE, SEQUENCE, SEQUENCE).body());
        } else if (known.contains(path.substring(path.lastIndexOf('/') + 1))) {
            say(exchange, 200, "{\"sequence\":" + SEQUENCE + "}");
        } else {
            say(exchange, 404, "{}");
        }
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Answer results(long... sequences) {
        String results = IntStream.range(0, sequences.length)
                .mapToObj(item -> "{\"status\":201,\"transfer\":{\"sequence\":" + sequences[item] + "}}")
                .collect(Collectors.joining(",", "{\"results\":[", "]}"));
        return new Answer(200, false, false, results);
    }

    private List<String> decide(BatchRetries retries) throws Exception {
        return retries.decide(items, log);
    }

    private BatchRetries retries() {
        Population wallets = Population.of(new String[] {"w0", "w1"}, new String[] {"k0", "k1"});
        return new BatchRetries(server.getAddress(), new Requests(wallets, "operator"), 1);
    }

    @Test
    void aBatchThatIsThereAndIsAnsweredAsARepetitionIsRight() throws Exception {
        items.forEach(item -> known.add(item.id));
        replayed = true;
        BatchRetries retries = retries();
        assertEquals(List.of(), decide(retries));
        assertEquals(1, retries.wholeBefore());
        assertEquals(ITEMS, retries.appliedBefore());
        assertTrue(items.stream().allMatch(item -> item.state() == Attempt.State.POSTED));
    }

    @Test
    void aBatchThatIsNotThereAndIsAppliedIsRight() throws Exception {
        BatchRetries retries = retries();
        assertEquals(List.of(), decide(retries));
        assertEquals(0, retries.wholeBefore());
    }

    @Test
    void aBatchThatIsThereInPartIsNoticed() throws Exception {
        known.add(items.get(1).id);
        assertTrue(decide(retries()).get(0).startsWith("O7 of a batch there are 1 of 3 items"));
    }

    @Test
    void aBatchThatIsThereInPartIsNoticedAlsoWhenItsItemsAreDecidedOneByOne() throws Exception {
        items = batch(3);
        known.add(items.get(1).id);
        assertTrue(decide(retries()).get(0).startsWith("O7 of a batch there are 1 of 3 items"));
        assertTrue(items.stream().allMatch(item -> item.state() == Attempt.State.UNKNOWN));
    }

    @Test
    void aBatchThatWasThereAndIsAppliedAgainIsNoticed() throws Exception {
        items.forEach(item -> known.add(item.id));
        assertTrue(decide(retries()).get(0).contains("sent again it was replayed=false"));
    }

    @Test
    void anAnsweredBatchThatIsAnsweredOtherwiseIsNoticed() {
        LargeBatch batch = new LargeBatch(items, "first");
        assertNull(BatchRetries.differenceFromFirst(batch, new Answer(200, true, false, "first")));
        for (Answer wrong : List.of(
                new Answer(200, true, false, "second"),
                new Answer(200, false, false, "first"),
                new Answer(404, true, false, "first"))) {
            assertTrue(BatchRetries.differenceFromFirst(batch, wrong).startsWith("a batch of 3 sent again"));
        }
    }

    @Test
    void oneBatchWithTwoSequencesIsNoticed() {
        assertNull(Requests.decideBatch(batch(4), results(8, 8, 8)));
        assertTrue(Requests.decideBatch(batch(5), results(8, 8, 9)).startsWith("O6 one batch, two sequences"));
    }
}
