package io.scrip.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.SelectStrategy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LingeringTest {
    private static final long FOR_EVER_NS = Long.MAX_VALUE / 2;

    private final AtomicInteger ready = new AtomicInteger();

    private int next(Lingering lingering, boolean hasTasks) throws Exception {
        return lingering.calculateStrategy(ready::get, hasTasks);
    }

    @Test
    void staysAwakeAfterWorkAndTakesWhatComes() throws Exception {
        Lingering lingering = new Lingering(FOR_EVER_NS);
        assertEquals(0, next(lingering, true));
        assertEquals(SelectStrategy.CONTINUE, next(lingering, false));
        ready.set(3);
        assertEquals(3, next(lingering, false));
        assertEquals(3, next(lingering, true));
    }

    @Test
    void sleepsWhenNothingHasComeForThatLong() throws Exception {
        Lingering lingering = new Lingering(1);
        assertEquals(0, next(lingering, true));
        int strategy = next(lingering, false);
        while (strategy == SelectStrategy.CONTINUE) {
            strategy = next(lingering, false);
        }
        assertEquals(SelectStrategy.SELECT, strategy);
    }

    @Test
    void whatEndedASleepIsWork() throws Exception {
        Lingering lingering = new Lingering(0);
        assertEquals(SelectStrategy.SELECT, next(lingering, false));
        // Whatever has ended the sleep has been dealt with: what follows it may be there already.
        assertEquals(0, next(lingering, false));
        assertEquals(SelectStrategy.SELECT, next(lingering, false));
    }

    @Test
    void aServerWithLingeringLoopsServes() {
        try (TestServer server =
                new TestServer(GatewayConfig.defaults().withThreads(2).withLinger(50_000))) {
            TestClient client = new TestClient(server.tcpPort());
            TestClient.Wallet alice = client.open("agent:alice");
            assertEquals(201, client.issue("CRD", alice.id(), "5").status());
            for (int i = 0; i < 200; i++) {
                assertEquals(
                        200, client.get(alice.key(), "/api/v1/credits/balance").status());
            }
        }
    }

    @Test
    void nobodyIsKeptAwakeForLong() {
        GatewayConfig config = GatewayConfig.defaults();
        assertEquals(
                GatewayConfig.MAX_LINGER_NS,
                config.withLinger(GatewayConfig.MAX_LINGER_NS).lingerNs());
        assertThrows(IllegalArgumentException.class, () -> config.withLinger(-1));
        assertThrows(IllegalArgumentException.class, () -> config.withLinger(GatewayConfig.MAX_LINGER_NS + 1));
    }
}
