package io.scrip.client;

import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.ExtendHoldEncoder;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.HelloEncoder;
import io.scrip.protocol.Id128Encoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.PingEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;

/** The flyweights that write messages. One instance belongs to one client's thread. Every method returns the length. */
final class Encoders {
    static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;
    /** What a transfer takes without its texts. */
    static final int TRANSFER_BYTES = HEADER_BYTES
            + TransferEncoder.BLOCK_LENGTH
            + TransferEncoder.ConditionsEncoder.HEADER_SIZE
            + TransferEncoder.referenceHeaderLength()
            + TransferEncoder.metadataHeaderLength();
    /** What stands before the command of a batch's item. */
    static final int ITEM_HEAD_BYTES = 1 + BatchEncoder.ItemsEncoder.commandHeaderLength();
    /** What stands before a batch's items. */
    static final int BATCH_HEAD_BYTES =
            HEADER_BYTES + BatchEncoder.BLOCK_LENGTH + BatchEncoder.ItemsEncoder.HEADER_SIZE;

    /** Longest message that the server takes. */
    static final int MAX_MESSAGE_BYTES = 2 << 20;

    private static final byte LINKED = 1;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TransferEncoder transfer = new TransferEncoder();
    private final BatchEncoder batch = new BatchEncoder();
    private final byte[] none = {};

    /** How long {@link #transfer} will be. */
    static int transferBytes(TransferRequest request) {
        return TRANSFER_BYTES + textBytes(request.reference()) + textBytes(request.metadata());
    }

    private static int textBytes(String text) {
        return text.isEmpty() ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    int transfer(TransferRequest request, MutableDirectBuffer buffer, int at) {
        transfer.wrapAndApplyHeader(buffer, at, header);
        id(transfer.id(), request.id());
        nobody(transfer.caller());
        transfer.from(request.from())
                .to(request.to())
                .token(request.token())
                .amount(request.amount())
                .applyBefore(request.applyBeforeNs())
                .kind(TransferKind.PLAIN)
                .fromAccount(request.fromAccount())
                .toAccount(request.toAccount())
                .timeoutNs(request.timeoutNs());
        transfer.flags().clear().dryRun(request.dryRun()).upTo(request.upTo());
        transfer.conditionsCount(0);
        byte[] reference = bytes(request.reference());
        byte[] metadata = bytes(request.metadata());
        transfer.putReference(reference, 0, reference.length).putMetadata(metadata, 0, metadata.length);
        return HEADER_BYTES + transfer.encodedLength();
    }

    /** The head of a batch, after which each item has its head and its command. */
    int batchHead(int items, MutableDirectBuffer buffer, int at) {
        batch.wrapAndApplyHeader(buffer, at, header);
        batch.id().high(0).low(0);
        nobody(batch.caller());
        batch.itemsCount(items);
        return BATCH_HEAD_BYTES;
    }

    /** The head of an item whose command is there already. */
    static void itemHead(boolean linked, int commandBytes, MutableDirectBuffer buffer, int at) {
        buffer.putByte(at, linked ? LINKED : 0);
        buffer.putInt(at + 1, commandBytes, ByteOrder.LITTLE_ENDIAN);
    }

    int post(UUID id, UUID hold, long amount, boolean isFinal, MutableDirectBuffer buffer, int at) {
        PostHoldEncoder post = new PostHoldEncoder().wrapAndApplyHeader(buffer, at, header);
        id(post.id(), id);
        nobody(post.caller());
        id(post.holdId(), hold);
        post.amount(amount).flags().clear().finalCapture(isFinal);
        return HEADER_BYTES + post.encodedLength();
    }

    int voidHold(UUID id, UUID hold, MutableDirectBuffer buffer, int at) {
        VoidHoldEncoder message = new VoidHoldEncoder().wrapAndApplyHeader(buffer, at, header);
        id(message.id(), id);
        nobody(message.caller());
        id(message.holdId(), hold);
        return HEADER_BYTES + message.encodedLength();
    }

    int extend(UUID id, UUID hold, long timeoutNs, MutableDirectBuffer buffer, int at) {
        ExtendHoldEncoder message = new ExtendHoldEncoder().wrapAndApplyHeader(buffer, at, header);
        id(message.id(), id);
        nobody(message.caller());
        id(message.holdId(), hold);
        message.timeoutNs(timeoutNs);
        return HEADER_BYTES + message.encodedLength();
    }

    /** The gateway finds out the rest: it is zero. */
    int reverse(UUID id, UUID original, long amount, byte[] reason, MutableDirectBuffer buffer, int at) {
        buffer.setMemory(at, HEADER_BYTES + ReverseEncoder.BLOCK_LENGTH, (byte) 0);
        ReverseEncoder message = new ReverseEncoder().wrapAndApplyHeader(buffer, at, header);
        id(message.id(), id);
        id(message.originalId(), original);
        message.amount(amount);
        message.lotsCount(0);
        message.feeLotsCount(0);
        message.putReason(reason, 0, reason.length);
        return HEADER_BYTES + message.encodedLength();
    }

    int issue(UUID id, long to, long token, long amount, MutableDirectBuffer buffer, int at) {
        IssueEncoder message = new IssueEncoder().wrapAndApplyHeader(buffer, at, header);
        id(message.id(), id);
        nobody(message.caller());
        message.to(to).token(token).amount(amount);
        message.terms()
                .category(LotCategory.PLAIN)
                .priority((short) 0)
                .effectiveAt(0)
                .expiresAt(0)
                .convertibleFrom(0);
        message.putReference(none, 0, 0).putMetadata(none, 0, 0);
        return HEADER_BYTES + message.encodedLength();
    }

    int wallet(long wallet, MutableDirectBuffer buffer, int at) {
        GetWalletEncoder message = new GetWalletEncoder().wrapAndApplyHeader(buffer, at, header);
        message.id().high(0).low(0);
        nobody(message.caller());
        message.wallet(wallet);
        return HEADER_BYTES + message.encodedLength();
    }

    int outcome(UUID id, MutableDirectBuffer buffer, int at) {
        GetOutcomeEncoder message = new GetOutcomeEncoder().wrapAndApplyHeader(buffer, at, header);
        id(message.id(), id);
        nobody(message.caller());
        return HEADER_BYTES + message.encodedLength();
    }

    int hello(int protocol, String key, String client, MutableDirectBuffer buffer, int at) {
        HelloEncoder message = new HelloEncoder().wrapAndApplyHeader(buffer, at, header);
        byte[] keyBytes = bytes(key);
        byte[] clientBytes = bytes(client);
        message.protocol(protocol).putKey(keyBytes, 0, keyBytes.length).putClient(clientBytes, 0, clientBytes.length);
        return HEADER_BYTES + message.encodedLength();
    }

    int ping(long value, MutableDirectBuffer buffer, int at) {
        return HEADER_BYTES
                + new PingEncoder()
                        .wrapAndApplyHeader(buffer, at, header)
                        .value(value)
                        .encodedLength();
    }

    private byte[] bytes(String text) {
        return text.isEmpty() ? none : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void id(Id128Encoder encoder, UUID id) {
        encoder.high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
    }

    /** The server puts in whose key it is. */
    private static void nobody(CallerEncoder caller) {
        caller.role(Role.SYSTEM).wallet(0);
    }
}
