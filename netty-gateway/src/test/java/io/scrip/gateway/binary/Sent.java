package io.scrip.gateway.binary;

import io.scrip.gateway.json.TokenCodes;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.ExtendHoldEncoder;
import io.scrip.protocol.GetControlsEncoder;
import io.scrip.protocol.GetLotsEncoder;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.GetSettingsEncoder;
import io.scrip.protocol.GetTrialBalanceEncoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages as a client would encode them; the caller's bytes hold nonsense, which nobody may believe. */
final class Sent {
    static final long CRD = TokenCodes.parse("CRD");

    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private Sent() {}

    private static UnsafeBuffer buffer() {
        return new UnsafeBuffer(new byte[4_096]);
    }

    static byte[] transfer(UUID id, long from, long to, long amount) {
        return transfer(id, from, to, amount, 0, "", "");
    }

    static byte[] transfer(
            UUID id, long from, long to, long amount, long timeoutNs, String reference, String metadata) {
        return transfer(id, from, to, amount, timeoutNs, false, null, reference, metadata);
    }

    static byte[] transfer(
            UUID id,
            long from,
            long to,
            long amount,
            long timeoutNs,
            boolean dryRun,
            Side condition,
            String reference,
            String metadata) {
        UnsafeBuffer buffer = buffer();
        TransferEncoder transfer = new TransferEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        transfer.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        transfer.caller().role(Role.SYSTEM).wallet(99);
        transfer.from(from).to(to).token(CRD).amount(amount).applyBefore(0);
        transfer.flags().clear().dryRun(dryRun);
        transfer.kind(TransferKind.PLAIN).fromAccount(0).toAccount(0).timeoutNs(timeoutNs);
        if (condition == null) {
            transfer.conditionsCount(0);
        } else {
            transfer.conditionsCount(1)
                    .next()
                    .side(condition)
                    .measure(Measure.AVAILABLE)
                    .comparison(Comparison.AT_LEAST)
                    .value(1);
        }
        putReference(transfer, reference, metadata);
        return BinaryClient.bytes(buffer, transfer.encodedLength());
    }

    private static void putReference(TransferEncoder transfer, String reference, String metadata) {
        byte[] first = reference.getBytes(StandardCharsets.UTF_8);
        byte[] second = metadata.getBytes(StandardCharsets.UTF_8);
        transfer.putReference(first, 0, first.length).putMetadata(second, 0, second.length);
    }

