package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real core, real sockets and the JDK's own client. */
@Timeout(120)
class LoopbackTest {
    private static final long ALICE = 2;
    private static final int SMALL_BUFFER_BYTES = 16 << 10;
    /** Small enough that a test need not write megabytes; the times are what is documented. */
    private static final StreamConfig SMALL = new StreamConfig(
            64 << 10,
            16,
            50,
            TimeUnit.SECONDS.toNanos(20),
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(10),
            64 << 10,
            8 << 10,
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.SECONDS.toNanos(20),
            200);

    private final LedgerRig ledger = new LedgerRig(5);
    private WalletStreams streams;
    private LoopbackServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        streams = new WalletStreams(ledger.log, ledger, SMALL);
        ledger.listen(streams);
        server = new LoopbackServer(streams, SMALL_BUFFER_BYTES);
    }

    @AfterEach
    void stop() {
        streams.close();
        server.close();
        assertEquals(0, ledger.log.openReaders());
    }

    /** The JDK's client; {@code "closed <code>"} is the last thing it takes down. */
    private static final class Client implements WebSocket.Listener {
        final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            messages.add("closed " + statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            messages.add("failed " + error);
        }

        String take() throws InterruptedException {
            String message = messages.poll(60, TimeUnit.SECONDS);
            if (message == null) {
                throw new IllegalStateException("nothing came");
            }
            return message;
        }

        StreamClient.Message takeMessage() throws InterruptedException {
            return StreamClient.Message.of(take());
        }
    }

    private Client connect(String path) {
        Client client = new Client();
        URI uri = URI.create("ws://" + server.address().getHostString() + ":"
                + server.address().getPort() + path);
        client.socket = http.newWebSocketBuilder().buildAsync(uri, client).join();
        return client;
    }

    @Test
    void aClientSeesItsWalletLiveAndMayAsk() throws Exception {
        Client client = connect("/2");
        StreamClient.Message state = client.takeMessage();
        assertEquals("wallet_state", state.type());
        assertTrue(state.data().contains("\"available\":\"1\""), state.data());

        ledger.transfer(ALICE, 3, 250_000, "first");
        StreamClient.Message balance = client.takeMessage();
        StreamClient.Message transaction = client.takeMessage();
        assertEquals("balance_update", balance.type());
        assertTrue(balance.data().contains("\"available\":\"0.75\""), balance.data());
        assertEquals("transaction_completed", transaction.type());
        assertTrue(transaction.data().contains("\"amount\":\"0.25\""), transaction.data());
        assertTrue(transaction.data().contains("\"reference\":\"first\""), transaction.data());
        assertEquals(balance.sequence(), transaction.sequence());

        client.socket.sendText("{\"type\":\"pi", false).join();
        client.socket.sendText("ng\"}", true).join();
        assertEquals("{\"type\":\"pong\"}", client.take());
        client.socket.sendBinary(ByteBuffer.allocate(3), true).join();
        assertTrue(client.take().startsWith("{\"type\":\"error\",\"error\":\"Invalid message format\""));
        client.socket.sendText("{\"type\":\"get_state\"}", true).join();
        assertEquals(transaction.sequence(), client.takeMessage().sequence());

        streams.closeAll(ALICE);
        assertEquals("closed 1008", client.take());
    }

    @Test
    void aWalletThatIsNotThereEndsWithAnError() throws Exception {
        Client client = connect("/99");
        assertEquals("{\"type\":\"error\",\"error\":\"No such wallet\",\"code\":\"unknown_wallet\"}", client.take());
        assertEquals("closed 1008", client.take());
    }

    @Test
    void stoppingIsSaid() throws Exception {
        Client client = connect("/2");
        client.takeMessage();
        streams.close();
        assertEquals("closed 1001", client.take());
    }

    @Test
    void whoeverReconnectsUnderLoadSeesEveryLegOnceAndInOrder() throws Exception {
        Thread writer = new Thread(() -> {
            Random random = new Random(4_711);
            for (int i = 0; i < 6_000; i++) {
                long from = 2L + random.nextInt(5);
                ledger.transfer(from, 2 + (from - 1 + random.nextInt(4)) % 5, 1, "n" + i);
            }
        });
        Random random = new Random(11);
        List<Long> seen = new ArrayList<>();
        writer.start();
        long last = 0;
        while (writer.isAlive() || last < lastLegOf(ALICE)) {
            Client client = connect("/2?from=" + (last + 1) + (random.nextBoolean() ? "&conflate=true" : ""));
            long previous = 0;
            for (int left = 1 + random.nextInt(800);
                    left > 0 && !(last >= lastLegOf(ALICE) && !writer.isAlive());
                    left--) {
                StreamClient.Message message = client.takeMessage();
                assertEquals(previous, message.previousSequence());
                previous = message.sequence();
                if (message.type().equals("transaction_completed")) {
                    last = message.sequence();
                    seen.add(last);
                }
            }
            client.socket.abort();
        }
        writer.join();
        assertEquals(ledger.legsOf(ALICE, 1), seen);
    }

    private long lastLegOf(long wallet) {
        List<Long> legs = ledger.legsOf(wallet, Math.max(1, ledger.log.lastEventSequence() - 500));
        return legs.isEmpty() ? 0 : legs.get(legs.size() - 1);
    }

    @Test
    void aConsumerThatDoesNotReadIsCutWith1013AndResumes() throws Exception {
        List<Long> seen = new ArrayList<>();
        RawSocket.Frame last;
        try (RawSocket stuck = new RawSocket(server.address(), "/2?from=1", SMALL_BUFFER_BYTES)) {
            assertTrue(stuck.read().text().startsWith("{\"type\":\"wallet_state\""));
            while (streams.isWatched()) {
                ledger.transfer(ALICE, 3, 1, "x".repeat(100));
                // Not waiting for anything: a thousand a second are enough, more would only fill the log.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            for (last = stuck.read(); last.opcode() == RawSocket.TEXT; last = stuck.read()) {
                take(StreamClient.Message.of(last.text()), seen);
            }
        }
        assertEquals(RawSocket.CLOSE, last.opcode());
        assertEquals(1013, last.closeCode());
        assertTrue(seen.size() > 5, "nothing had been sent before the cut");

        Client again = connect("/2?from=" + (seen.get(seen.size() - 1) + 1));
        List<Long> expected = ledger.legsOf(ALICE, 1);
        assertTrue(seen.size() < expected.size(), "nothing was left to resume");
        while (seen.size() < expected.size()) {
            take(again.takeMessage(), seen);
        }
        assertEquals(expected, seen);
        again.socket.abort();
    }

    private static void take(StreamClient.Message message, List<Long> seen) {
        if (message.type().equals("transaction_completed")) {
            seen.add(message.sequence());
        }
    }
}
