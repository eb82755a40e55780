package io.scrip.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.client.ClientOptions.WhenFull;
import io.scrip.client.ScripException.Reason;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against a whole server: every operation, and what becomes of requests when something is in the way. */
class ScripClientTest {
    private static final long CRD = TokenCode.of("CRD");
    private static final long HOUR_NS = 3_600_000_000_000L;

    private static TestServer server;
    private static Wallet alice;
    private static Wallet bob;
    private static long from;
    private static long to;

    @BeforeAll
    static void start() {
        server = new TestServer(GatewayConfig.defaults().withRateLimit(RateLimit.NONE));
        TestClient http = new TestClient(server.tcpPort());
        alice = http.open("agent:alice");
        bob = http.open("agent:bob");
        from = WalletIds.parse(alice.id());
        to = WalletIds.parse(bob.id());
        http.issue("CRD", alice.id(), "1000000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void openThePort() {
        server.port.full = false;
        server.port.silent = false;
        server.port.cause = null;
    }

    private static ClientOptions options() {
        return ClientOptions.to("127.0.0.1", server.binaryPort(), alice.key());
    }

    private static ScripClient connect() {
        return ScripClient.connect(options());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static Reason reasonOf(CompletableFuture<?> future) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
        return ((ScripException) failed.getCause()).reason();
    }

    @Test
    void everyOperationHasItsOutcome() throws Exception {
        try (ScripClient client = connect();
                ScripClient payee = ScripClient.connect(ClientOptions.to("127.0.0.1", server.binaryPort(), bob.key()));
                ScripClient operator = ScripClient.connect(
                        ClientOptions.to("127.0.0.1", server.binaryPort(), TestServer.OPERATOR_KEY))) {
            assertEquals(from, client.wallet());
            assertEquals(0, operator.wallet());
            TransferRequest request = TransferRequest.of(from, to, CRD, 500).withTexts("ref", "{\"a\":1}");
            Result moved = get(client.transfer(request));
            assertTrue(moved.isApplied());
            assertNotNull(moved.from());
            assertTrue(get(client.transfer(request)).replayed());
            TransferRequest hold = TransferRequest.of(from, to, CRD, 90).withTimeout(HOUR_NS);
            assertTrue(get(client.transfer(hold)).expiresAtNs() > 0);
            assertTrue(get(client.extendHold(CommandIds.next(), hold.id(), 2 * HOUR_NS))
                    .isApplied());
            assertEquals(
                    30,
                    get(payee.postHold(CommandIds.next(), hold.id(), 30, false)).amount());
            assertEquals(HoldStatus.PENDING, get(client.outcome(hold.id())).holdStatus());
            assertTrue(get(payee.voidHold(CommandIds.next(), hold.id())).isApplied());
            assertEquals(
                    200,
                    get(payee.reverse(CommandIds.next(), request.id(), 200, "half"))
                            .amount());
            assertTrue(get(operator.issue(CommandIds.next(), to, CRD, 7)).isApplied());
            assertTrue(get(payee.wallet(to)).posted(CRD) >= 7);
            assertEquals(Reason.REFUSED, reasonOf(client.wallet(to)));
            assertEquals(Reason.REFUSED, reasonOf(client.issue(CommandIds.next(), to, CRD, 7)));
            Result refused = get(client.transfer(TransferRequest.of(from, to, CRD, Long.MAX_VALUE / 2)));
            assertEquals(Outcome.INSUFFICIENT_FUNDS, refused.outcome());
            assertTrue(refused.available() > 0);
        }
    }

    @Test
    void aBatchIsLinkedOrNot() throws Exception {
        try (ScripClient client = connect()) {
            List<TransferRequest> items = List.of(
                    TransferRequest.of(from, to, CRD, 1), TransferRequest.of(from, to, CRD, Long.MAX_VALUE / 2));
            List<Result> single = get(client.batch(items, false));
            assertEquals(Outcome.APPLIED, single.get(0).outcome());
            assertEquals(Outcome.INSUFFICIENT_FUNDS, single.get(1).outcome());
            List<TransferRequest> chain = List.of(
                    TransferRequest.of(from, to, CRD, 1), TransferRequest.of(from, to, CRD, Long.MAX_VALUE / 2));
            List<Result> linked = get(client.batch(chain, true));
            assertEquals(Outcome.LINKED_FAILED, linked.get(0).outcome());
            assertEquals(Outcome.INSUFFICIENT_FUNDS, linked.get(1).outcome());
        }
    }

    @Test
    void manySingleTransfersAreDoneOnceEachAndSentTogether() throws Exception {
        try (ScripClient client = connect();
                ScripClient payee =
                        ScripClient.connect(ClientOptions.to("127.0.0.1", server.binaryPort(), bob.key()))) {
            long before = get(payee.wallet(to)).posted(CRD);
            long journalBefore = server.journal.lastSequence();
            List<CompletableFuture<Result>> results = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                results.add(client.transfer(TransferRequest.of(from, to, CRD, 1)));
            }
            for (CompletableFuture<Result> result : results) {
                assertTrue(get(result).isApplied());
            }
            assertEquals(before + 20_000, get(payee.wallet(to)).posted(CRD));
            assertTrue(server.journal.lastSequence() - journalBefore < 20_000, "some must have gone together");
        }
    }

