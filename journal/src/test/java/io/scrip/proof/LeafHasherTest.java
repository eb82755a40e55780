package io.scrip.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.DecisionEventEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class LeafHasherTest {
    private static final int OFFSET = 24;

    private final Random random = new Random(20261121);
    private final byte[] secret = new byte[32];
    private final ExpandableArrayBuffer event = new ExpandableArrayBuffer(16 << 10);
    private final ExpandableArrayBuffer command = new ExpandableArrayBuffer(16 << 10);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append((char) (random.nextInt(20) == 0 ? 'ß' : 'a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** Any command, into the buffer; its length. */
    private int makeCommand() {
        int body = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> {
                TransferEncoder transfer = new TransferEncoder().wrapAndApplyHeader(command, 0, header);
                int count = random.nextInt(3);
                TransferEncoder.ConditionsEncoder conditions = transfer.conditionsCount(count);
                for (int i = 0; i < count; i++) {
                    conditions
                            .next()
                            .side(Side.TO)
                            .measure(Measure.POSTED)
                            .comparison(Comparison.AT_MOST)
                            .value(random.nextLong());
                }
                yield transfer.reference(text(60)).metadata(text(2000)).encodedLength();
            }
            case 2 -> {
                MultiTransferEncoder multi = new MultiTransferEncoder().wrapAndApplyHeader(command, 0, header);
                int count = 1 + random.nextInt(3);
                MultiTransferEncoder.LegsEncoder legs = multi.legsCount(count);
                for (int i = 0; i < count; i++) {
                    legs.next().amount(random.nextLong());
                }
                yield multi.reference(text(9)).metadata(text(9)).encodedLength();
            }
            case 3 ->
                new IssueEncoder()
                        .wrapAndApplyHeader(command, 0, header)
                        .reference(text(60))
                        .metadata(text(30))
                        .encodedLength();
            default ->
                new OpenWalletEncoder()
                        .wrapAndApplyHeader(command, 0, header)
                        .owner("agent:" + text(9))
                        .encodedLength();
        };
        return body == 0 ? 0 : MessageHeaderEncoder.ENCODED_LENGTH + body;
    }

    private void put(BalancesEncoder balances) {
        balances.debitsPosted(random.nextLong())
                .creditsPosted(random.nextLong())
                .debitsPending(random.nextLong())
                .creditsPending(random.nextLong())
                .floor(random.nextLong())
                .ceiling(random.nextLong())
                .version(random.nextLong())
                .staked(random.nextLong())
                .withheld(random.nextLong());
    }

    private void makeLeg(long eventSequence) {
        LegEventEncoder leg = new LegEventEncoder().wrapAndApplyHeader(event, OFFSET, header);
        leg.eventSequence(eventSequence).sequence(random.nextLong()).timestamp(random.nextLong());
        leg.id().high(random.nextLong()).low(random.nextLong());
        leg.outcome(Outcome.APPLIED).kind(LegKind.values()[random.nextInt(10)]);
        leg.legIndex((short) random.nextInt(16)).legCount((short) random.nextInt(255));
        leg.scale((short) random.nextInt(19)).token(random.nextLong()).amount(random.nextLong());
        leg.from(random.nextLong()).to(random.nextLong()).fee(random.nextLong());
        leg.feePayer(random.nextBoolean() ? FeePayer.SENDER : FeePayer.RECEIVER);
        leg.fromAccount(random.nextInt(65_535)).toAccount(random.nextInt(65_535));
        leg.expiresAt(random.nextLong());
        leg.holdId().high(random.nextLong()).low(random.nextLong());
        put(leg.fromBalances());
        put(leg.toBalances());
        int count = random.nextInt(3);
        LegEventEncoder.LotsEncoder lots = leg.lotsCount(count);
        for (int i = 0; i < count; i++) {
            lots.next().amount(5).terms().category(LotCategory.PAID);
        }
        leg.putCommand(command, 0, makeCommand());
    }

    private void makeDecision(long eventSequence) {
        DecisionEventEncoder decision = new DecisionEventEncoder().wrapAndApplyHeader(event, OFFSET, header);
        decision.eventSequence(eventSequence).sequence(random.nextLong()).timestamp(random.nextLong());
        decision.id().high(random.nextLong()).low(random.nextLong());
        decision.outcome(Outcome.INSUFFICIENT_FUNDS).wallet(random.nextLong());
        decision.needed(random.nextLong()).available(random.nextLong()).limitValue(random.nextLong());
        decision.putCommand(command, 0, makeCommand());
    }

    @Test
    void anIntervalHasTheRootThatReceiptsAreMadeFrom() {
        random.nextBytes(secret);
        LeafReader reader = new LeafReader(new Salts(secret));
        LeafHasher hasher = new LeafHasher(secret);
        for (int leaves = 1; leaves <= 67; leaves++) {
            List<byte[]> expected = new ArrayList<>();
            hasher.clear();
            for (int i = 0; i < leaves; i++) {
                if (random.nextInt(3) == 0) {
                    makeDecision(random.nextLong());
                } else {
                    makeLeg(random.nextLong());
                }
                expected.add(reader.read(event, OFFSET).hash());
                hasher.add(event, OFFSET);
            }
            assertEquals(leaves, hasher.count());
            assertArrayEquals(MerkleTree.root(expected, 0, leaves), hasher.root(), leaves + " leaves");
        }
    }

    @Test
    void anIntervalWithoutLeavesHasNoRoot() {
        assertThrows(IllegalStateException.class, new LeafHasher(secret)::root);
        assertThrows(IllegalArgumentException.class, () -> new LeafHasher(Arrays.copyOf(secret, 65)));
    }

    @Test
    void aLeafAllocatesNothing() {
        LeafHasher hasher = new LeafHasher(secret);
        makeLeg(7);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        hashInterval(hasher);
        long before = threads.getThreadAllocatedBytes(thread);
        hashInterval(hasher);
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(bytes < Notary.MAX_EVENTS * 16, bytes + " bytes for " + Notary.MAX_EVENTS + " leaves");
    }

    private void hashInterval(LeafHasher hasher) {
        hasher.clear();
        for (int i = 0; i < Notary.MAX_EVENTS; i++) {
            hasher.add(event, OFFSET);
        }
        assertEquals(Sha256.BYTES, hasher.root().length);
    }
}
