package io.scrip.proof;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The hashes of the leaves of an interval, and the root over them: the same bytes as {@link LeafReader} and
 * {@link MerkleTree} make with an object for every step, from one digest and a few arrays. For the thread that signs
 * every event; allocates nothing once it has seen the longest texts. Not thread safe.
 */
final class LeafHasher {
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5C;
    /** Where the commitments begin in a leaf: its type, 5 longs, 7 bytes, 10 longs. */
    private static final int FIRST = 1 + 5 * Long.BYTES + 7 + 10 * Long.BYTES;

    private static final int LEAF_BYTES = FIRST + 3 * Sha256.BYTES;

    private final MessageDigest sha256;
    /** HMAC's first block, then the event sequence and the commitment's number. */
    private final byte[] inner = new byte[BLOCK_BYTES + Long.BYTES + 1];
    /** HMAC's first block of the second round, then the first round's hash. */
    private final byte[] outer = new byte[BLOCK_BYTES + Sha256.BYTES];

    private final UnsafeBuffer innerBuffer = new UnsafeBuffer(inner);
    private final byte[] leaf = new byte[LEAF_BYTES];
    private final Fields leafFields = new Fields(leaf);
    private final byte[] node = new byte[1 + 2 * Sha256.BYTES];
    /** A salt and what it is for. */
    private final Fields salted = new Fields(new byte[4096]);

    private final byte[] hashes = new byte[Notary.MAX_EVENTS * Sha256.BYTES];
    private int count;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LegEventDecoder leg = new LegEventDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final MultiTransferDecoder multiTransfer = new MultiTransferDecoder();
    private final IssueDecoder issue = new IssueDecoder();