    @Test
    void oneThatTheServerDoesNotTakeDoesNotSpoilTheOthers() throws Exception {
        try (ScripClient client = ScripClient.connect(options().withBatches(100, 1))) {
            List<CompletableFuture<Result>> good = new ArrayList<>();
            CompletableFuture<Result> bad = null;
            for (int i = 0; i < 300; i++) {
                good.add(client.transfer(TransferRequest.of(from, to, CRD, 1)));
                if (i == 150) {
                    bad = client.transfer(TransferRequest.of(from, to, CRD, 1).withTexts("", "no json"));
                }
            }
            assertEquals(Reason.REFUSED, reasonOf(bad));
            for (CompletableFuture<Result> result : good) {
                assertTrue(get(result).isApplied());
            }
        }
    }

    @Test
    void whatABusyServerDoesNotTakeIsSentAgain() throws Exception {
        try (ScripClient client = connect()) {
            server.port.cause = "read_only";
            CompletableFuture<Result> result = client.transfer(TransferRequest.of(from, to, CRD, 1));
            assertThrows(TimeoutException.class, () -> result.get(200, TimeUnit.MILLISECONDS));
            server.port.cause = null;
            assertTrue(get(result).isApplied());
        }
    }

    @Test
    void aDeadlineSaysWhetherItMayHaveBeenDone() {
        try (ScripClient client = ScripClient.connect(options().withDeadline(Duration.ofMillis(300)))) {
            server.port.silent = true;
            assertEquals(Reason.OUTCOME_UNKNOWN, reasonOf(client.transfer(TransferRequest.of(from, to, CRD, 1))));
        }
    }

    @Test
    void tooManyFailAtOnceWhenAskedTo() throws Exception {
        try (ScripClient client = ScripClient.connect(options().withPending(2, WhenFull.FAIL))) {
            server.port.full = true;
            CompletableFuture<Result> first = client.transfer(TransferRequest.of(from, to, CRD, 1));
            CompletableFuture<Result> second = client.transfer(TransferRequest.of(from, to, CRD, 1));
            assertEquals(Reason.FULL, reasonOf(client.transfer(TransferRequest.of(from, to, CRD, 1))));
            server.port.full = false;
            assertTrue(get(first).isApplied());
            assertTrue(get(second).isApplied());
            assertTrue(
                    get(client.transfer(TransferRequest.of(from, to, CRD, 1))).isApplied());
        }
    }

