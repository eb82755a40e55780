package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of clients that do not keep up, do not speak, or may not stay; and of a server that cannot. */
class StreamLimitsTest {
    private static final long ALICE = 2;
    private static final long BOB = 3;
    private static final long ONLY_NEW = Subscription.ONLY_NEW;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final StreamRig rig = new StreamRig();

    @AfterEach
    void close() {
        rig.close();
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
        rig.forManyMessages();
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
        rig.forManyMessages();
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
