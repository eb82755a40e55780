package io.scrip.gateway.ws;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.TransferKind;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * What each kind of movement looks like to those who follow its wallets. After every step the balances that a follower
 * has put together from messages are those of {@code GET /api/v1/wallets/{wallet_id}}.
 */
@Timeout(120)
class MovementsTest {
    private final TestServer server = new TestServer();
    private final TestClient client = new TestClient(server.tcpPort());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Wallet alice = client.open("agent:alice");
    private final Wallet bob = client.open("agent:bob");
    private final Wallet revenue = client.open("agent:revenue");
    private Follower atAlice;
    private Follower atBob;

    @BeforeEach
    void follow() {
        atAlice = new Follower(http, server.tcpPort(), alice, "");
        atBob = new Follower(http, server.tcpPort(), bob, "");
        client.issue("CRD", alice.id(), "1000");
        see("state balance issue", "state");
    }

    @AfterEach
    void stop() {
        atAlice.close();
        atBob.close();
        server.close();
    }

    @Test
    void aHoldIsPlacedCapturedExtendedAndReleased() {
        String hold = hold(alice, "100", "60", "'kind':'plain'");
        see("balance hold", "balance hold");
        accepted(bob, "/api/v1/holds/" + hold + "/post", "'amount':'30'");
        see("balance capture", "balance capture");
        accepted(alice, "/api/v1/holds/" + hold + "/extend", "'timeout_seconds':90");
        see("", "");
        accepted(bob, "/api/v1/holds/" + hold + "/post", "'amount':'20','final':true");
        see("balance capture balance release", "balance capture balance release");
        accepted(bob, "/api/v1/holds/" + hold(alice, "7", "60", "'kind':'plain'") + "/void", "'id':'" + newId() + "'");
        see("balance hold balance release", "balance hold balance release");
        shouldComeAgainFromEveryMovement();
    }

    @Test
    void aHoldThatExpiresByTheClockIsToldWithoutAnyCommand() {
        hold(alice, "7", "3600", "'kind':'plain'");
        see("balance hold", "balance hold");
        server.clockAheadMs.addAndGet(TimeUnit.HOURS.toMillis(2));
        see("balance expiry", "balance expiry");
        shouldComeAgainFromEveryMovement();
    }

    @Test
    void everyLegOfATransferIsToldToItsWallets() {
        String leg = "{'from':'" + alice.id() + "','to':'%s','token':'CRD','amount':'%s'}";
        accepted(
                alice,
                "/api/v1/transfers",
                json("'legs':[" + leg + "," + leg + "," + leg + "]", bob.id(), "5", revenue.id(), "6", bob.id(), "1"));
        see("balance transfer balance transfer balance transfer", "balance transfer balance transfer");
        shouldComeAgainFromEveryMovement();
    }

    @Test
    void feesAndReversalsAreMovementsOfThoseWhoPayThem() {
        server.setFee(TransferKind.CREDIT, FeePayer.RECEIVER, 500, revenue.id());
        server.setFee(TransferKind.TIP, FeePayer.SENDER, 1_000, revenue.id());

        String paid = accepted(alice, "/api/v1/credits/transfer", json("'to':'%s','amount':'100'", bob.id()));
        see("balance transfer", "balance transfer balance fee");
        accepted(bob, "/api/v1/transfers/" + paid + "/reverse", "'amount':'50'");
        see("balance reversal", "balance reversal balance reversal");
        String tip = transfer(alice, 0, bob, 0, "20", ",'kind':'tip'");
        see("balance transfer balance fee", "balance transfer");
        operatorAccepted("/api/v1/transfers/" + tip + "/reverse", "'reason':'mistaken'");
        see("balance reversal balance reversal", "balance reversal");
        String hold = hold(alice, "20", "60", "'kind':'tip'");
        see("balance hold balance hold", "balance hold");
        accepted(bob, "/api/v1/holds/" + hold + "/post", "'amount':'5','final':true");
        see("balance capture balance fee balance release balance release", "balance capture balance release");
        shouldComeAgainFromEveryMovement();
    }

    @Test
    void movesWithinAWalletTellTheMainBalanceAndTheStateWhereOnlyTheVaultChanged() {
        transfer(alice, 0, alice, 300, "30", "");
        see("balance transfer", "");
        transfer(alice, 300, alice, 301, "3", "");
        see("transfer", "");
        transfer(alice, 0, alice, 2, "50", "");
        see("balance transfer", "");
        transfer(alice, 300, alice, 2, "5", "");
        see("transfer state", "");
        transfer(alice, 2, alice, 301, "2", "");
        see("transfer state", "");
        transfer(alice, 2, alice, 0, "1", "");
        see("balance transfer", "");
        transfer(alice, 2, bob, 0, "4", "");
        see("transfer state", "balance transfer");
        shouldComeAgainFromEveryMovement();
    }