    @Test
    void tooManyWaitForTheirTurnByDefault() throws Exception {
        try (ScripClient client = ScripClient.connect(options().withPending(3, WhenFull.BLOCK))) {
            List<CompletableFuture<Result>> results = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                results.add(client.transfer(TransferRequest.of(from, to, CRD, 1)));
            }
            for (CompletableFuture<Result> result : results) {
                assertTrue(get(result).isApplied());
            }
        }
    }

    @Test
    void whoCannotConnectIsToldWhy() {
        ScripException noKey = assertThrows(
                ScripException.class,
                () -> ScripClient.connect(ClientOptions.to("127.0.0.1", server.binaryPort(), alice.key() + "x")));
        assertEquals(Reason.NOT_CONNECTED, noKey.reason());
        assertTrue(noKey.getMessage().contains("UNAUTHORIZED"), noKey.getMessage());
        ScripException nobody = assertThrows(
                ScripException.class, () -> ScripClient.connect(ClientOptions.to("127.0.0.1", 1, alice.key())));
        assertEquals(Reason.NOT_CONNECTED, nobody.reason());
    }

    @Test
    void aClosedClientTakesNothing() throws Exception {
        ScripClient client = connect();
        server.port.silent = true;
        CompletableFuture<Result> sent = client.transfer(TransferRequest.of(from, to, CRD, 1));
        client.close();
        Reason reason = reasonOf(sent);
        assertTrue(reason == Reason.OUTCOME_UNKNOWN || reason == Reason.CLOSED, reason.name());
        assertEquals(Reason.CLOSED, reasonOf(client.transfer(TransferRequest.of(from, to, CRD, 1))));
    }

    @Test
    void aBatchThatIsTooLongIsRefusedBeforeItIsSent() throws Exception {
        try (ScripClient client = connect()) {
            String text = "\"" + "x".repeat(480) + "\"";
            String metadata = "{\"a\":" + text + ",\"b\":" + text + ",\"c\":" + text + ",\"d\":" + text + "}";
            TransferRequest item = TransferRequest.of(from, to, CRD, 1).withTexts("", metadata);
            List<TransferRequest> tooMany = Collections.nCopies(1_100, item);
            assertThrows(IllegalArgumentException.class, () -> client.batch(tooMany, false));
            // Each character is three bytes in memory at most, and one here: what fits is taken.
            assertEquals(900, get(client.batch(tooMany.subList(0, 900), false)).size());
            assertTrue(
                    get(client.transfer(TransferRequest.of(from, to, CRD, 1))).isApplied());
        }
    }

    @Test
    void aRequestThatCannotBeEncodedEndsAndTheOthersGoOn() throws Exception {
        try (ScripClient client = ScripClient.connect(options().withBatches(100, 1))) {
            List<CompletableFuture<Result>> good = new ArrayList<>();
            List<CompletableFuture<?>> bad = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                good.add(client.transfer(TransferRequest.of(from, to, CRD, 1)));
                if (i % 50 == 0) {
                    bad.add(client.postHold(null, CommandIds.next(), 1, false));
                    bad.add(client.outcome(null));
                }
            }
            for (CompletableFuture<?> result : bad) {
                assertEquals(Reason.NOT_SENT, reasonOf(result));
            }
            for (CompletableFuture<Result> result : good) {
                assertTrue(get(result).isApplied());
            }
        }
    }

    @Test
    void itsNumbersOfWalletsAndTokensAreTheServers() {
        for (long number = 1; number < 1L << 47; number = number * 3 + 1) {
            assertEquals(WalletIds.toText(number), WalletNumber.toText(number));
            assertEquals(number, WalletNumber.of(WalletIds.toText(number)));
        }
        assertEquals(TokenCodes.parse("CRD"), CRD);
        assertThrows(IllegalArgumentException.class, () -> WalletNumber.of("w_0000000000u00"));
        assertThrows(IllegalArgumentException.class, () -> TokenCode.of("crd"));
    }

    @Test
    void itsIdsAreUuidsOfVersion7() {
        UUID id = CommandIds.next();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertTrue(Math.abs((id.getMostSignificantBits() >>> 16) - System.currentTimeMillis()) < 60_000);
        assertFalse(id.equals(CommandIds.next()));
    }

    @Test
    void optionsDoNotShowTheKey() {
        assertFalse(options().toString().contains(alice.key()));
        assertNull(server.fault.get());
    }
}
