package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamHubTest {
    private static final long ALICE = 2;
    private static final long BOB = 3;
    private static final long ONLY_NEW = Subscription.ONLY_NEW;

    private final StreamRig rig = new StreamRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldSendTheStateFirstAndThenEveryLegAsBalanceAndTransaction() {
        rig.script.issue(ALICE, "CRD", 1_000); // 1
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        rig.script.issue(BOB, "CRD", 1_000); // 2
        rig.script.transfer(ALICE, BOB, "CRD", 5); // 3
        rig.script.refuse(ALICE, BOB, "CRD", 5_000, 995); // 4
        rig.script.transfer(BOB, ALICE, "CRD", 7); // 5
        rig.settle();

        List<StreamClient.Message> messages = client.take();

        assertEquals(
                "s1 b3 t3 b5 t5",
                String.join(
                        " ", messages.stream().map(StreamClient.Message::brief).toList()));
        assertEquals(
                List.of(0L, 1L, 3L, 3L, 5L),
                messages.stream().map(StreamClient.Message::previousSequence).toList());
        assertTrue(messages.get(0).data().startsWith("{\"wallet_id\":\"" + WalletIds.toText(ALICE) + "\""));
        assertEquals(
                "{\"token\":\"CRD\",\"available\":\"0.000995\",\"pending\":\"0\",\"locked\":\"0\",\"staked\":\"0\","
                        + "\"total\":\"0.000995\"}",
                messages.get(1).data());
        String transfer = messages.get(2).data();
        assertTrue(transfer.startsWith("{\"id\":\"00000000-0000-0007-0000-000000000003\",\"status\":\"posted\""));
        assertTrue(transfer.endsWith("\"balances\":{\"from\":" + messages.get(1).data() + "}}"), transfer);
    }

    @Test
    void bothSidesAndTheOperatorSeeALegAsTheyMay() {
        StreamClient alice = rig.connected(ALICE, ONLY_NEW);
        StreamClient bob = rig.connected(BOB, ONLY_NEW);
        StreamClient operator = rig.connect(BOB, ONLY_NEW, false, Viewer.OPERATOR);
        rig.settle();
        rig.script.transfer(ALICE, BOB, "USD", 5);
        rig.settle();

        List<StreamClient.Message> atAlice = alice.take();
        List<StreamClient.Message> atBob = bob.take();
        List<StreamClient.Message> atOperator = operator.take();

        assertTrue(atAlice.get(2).data().contains("\"balances\":{\"from\":{"));
        assertFalse(atAlice.get(2).data().contains("\"to\":{"));
        assertTrue(atBob.get(2).data().contains("\"balances\":{\"to\":{"));
        assertTrue(atOperator.get(2).data().contains("\"balances\":{\"from\":{"));
        assertTrue(atOperator.get(2).data().contains(",\"to\":{"));
        assertEquals(atBob.get(1).data(), atOperator.get(1).data());
    }

    @Test
    void shouldSendWhatWasMissedFromTheGivenEventOn() {
        rig.script.issue(ALICE, "CRD", 1_000); // 1
        rig.script.issue(ALICE, "USD", 1_000); // 2
        rig.script.transfer(ALICE, BOB, "CRD", 5); // 3
        rig.script.transfer(BOB, 9, "CRD", 1); // 4
        rig.script.transfer(ALICE, BOB, "USD", 5); // 5

        assertEquals("s5 b1 t1 b2 t2 b3 t3 b5 t5", rig.connected(ALICE, 0).brief());
        assertEquals("s5 b1 t1 b2 t2 b3 t3 b5 t5", rig.connected(ALICE, 1).brief());
        assertEquals("s5 b3 t3 b5 t5", rig.connected(ALICE, 3).brief());
        assertEquals("s5 b5 t5", rig.connected(ALICE, 4).brief());
        assertEquals("s5 b5 t5", rig.connected(ALICE, 5).brief());
        assertEquals("s5", rig.connected(ALICE, 6).brief());
        assertEquals("s5", rig.connected(ALICE, ONLY_NEW).brief());
        assertEquals("s5", rig.connected(77, 1).brief());
    }

    @Test
    void fromAnEventThatIsYetToComeIsAnErrorAndGoesOnLive() {
        rig.script.issue(ALICE, "CRD", 1_000);
        StreamClient client = rig.connected(ALICE, 3);
        rig.script.transfer(ALICE, BOB, "CRD", 5);
        rig.settle();

        assertEquals(
                "s1 {\"type\":\"error\",\"error\":\"No event has this sequence yet\",\"code\":\"from_in_future\"} b2 t2",
                client.brief());
    }

    @Test
    void whatHappensWhileTheStateIsAskedForComesOnce() {
        rig.script.issue(ALICE, "CRD", 1_000); // 1
        StreamClient live = rig.connect(ALICE, ONLY_NEW);
        StreamClient resumed = rig.connect(ALICE, 1);
        rig.hub.doWork();
        rig.script.transfer(ALICE, BOB, "CRD", 1); // 2: in the states, dispatched before they arrive
        rig.announce();
        rig.hub.doWork();
        rig.answerOne();
        rig.answerOne();
        rig.script.transfer(ALICE, BOB, "CRD", 1); // 3: dispatched before the states arrive
        rig.script.transfer(ALICE, BOB, "USD", 1); // 4
        rig.announce();
        rig.hub.doWork();
        rig.script.transfer(ALICE, BOB, "CRD", 1); // 5: written, not announced
        rig.hub.doWork();
        rig.settle();

        assertEquals("s2 b3 t3 b4 t4 b5 t5", live.brief());
        assertEquals("s2 b1 t1 b2 t2 b3 t3 b4 t4 b5 t5", resumed.brief());
    }

    @Test
    void whatIsDispatchedBetweenTheStatesAnswerAndItsArrivalIsNotLost() {
        rig.script.issue(ALICE, "CRD", 1_000); // 1
        rig.isRingFull = true;
        StreamClient live = rig.connect(ALICE, ONLY_NEW);
        StreamClient resumed = rig.connect(ALICE, 1);
        rig.hub.doWork();
        rig.isRingFull = false;
        rig.afterAnswering = () -> {
            rig.script.transfer(ALICE, BOB, "CRD", 1); // 2 after the first answer, 3 after the second
            rig.announce();
        };
        // Asks in the middle of the round, after the inbox was emptied: the answers are seen in the next.
        rig.hub.doWork();
        rig.hub.doWork();
        rig.hub.doWork();

        assertEquals("s1 b2 t2 b3 t3", live.brief());
        assertEquals("s2 b1 t1 b2 t2 b3 t3", resumed.brief());
    }

    @Test
    void aStateThatIsAheadOfTheAnnouncementsIsNotRepeated() {
        StreamClient other = rig.connected(BOB, ONLY_NEW);
        rig.script.issue(ALICE, "CRD", 1_000); // 1
        StreamClient client = rig.connect(ALICE, ONLY_NEW);
        rig.hub.doWork();
        rig.script.transfer(ALICE, BOB, "CRD", 1); // 2
        rig.answerOne();
        rig.hub.doWork();
        assertEquals("s2", client.brief());
        rig.script.transfer(ALICE, BOB, "CRD", 1); // 3
        rig.settle();

        assertEquals("b3 t3", client.brief());
        assertEquals("s0 b2 t2 b3 t3", other.brief());
    }

    @Test
    void aLongAbsenceIsMadeUpForPageByPage() {
        rig.forManyMessages();
        List<String> expected = new ArrayList<>();
        rig.script.issue(BOB, "CRD", 1_000_000);
        for (int i = 0; i < 3_000; i++) {
            String token = i % 7 == 0 ? "USD" : i % 3 == 0 ? "GOV" : "CRD";
            long event = rig.script.transfer(BOB, i % 5 == 0 ? 9 : ALICE, token, 1);
            if (i % 5 != 0) {
                expected.add("b" + event + " t" + event);
            }
        }
        StreamClient client = rig.connected(ALICE, 1);

        assertEquals("s3001 " + String.join(" ", expected), client.brief());
        assertTrue(client.subscription.isLive());
    }

    @Test
    void nothingIsReadWhileNobodyListens() {
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        client.disconnect();
        rig.settle();
        long before = rig.log.reads();
        for (int i = 0; i < 100; i++) {
            rig.script.issue(ALICE, "CRD", 1);
            rig.announce();
            rig.hub.doWork();
        }
        assertEquals(before, rig.log.reads());
        assertEquals(0, rig.hub.subscriptionCount());
        assertEquals("s100", rig.connected(ALICE, ONLY_NEW).brief());
    }

    @Test
    void aConflatingClientGetsEveryTransactionAndTheLastBalances() {
        StreamClient client = rig.connect(ALICE, ONLY_NEW, true, Viewer.ofWallet(ALICE));
        rig.settle();
        rig.script.issue(ALICE, "CRD", 10); // 1
        rig.script.issue(ALICE, "USD", 10); // 2
        rig.script.issue(ALICE, "CRD", 10); // 3
        rig.script.issue(ALICE, "CRD", 10); // 4
        rig.script.issue(ALICE, "USD", 10); // 5
        rig.settle();
        assertEquals("s0 t1 t2 t3 b4 t4 b5 t5", client.brief());

        rig.script.issue(ALICE, "CRD", 10); // 6
        rig.settle();
        assertEquals("b6 t6", client.brief());
    }

    @Test
    void aLegBetweenTwoAccountsOfTheWalletComesOnceAndWithTheMainBalanceOnly() {
        rig.script.issue(ALICE, "CRD", 10); // 1
        rig.script.within(ALICE, 0, 300, "CRD", 4); // 2
        rig.script.within(ALICE, 300, 301, "CRD", 3); // 3
        rig.script.within(ALICE, 301, 0, "CRD", 1); // 4
        StreamClient resumed = rig.connected(ALICE, 1);
        assertEquals("s4 b1 t1 b2 t2 t3 b4 t4", resumed.brief());

        resumed.setWritable(false);
        rig.script.within(ALICE, 0, 300, "CRD", 4); // 5
        rig.script.within(ALICE, 300, 302, "CRD", 2); // 6
        rig.settle();
        resumed.setWritable(true);
        rig.settle();
        rig.script.within(ALICE, 302, 0, "CRD", 1); // 7
        rig.settle();
        assertEquals("b5 t5 t6 b7 t7", resumed.brief());
    }

    @Test
    void whatChangesTheStateWithoutALegOfTheMainAccountSendsItAgain() {
        rig.script.issue(ALICE, "CRD", 10); // 1
        rig.script.within(ALICE, 0, 300, "CRD", 4); // 2
        StreamClient client = rig.connected(ALICE, 1);
        StreamClient other = rig.connected(BOB, ONLY_NEW);
        rig.script.freeze(ALICE); // 3
        rig.settle();
        rig.script.within(ALICE, 300, 2, "CRD", 3); // 4
        rig.settle();
        rig.script.within(ALICE, 2, 0, "CRD", 1); // 5
        rig.script.within(ALICE, 2, 301, "CRD", 1); // 6
        rig.settle();

        assertEquals("s2 b1 t1 b2 t2 s3 t4 s4 b5 t5 t6 s6", client.brief());
        assertEquals("s2", other.brief());
        assertEquals("s6 t4 b5 t5 t6", rig.connected(ALICE, 3).brief());
    }

    @Test
    void aClientThatTakesNothingGetsOneStateForAllThatChangedIt() {
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        assertEquals("s0", client.brief());
        client.setWritable(false);
        for (int i = 0; i < 50; i++) {
            rig.script.freeze(ALICE);
            rig.settle();
        }
        assertEquals("", client.brief());
        client.setWritable(true);
        rig.settle();

        assertEquals("s50", client.brief());
    }

    @Test
    void aStateThatKnowsOfTheChangeAlreadyIsNotSentTwice() {
        StreamClient other = rig.connected(BOB, ONLY_NEW);
        StreamClient client = rig.connect(ALICE, ONLY_NEW);
        rig.hub.doWork();
        rig.script.freeze(ALICE); // 1: in the state, announced after it
        rig.answerOne();
        rig.hub.doWork();
        rig.settle();

        assertEquals("s1", client.brief());
        assertEquals("s0", other.brief());
    }
}