    LeafHasher(byte[] saltSecret) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
        if (saltSecret.length > BLOCK_BYTES) {
            throw new IllegalArgumentException("a secret of " + saltSecret.length + " bytes");
        }
        for (int i = 0; i < BLOCK_BYTES; i++) {
            byte keyByte = i < saltSecret.length ? saltSecret[i] : 0;
            inner[i] = (byte) (keyByte ^ INNER_PAD);
            outer[i] = (byte) (keyByte ^ OUTER_PAD);
        }
        node[0] = MerkleTree.NODE;
    }

    /** Begins an interval. */
    void clear() {
        count = 0;
    }

    /** Leaves since then. */
    int count() {
        return count;
    }

    /** The next leaf of the interval. */
    void add(DirectBuffer event, int offset) {
        header.wrap(event, offset);
        leafFields.clear();
        leafFields.u8(MerkleTree.LEAF);
        if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
            putLeg(event, offset);
        } else {
            putDecision(event, offset);
        }
        digest(leaf, LEAF_BYTES, hashes, count * Sha256.BYTES);
        count++;
    }

    /** The root over the leaves; they are gone then. An odd node of a level is part of the next as it is. */
    byte[] root() {
        if (count < 1) {
            throw new IllegalStateException("a tree has at least one leaf");
        }
        int left = count;
        while (left > 1) {
            for (int i = 0; i + 1 < left; i += 2) {
                System.arraycopy(hashes, i * Sha256.BYTES, node, 1, 2 * Sha256.BYTES);
                digest(node, node.length, hashes, i / 2 * Sha256.BYTES);
            }
            if (left % 2 == 1) {
                System.arraycopy(hashes, (left - 1) * Sha256.BYTES, hashes, left / 2 * Sha256.BYTES, Sha256.BYTES);
            }
            left = (left + 1) / 2;
        }
        count = 0;
        return Arrays.copyOf(hashes, Sha256.BYTES);
    }

    private void putLeg(DirectBuffer event, int offset) {
        leg.wrapAndApplyHeader(event, offset, header);
        long eventSequence = leg.eventSequence();
        leafFields.i64(eventSequence).i64(leg.sequence()).i64(leg.timestamp());
        leafFields.i64(leg.id().high()).i64(leg.id().low());
        leafFields
                .u8(1)
                .u8(leg.outcomeRaw())
                .u8(leg.kindRaw())
                .u8(leg.legIndex())
                .u8(leg.legCount());
        leafFields.u8(leg.scale()).u8(leg.feePayerRaw());
        leafFields
                .i64(leg.token())
                .i64(leg.amount())
                .i64(leg.fee())
                .i64(leg.from())
                .i64(leg.to());
        leafFields.i64(leg.fromAccount()).i64(leg.toAccount()).i64(leg.expiresAt());
        leafFields.i64(leg.holdId().high()).i64(leg.holdId().low());
        salt(eventSequence, LeafReader.FROM);
        putTotals(leg.fromBalances());
        commit(0);
        salt(eventSequence, LeafReader.TO);
        putTotals(leg.toBalances());
        commit(1);
        salt(eventSequence, LeafReader.TEXTS);
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            lot.amount();
        }
        putTexts(event, leg.limit() + LegEventDecoder.commandHeaderLength(), leg.commandLength());
        commit(2);
    }

    private void putDecision(DirectBuffer event, int offset) {
        decision.wrapAndApplyHeader(event, offset, header);
        long eventSequence = decision.eventSequence();
        leafFields.i64(eventSequence).i64(decision.sequence()).i64(decision.timestamp());
        leafFields.i64(decision.id().high()).i64(decision.id().low());
        leafFields.u8(0).u8(decision.outcomeRaw()).u8(0).u8(0).u8(1).u8(0).u8(0);
        leafFields.i64(0).i64(0).i64(0).i64(0).i64(decision.wallet());
        leafFields.i64(0).i64(0).i64(0).i64(0).i64(0);
        salt(eventSequence, LeafReader.NUMBERS);
        salted.i64(decision.needed()).i64(decision.available()).i64(decision.limitValue());
        commit(0);
        salt(eventSequence, LeafReader.TEXTS);
        putTexts(event, decision.limit() + DecisionEventDecoder.commandHeaderLength(), decision.commandLength());
        commit(1);
        Arrays.fill(leaf, FIRST + 2 * Sha256.BYTES, LEAF_BYTES, (byte) 0);
    }

    private void putTotals(BalancesDecoder balances) {
        salted.i64(balances.debitsPosted()).i64(balances.creditsPosted());
        salted.i64(balances.debitsPending()).i64(balances.creditsPending());
        salted.i64(balances.floor()).i64(balances.ceiling()).i64(balances.version());
        salted.i64(balances.staked()).i64(balances.withheld());
    }

    /** Reference and metadata of the command, empty where it has none. */
    private void putTexts(DirectBuffer event, int commandAt, int commandBytes) {
        int textsAt = commandBytes == 0 ? 0 : textsOf(event, commandAt);
        if (textsAt == 0) {
            salted.i64(0).i64(0);
            return;
        }
        int metadataAt = putText(event, textsAt);
        putText(event, metadataAt);
    }

    /** Where the two texts of a command begin, 0 when it has none that a receipt would show. */
    private int textsOf(DirectBuffer event, int commandAt) {
        header.wrap(event, commandAt);
        return switch (header.templateId()) {
            case TransferDecoder.TEMPLATE_ID -> {
                transfer.wrapAndApplyHeader(event, commandAt, header);
                for (TransferDecoder.ConditionsDecoder condition : transfer.conditions()) {
                    condition.value();
                }
                yield transfer.limit();
            }
            case MultiTransferDecoder.TEMPLATE_ID -> {
                multiTransfer.wrapAndApplyHeader(event, commandAt, header);
                for (MultiTransferDecoder.LegsDecoder one : multiTransfer.legs()) {
                    one.amount();
                }
                yield multiTransfer.limit();
            }
            case IssueDecoder.TEMPLATE_ID ->
                issue.wrapAndApplyHeader(event, commandAt, header).limit();
            default -> 0;
        };
    }

    /** Where the next text begins. */
    private int putText(DirectBuffer event, int at) {
        int lengthBytes = event.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        salted.i64(lengthBytes).bytes(event, at + Short.BYTES, lengthBytes);
        return at + Short.BYTES + lengthBytes;
    }

    /** Begins a commitment with its salt: HMAC-SHA-256, as {@link Salts} has it. */
    private void salt(long eventSequence, int commitment) {
        innerBuffer.putLong(BLOCK_BYTES, eventSequence, ByteOrder.BIG_ENDIAN);
        inner[BLOCK_BYTES + Long.BYTES] = (byte) commitment;
        digest(inner, inner.length, outer, BLOCK_BYTES);
        digest(outer, outer.length, salted.bytes, 0);
        salted.length = Sha256.BYTES;
    }

    /** What has been salted is the leaf's commitment with this index. */
    private void commit(int index) {
        digest(salted.bytes, salted.length, leaf, FIRST + index * Sha256.BYTES);
    }

    private void digest(byte[] bytes, int length, byte[] target, int at) {
        try {
            sha256.update(bytes, 0, length);
            sha256.digest(target, at, Sha256.BYTES);
        } catch (DigestException wrongLength) {
            throw new IllegalStateException("SHA-256 does not fit its own length", wrongLength);
        }
    }

    /** Fields one after the other, big-endian. */
    private static final class Fields {
        private byte[] bytes;
        private final UnsafeBuffer buffer;
        private int length;

        Fields(byte[] bytes) {
            this.bytes = bytes;
            buffer = new UnsafeBuffer(bytes);
        }

        void clear() {
            length = 0;
        }

        Fields u8(int value) {
            bytes[length++] = (byte) value;
            return this;
        }

        Fields i64(long value) {
            buffer.putLong(length, value, ByteOrder.BIG_ENDIAN);
            length += Long.BYTES;
            return this;
        }

        void bytes(DirectBuffer source, int offset, int lengthBytes) {
            // And the length of the next text.
            int needed = length + lengthBytes + Long.BYTES;
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * needed);
                buffer.wrap(bytes);
            }
            source.getBytes(offset, bytes, length, lengthBytes);
            length += lengthBytes;
        }
    }
}
