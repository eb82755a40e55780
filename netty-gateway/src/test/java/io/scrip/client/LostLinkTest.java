package io.scrip.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.BinaryConfig;
import io.scrip.gateway.feed.FeedConfig;
import io.scrip.gateway.json.WalletIds;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that die without a word: the client finds out by itself, and what it was asked for is done. */
class LostLinkTest {
    private static final long CRD = TokenCode.of("CRD");

    private TestServer server;
    private Relay relay;
    private ScripClient client;
    private long from;
    private long to;

    @BeforeEach
    void connect() {
        // Pings are sent, and patience ends, after a third of the idle time.
        server = new TestServer(
                GatewayConfig.defaults().withRateLimit(RateLimit.NONE),
                FeedConfig.DEFAULT,
                BinaryConfig.DEFAULT
                        .withTimeouts(
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(1))
                        .withAddress("127.0.0.1", 0));
        TestClient http = new TestClient(server.tcpPort());
        Wallet alice = http.open("agent:alice");
        from = WalletIds.parse(alice.id());
        to = WalletIds.parse(http.open("agent:bob").id());
        http.issue("CRD", alice.id(), "1000");
        relay = new Relay(server.binaryPort());
        client = ScripClient.connect(new ClientOptions(
                "127.0.0.1",
                relay.port(),
                alice.key(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                100,
                ClientOptions.WhenFull.FAIL,
                10,
                2));
    }

    @AfterEach
    void close() {
        client.close();
        relay.close();
        server.close();
    }

    private CompletableFuture<Result> transfer() {
        return client.transfer(TransferRequest.of(from, to, CRD, 1));
    }

    private static void assertApplied(CompletableFuture<Result> result) throws Exception {
        // Half of the deadline: what is found out only by that comes too late.
        assertTrue(result.get(30, TimeUnit.SECONDS).isApplied());
    }

    @Test
    void aServerThatAcceptsAndThenSaysNothingIsGivenUp() throws Exception {
        assertApplied(transfer());
        relay.isMute = true;
        relay.cut();
        CompletableFuture<Result> result = transfer();
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (relay.accepted() < 2 && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(relay.accepted() >= 2, "the client connects again");
        relay.isMute = false;
        assertApplied(result);
    }

    @Test
    void aDeadConnectionIsFoundHoweverLongTheDeadline() throws Exception {
        assertApplied(transfer());
        relay.silence();
        assertApplied(transfer());
    }

    @Test
    void aDeadConnectionIsFoundByItsPings() {
        relay.silence();
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (relay.accepted() < 2 && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(relay.accepted() >= 2, "nothing is asked for, and the client connects again");
    }
}