    /** A transfer on condition that something of the payer's account is at most a value. */
    static byte[] transferIf(UUID id, long from, long to, Measure measure, long atMost) {
        byte[] message = transfer(id, from, to, 1, 0, false, Side.FROM, "", "");
        UnsafeBuffer buffer = new UnsafeBuffer(message);
        TransferEncoder transfer = new TransferEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH);
        transfer.conditionsCount(1)
                .next()
                .side(Side.FROM)
                .measure(measure)
                .comparison(Comparison.AT_MOST)
                .value(atMost);
        return message;
    }

    static byte[] issue(UUID id, long to, long amount) {
        return issue(id, to, amount, LotCategory.PLAIN, 0, 0, 0, 0);
    }

    static byte[] issue(
            UUID id,
            long to,
            long amount,
            LotCategory category,
            int priority,
            long effectiveAt,
            long expiresAt,
            long convertibleFrom) {
        UnsafeBuffer buffer = buffer();
        IssueEncoder issue = new IssueEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        issue.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        issue.caller().role(Role.SYSTEM).wallet(99);
        issue.to(to).token(CRD).amount(amount);
        issue.terms()
                .category(category)
                .priority((short) priority)
                .effectiveAt(effectiveAt)
                .expiresAt(expiresAt)
                .convertibleFrom(convertibleFrom);
        issue.putReference(new byte[0], 0, 0).putMetadata(new byte[0], 0, 0);
        return BinaryClient.bytes(buffer, issue.encodedLength());
    }

    static byte[] multi(UUID id, long from, long... to) {
        UnsafeBuffer buffer = buffer();
        MultiTransferEncoder multi = new MultiTransferEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        multi.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        multi.caller().role(Role.OPERATOR).wallet(0);
        multi.applyBefore(0);
        MultiTransferEncoder.LegsEncoder legs = multi.legsCount(to.length);
        for (int i = 0; i < to.length; i++) {
            legs.next()
                    .from(from)
                    .to(to[i])
                    .token(CRD)
                    .amount(100 + i)
                    .fromAccount(0)
                    .toAccount(0);
        }
        multi.putReference(new byte[0], 0, 0).putMetadata(new byte[0], 0, 0);
        return BinaryClient.bytes(buffer, multi.encodedLength());
    }

    static byte[] post(UUID id, UUID hold, long amount) {
        UnsafeBuffer buffer = buffer();
        PostHoldEncoder post = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        post.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        post.caller().role(Role.SYSTEM).wallet(1);
        post.holdId().high(hold.getMostSignificantBits()).low(hold.getLeastSignificantBits());
        post.amount(amount).flags().clear();
        return BinaryClient.bytes(buffer, post.encodedLength());
    }

    static byte[] voidHold(UUID id, UUID hold) {
        UnsafeBuffer buffer = buffer();
        VoidHoldEncoder message = new VoidHoldEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        message.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        message.caller().role(Role.SYSTEM).wallet(1);
        message.holdId().high(hold.getMostSignificantBits()).low(hold.getLeastSignificantBits());
        return BinaryClient.bytes(buffer, message.encodedLength());
    }

    static byte[] extend(UUID id, UUID hold, long timeoutNs) {
        UnsafeBuffer buffer = buffer();
        ExtendHoldEncoder message = new ExtendHoldEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        message.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        message.caller().role(Role.SYSTEM).wallet(1);
        message.holdId().high(hold.getMostSignificantBits()).low(hold.getLeastSignificantBits());
        message.timeoutNs(timeoutNs);
        return BinaryClient.bytes(buffer, message.encodedLength());
    }

    static byte[] reverse(UUID id, UUID original, long amount, String reason) {
        UnsafeBuffer buffer = buffer();
        ReverseEncoder message = new ReverseEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        message.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        message.caller().role(Role.SYSTEM).wallet(1);
        message.amount(amount)
                .originalId()
                .high(original.getMostSignificantBits())
                .low(original.getLeastSignificantBits());
        message.lotsCount(0);
        message.feeLotsCount(0);
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        message.putReason(text, 0, text.length);
        return BinaryClient.bytes(buffer, message.encodedLength());
    }

    static byte[] batch(byte[]... commands) {
        int bytes = 128;
        for (byte[] command : commands) {
            bytes += 5 + command.length;
        }
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes]);
        BatchEncoder batch = new BatchEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        batch.id().high(0).low(0);
        batch.caller().role(Role.SYSTEM).wallet(5);
        BatchEncoder.ItemsEncoder items = batch.itemsCount(commands.length);
        for (byte[] command : commands) {
            items.next().flags().clear();
            items.putCommand(command, 0, command.length);
        }
        return BinaryClient.bytes(buffer, batch.encodedLength());
    }

    static byte[] wallet(long wallet) {
        UnsafeBuffer buffer = buffer();
        GetWalletEncoder get = new GetWalletEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        get.caller().role(Role.AUDITOR).wallet(0);
        get.wallet(wallet);
        return BinaryClient.bytes(buffer, get.encodedLength());
    }

    static byte[] outcome(UUID id) {
        UnsafeBuffer buffer = buffer();
        GetOutcomeEncoder get = new GetOutcomeEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        get.id().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        get.caller().role(Role.AUDITOR).wallet(0);
        return BinaryClient.bytes(buffer, get.encodedLength());
    }

    static byte[] trialBalance() {
        UnsafeBuffer buffer = buffer();
        GetTrialBalanceEncoder get = new GetTrialBalanceEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        get.caller().role(Role.AUDITOR).wallet(0);
        return BinaryClient.bytes(buffer, get.encodedLength());
    }

    static byte[] settings() {
        UnsafeBuffer buffer = buffer();
        GetSettingsEncoder get = new GetSettingsEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        get.caller().role(Role.AUDITOR).wallet(0);
        return BinaryClient.bytes(buffer, get.encodedLength());
    }

    static byte[] lots(long wallet) {
        UnsafeBuffer buffer = buffer();
        GetLotsEncoder get = new GetLotsEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        get.caller().role(Role.AUDITOR).wallet(0);
        get.wallet(wallet).token(CRD).account(0);
        return BinaryClient.bytes(buffer, get.encodedLength());
    }

    static byte[] controls(long wallet) {
        UnsafeBuffer buffer = buffer();
        GetControlsEncoder get = new GetControlsEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        get.caller().role(Role.AUDITOR).wallet(0);
        get.wallet(wallet);
        return BinaryClient.bytes(buffer, get.encodedLength());
    }
}