    @Test
    void aLotIsToldWhenItIsIssuedBecomesGoodAndExpires() {
        Instant now = Instant.now();
        issueBonus("12", now.plusSeconds(3_600), now.plusSeconds(36_000));
        see("balance issue", "");
        server.clockAheadMs.addAndGet(TimeUnit.HOURS.toMillis(2));
        see("balance effective", "");
        String hold = hold(alice, "3", "360000", "'kind':'plain'");
        see("balance hold", "balance hold");
        server.clockAheadMs.addAndGet(TimeUnit.HOURS.toMillis(20));
        see("balance breakage", "");
        accepted(bob, "/api/v1/holds/" + hold + "/void", "'id':'" + newId() + "'");
        see("balance release balance breakage", "balance release");
        shouldComeAgainFromEveryMovement();
    }

    @Test
    void freezingUnfreezingBoundsAndClosingTellTheStateAgain() {
        operatorAccepted("/api/v1/wallets/" + alice.id() + "/freeze", "'reason':'why not'");
        see("state", "");
        operatorAccepted("/api/v1/wallets/" + alice.id() + "/unfreeze", "'reason':'enough'");
        see("state", "");
        operatorAccepted("/api/v1/wallets/" + alice.id() + "/bounds", "'token':'CRD','floor':'-5','ceiling':null");
        see("state", "");
        operatorAccepted("/api/v1/wallets/" + bob.id() + "/close", "'reason':'gone'");
        see("", "state");
    }

    private void issueBonus(String amount, Instant goodFrom, Instant expiresAt) {
        operatorAccepted(
                "/api/v1/tokens/CRD/issue",
                json(
                        "'to':'%s','amount':'%s','terms':{'category':'promotional','priority':1,"
                                + "'effective_at':'%s','expires_at':'%s'}",
                        alice.id(), amount, goodFrom.toString(), expiresAt.toString()));
    }

    private String transfer(Wallet from, int fromAccount, Wallet to, int toAccount, String amount, String more) {
        return accepted(
                from,
                "/api/v1/transfers",
                json(
                        "'from':'%s','from_account':%s,'to':'%s','to_account':%s,'token':'CRD','amount':'%s'" + more,
                        from.id(),
                        Integer.toString(fromAccount),
                        to.id(),
                        Integer.toString(toAccount),
                        amount));
    }

    private String hold(Wallet from, String amount, String timeoutSeconds, String more) {
        return accepted(
                from,
                "/api/v1/holds",
                json(
                        "'from':'%s','to':'%s','token':'CRD','amount':'%s','timeout_seconds':%s," + more,
                        from.id(),
                        bob.id(),
                        amount,
                        timeoutSeconds.replace('\'', '"')));
    }

    private String accepted(Wallet by, String path, String members) {
        return accepted(by.key(), path, members);
    }

    private void operatorAccepted(String path, String members) {
        accepted(TestServer.OPERATOR_KEY, path, members);
    }

    private String accepted(String key, String path, String members) {
        String id = members.contains("'id'") ? "" : "'id':'" + newId() + "',";
        Answer answer = client.post(key, path, json("{" + id + members + "}"));
        assertEquals(201, answer.status(), answer.body());
        return answer.json().path("id").asString();
    }

    /** Waits until everything has been told, and compares what was. */
    private void see(String toAlice, String toBob) {
        see(atAlice, alice, toAlice);
        see(atBob, bob, toBob);
    }

    private void see(Follower follower, Wallet wallet, String expected) {
        StringBuilder story = new StringBuilder();
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        boolean agrees = false;
        while (!(agrees && story.length() >= expected.length()) && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            String more = follower.takeStory();
            story.append(story.isEmpty() || more.isEmpty() ? "" : " ").append(more);
            agrees = follower.agreesWith(get(wallet))
                    && follower.movementCount() == written(wallet).size();
        }
        assertEquals(expected, story.toString());
        assertTrue(agrees, () -> "the messages do not come to " + get(wallet));
        assertEquals(List.of(), follower.faults());
    }

    private JsonNode get(Wallet wallet) {
        return client.get(wallet.key(), "/api/v1/wallets/" + wallet.id()).json();
    }

    private JsonNode written(Wallet wallet) {
        return client.get(wallet.key(), "/api/v1/wallets/" + wallet.id() + "/transactions?limit=500")
                .json()
                .path("data");
    }

    private void shouldComeAgainFromEveryMovement() {
        shouldComeAgain(alice, atAlice.movements());
        shouldComeAgain(bob, atBob.movements());
    }

    private void shouldComeAgain(Wallet wallet, List<JsonNode> movements) {
        for (int i = 0; i < movements.size(); i++) {
            long from = movements.get(i).path("sequence").asLong();
            try (Follower resumed = new Follower(http, server.tcpPort(), wallet, "?from=" + from)) {
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (resumed.movementCount() < movements.size() - i && System.nanoTime() < deadlineNs) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                assertEquals(
                        movements.subList(i, movements.size()).stream()
                                .map(m -> m.path("data"))
                                .toList(),
                        resumed.movements().stream().map(m -> m.path("data")).toList());
                assertEquals(List.of(), resumed.faults());
            }
        }
    }
}
