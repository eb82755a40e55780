package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamHubTest {
    private static final long ALICE = 2;
    private static final long BOB = 3;
    private static final long ONLY_NEW = Subscription.ONLY_NEW;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final StreamRig rig = new StreamRig();

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
    void aFullConsumerIsLeftAloneAndGoesOnWhereItStopped() {
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        rig.script.issue(ALICE, "CRD", 10); // 1
        rig.settle();
        client.setWritable(false);
        for (int i = 0; i < 20; i++) {
            rig.script.issue(ALICE, i % 2 == 0 ? "CRD" : "USD", 10);
            rig.settle();
        }
        assertEquals("s0 b1 t1", client.brief());
        assertFalse(client.subscription.isLive());

        client.setWritable(true);
        rig.script.issue(ALICE, "CRD", 10); // 22
        rig.settle();

        List<String> expected = new ArrayList<>();
        for (int i = 2; i <= 22; i++) {
            expected.add("b" + i + " t" + i);
        }
        assertEquals(String.join(" ", expected), client.brief());
        assertTrue(client.subscription.isLive());
    }

    @Test
    void aConsumerThatStaysFullPastAMegabyteIsCutAndMayResume() {
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        client.setWritable(false);
        rig.script.issue(ALICE, "CRD", 1);
        rig.settle();
        rig.pass(SECOND_NS);
        for (int i = 0; i < 1_024; i++) {
            rig.script.issue(ALICE, "CRD", 1);
        }
        rig.settle();
        assertEquals("s0", client.brief());
        assertEquals(0, client.closeCode);
        rig.script.issue(ALICE, "CRD", 1);
        rig.settle();
        client.take();
        assertEquals(1013, client.closeCode);
        assertEquals(0, rig.hub.subscriptionCount());

        StreamClient again = rig.connected(ALICE, 1);
        assertEquals(1 + 2 * 1_026, again.take().size());
    }

    @Test
    void aBurstOfSeveralMegabytesDoesNotCutAConsumerThatReads() {
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        rig.pass(SECOND_NS);
        for (int i = 0; i < 5_000; i++) {
            rig.script.issue(ALICE, "CRD", 1);
        }
        rig.settle();
        assertEquals(1 + 2 * 5_000, client.take().size());
        assertEquals(0, client.closeCode);
    }

    @Test
    void aConsumerThatStaysFullForTenSecondsIsCut() {
        StreamClient stuck = rig.connected(ALICE, ONLY_NEW);
        StreamClient slow = rig.connected(BOB, ONLY_NEW);
        stuck.setWritable(false);
        slow.setWritable(false);
        rig.pass(SECOND_NS);
        for (int second = 0; second < 9; second++) {
            slow.setWritable(true);
            slow.setWritable(false);
            rig.pass(SECOND_NS);
        }
        stuck.take();
        assertEquals(0, stuck.closeCode);
        rig.pass(SECOND_NS);
        stuck.take();
        slow.take();
        assertEquals(1013, stuck.closeCode);
        assertEquals(0, slow.closeCode);
        assertEquals(1, rig.hub.subscriptionCount());
    }

    @Test
    void silenceIsAskedAfterTwentySecondsAndEndedAfterSixty() {
        StreamClient silent = rig.connected(ALICE, ONLY_NEW);
        StreamClient talking = rig.connected(BOB, ONLY_NEW);
        for (int second = 1; second <= 61; second++) {
            if (second % 15 == 0) {
                talking.send("{\"type\":\"ping\"}");
            }
            rig.pass(SECOND_NS);
            if (second == 18) {
                silent.take();
                assertEquals(0, silent.pings);
            }
        }
        silent.take();
        talking.take();
        assertEquals(2, silent.pings);
        assertEquals(0, talking.pings);
        assertFalse(silent.channel.isOpen());
        assertTrue(talking.channel.isOpen());
        assertEquals(1, rig.hub.subscriptionCount());
    }

    @Test
    void aFullRingIsTriedAgainUntilThereIsRoomOrTimeIsUp() {
        rig.isRingFull = true;
        StreamClient first = rig.connect(ALICE, ONLY_NEW);
        StreamClient second = rig.connect(BOB, ONLY_NEW);
        StreamClient gone = rig.connect(BOB, ONLY_NEW);
        rig.settle();
        gone.disconnect();
        rig.settle();
        assertEquals("", first.brief());
        rig.isRingFull = false;
        rig.settle();
        assertEquals("s0", first.brief());
        assertEquals("s0", second.brief());

        rig.isRingFull = true;
        StreamClient third = rig.connect(ALICE, ONLY_NEW);
        for (int i = 0; i < 12; i++) {
            rig.pass(SECOND_NS);
        }
        third.take();
        assertEquals(1013, third.closeCode);
    }

    @Test
    void anUnknownWalletIsAnErrorAndTheEnd() {
        rig.unknownWallet = 77;
        StreamClient client = rig.connected(77, ONLY_NEW);

        assertEquals("{\"type\":\"error\",\"error\":\"No such wallet\",\"code\":\"unknown_wallet\"}", client.brief());
        assertEquals(1008, client.closeCode);
        assertEquals(0, rig.hub.subscriptionCount());
    }

    @Test
    void anEngineThatStopsEndsWithTryAgain() {
        rig.isStopping = true;
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        assertEquals("", client.brief());
        assertEquals(1013, client.closeCode);
    }

    @Test
    void aRevokedKeyEndsAllStreamsOfItsWalletAndNoOther() {
        StreamClient first = rig.connected(ALICE, ONLY_NEW);
        StreamClient second = rig.connected(ALICE, ONLY_NEW);
        StreamClient bob = rig.connected(BOB, ONLY_NEW);

        rig.hub.cutAll(ALICE, CloseReason.KEY_REVOKED);
        rig.script.transfer(ALICE, BOB, "CRD", 1);
        rig.settle();

        assertEquals("s0", first.brief());
        assertEquals(1008, first.closeCode);
        second.take();
        assertEquals(1008, second.closeCode);
        assertEquals("s0 b1 t1", bob.brief());
        assertEquals(1, rig.hub.subscriptionCount());
    }

    @Test
    void stoppingTellsEverybodyAndGivesTheReadersBack() {
        rig.script.issue(ALICE, "CRD", 1);
        StreamClient client = rig.connected(ALICE, 1);
        rig.hub.closeAll();
        client.take();
        assertEquals(1001, client.closeCode);
        assertEquals(0, rig.log.openReaders());
    }

    @Test
    void aWalletHasOnlySoManyStreams() {
        StreamClient last = null;
        for (int i = 0; i < 201; i++) {
            last = rig.connect(ALICE, ONLY_NEW);
        }
        rig.settle();
        last.take();
        assertEquals(1013, last.closeCode);
        assertEquals(200, rig.hub.subscriptionCount());
    }

    @Test
    void anEventLogThatCannotBeReadEndsTheStreamsAndNotTheHub() {
        StreamClient client = rig.connected(ALICE, ONLY_NEW);
        rig.script.issue(ALICE, "CRD", 1);
        rig.log.close();
        rig.settle();
        assertEquals("s0", client.brief());
        assertEquals(1011, client.closeCode);
        assertEquals(0, rig.hub.subscriptionCount());
        assertEquals("s1", rig.connected(ALICE, ONLY_NEW).brief());
    }
}
