package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.binary.BinaryClient.Frame;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Side;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages with some bytes changed, cut or made longer: each gets one answer, none reaches the core that the core would
 * choke on, and what the core remembers of them can be shown over HTTP. And every message that is not for clients.
 */
class HostileFramesTest {
    private static final int MESSAGES = 4_000;
    private static final int WINDOW = 100;
    private static final int FIRST_TEMPLATE = 0;
    private static final int LAST_TEMPLATE = 400;

    private static List<byte[]> corpus(UUID id, UUID hold, long from, long to) {
        return List.of(
                Sent.transfer(id, from, to, 5),
                Sent.transfer(id, from, to, 5, 1_000, false, Side.FROM, "reference", "{\"a\":[1,\"b\"]}"),
                Sent.transfer(hold, from, to, 5, 3_600_000_000_000L, "", ""),
                Sent.multi(id, from, to, to),
                Sent.post(id, hold, 1),
                Sent.voidHold(id, hold),
                Sent.extend(id, hold, 5_000_000),
                Sent.reverse(id, hold, 1, "why"),
                Sent.issue(id, to, 5),
                Sent.wallet(from),
                Sent.outcome(id),
                Sent.trialBalance(),
                Sent.settings(),
                Sent.lots(from),
                Sent.controls(from),
                Sent.batch(Sent.transfer(id, from, to, 5), Sent.post(UUID.randomUUID(), hold, 1)));
    }

    private static byte[] mutated(byte[] message, SplittableRandom random) {
        byte[] bytes = message.clone();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                default ->
                    Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) (random.nextBoolean() ? 0x7F : 0x80));
            }
        }
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(bytes, 8 + random.nextInt(bytes.length - 7));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
            default -> bytes;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFrameGetsOneAnswer(long seed) {
        try (TestServer server = new TestServer(GatewayConfig.defaults().withRateLimit(RateLimit.NONE))) {
            TestClient http = new TestClient(server.tcpPort());
            Wallet alice = http.open("agent:alice");
            Wallet bob = http.open("agent:bob");
            http.issue("CRD", alice.id(), "1000000");
            long from = WalletIds.parse(alice.id());
            long to = WalletIds.parse(bob.id());
            SplittableRandom random = new SplittableRandom(seed);
            try (BinaryClient client =
                    BinaryClient.open(server.binaryPort(), seed == 3 ? TestServer.OPERATOR_KEY : alice.key())) {
                for (int sent = 0; sent < MESSAGES; sent += WINDOW) {
                    send(client, sent, from, to, random);
                }
                // The connection is as good as before.
                assertEquals(
                        Outcome.UNKNOWN_WALLET,
                        BinaryDoorTest.command(client.ask(1, Sent.wallet(1L << 40)))
                                .outcome());
            }
            assertNull(server.fault.get());
            for (Wallet wallet : List.of(alice, bob)) {
                Answer history = http.get(wallet.key(), "/api/v1/wallets/" + wallet.id() + "/transactions?limit=500");
                assertEquals(200, history.status());
                assertNotNull(history.json());
            }
        }
    }

    private static void send(BinaryClient client, int first, long from, long to, SplittableRandom random) {
        Set<Long> open = new HashSet<>();
        for (int i = 0; i < WINDOW; i++) {
            List<byte[]> corpus = corpus(id(random), id(random), from, to);
            client.send(first + i, mutated(corpus.get(random.nextInt(corpus.size())), random));
            open.add((long) first + i);
        }
        for (int i = 0; i < WINDOW; i++) {
            Frame frame = client.receive();
            assertNotNull(frame, "the connection was ended");
            assertTrue(open.remove(frame.number()), () -> "answered twice: " + frame.number());
        }
    }

    /** From a small set, so that ids meet again. */
    private static UUID id(SplittableRandom random) {
        return new UUID(0x1234_0000_0000_4000L, 0x8000_0000_0000_0000L | random.nextInt(500) + 1);
    }

    @Test
    void onlyWhatIsForClientsIsTaken() {
        Set<Integer> forClients = Set.of(20, 21, 22, 23, 24, 25, 26, 30, 100, 101, 102, 103, 110, 112);
        try (TestServer server = new TestServer(GatewayConfig.defaults().withRateLimit(RateLimit.NONE));
                BinaryClient client = BinaryClient.open(server.binaryPort(), TestServer.OPERATOR_KEY)) {
            long journalBefore = server.journal.lastSequence();
            byte[] message = Sent.transfer(UUID.randomUUID(), 1, 2, 3);
            for (int templateId = FIRST_TEMPLATE; templateId < LAST_TEMPLATE; templateId++) {
                if (forClients.contains(templateId)) {
                    continue;
                }
                message[2] = (byte) templateId;
                message[3] = (byte) (templateId >>> 8);
                assertNotNull(client.ask(templateId, message).problem().code());
            }
            assertEquals(journalBefore, server.journal.lastSequence());
        }
    }
}
