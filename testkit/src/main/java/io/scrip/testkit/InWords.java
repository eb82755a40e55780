package io.scrip.testkit;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import io.scrip.protocol.TickDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** Writes commands for people, as what failed is told. */
public final class InWords {
    private InWords() {}

    /** The whole of a buffer; bytes that are no command as they are. */
    public static String of(DirectBuffer message) {
        try {
            return of(message, 0);
        } catch (RuntimeException unreadable) {
            byte[] bytes = new byte[message.capacity()];
            message.getBytes(0, bytes);
            return "unreadable: " + HexFormat.of().formatHex(bytes);
        }
    }

    private static String of(DirectBuffer message, int offset) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, offset);
        return switch (header.templateId()) {
            case BatchDecoder.TEMPLATE_ID -> batch(new BatchDecoder().wrapAndApplyHeader(message, offset, header));
            case ExtendHoldDecoder.TEMPLATE_ID ->
                new ExtendHoldDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case IssueDecoder.TEMPLATE_ID ->
                new IssueDecoder().wrapAndApplyHeader(message, offset, header).toString();
            case MultiTransferDecoder.TEMPLATE_ID ->
                new MultiTransferDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case PostHoldDecoder.TEMPLATE_ID ->
                new PostHoldDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case ReverseDecoder.TEMPLATE_ID ->
                new ReverseDecoder().wrapAndApplyHeader(message, offset, header).toString();
            case TickDecoder.TEMPLATE_ID ->
                new TickDecoder().wrapAndApplyHeader(message, offset, header).toString();
            case TransferDecoder.TEMPLATE_ID ->
                new TransferDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case VoidHoldDecoder.TEMPLATE_ID ->
                new VoidHoldDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            default -> setting(message, offset, header);
        };
    }

    private static String setting(DirectBuffer message, int offset, MessageHeaderDecoder header) {
        return switch (header.templateId()) {
            case AllowCounterpartyDecoder.TEMPLATE_ID ->
                new AllowCounterpartyDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case ChangeStatusDecoder.TEMPLATE_ID ->
                new ChangeStatusDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case KillSwitchDecoder.TEMPLATE_ID ->
                new KillSwitchDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case OpenWalletDecoder.TEMPLATE_ID ->
                new OpenWalletDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case RegisterOperatorKeyDecoder.TEMPLATE_ID ->
                new RegisterOperatorKeyDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case RegisterTokenDecoder.TEMPLATE_ID ->
                new RegisterTokenDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case RemoveCounterpartyDecoder.TEMPLATE_ID ->
                new RemoveCounterpartyDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case SetBoundsDecoder.TEMPLATE_ID ->
                new SetBoundsDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case SetBudgetDecoder.TEMPLATE_ID ->
                new SetBudgetDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case SetFeeDecoder.TEMPLATE_ID ->
                new SetFeeDecoder().wrapAndApplyHeader(message, offset, header).toString();
            case SetLimitDecoder.TEMPLATE_ID ->
                new SetLimitDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            case SetParentDecoder.TEMPLATE_ID ->
                new SetParentDecoder()
                        .wrapAndApplyHeader(message, offset, header)
                        .toString();
            default -> "template " + header.templateId();
        };
    }

    private static String batch(BatchDecoder batch) {
        StringBuilder words = new StringBuilder("batch of");
        for (BatchDecoder.ItemsDecoder item : batch.items()) {
            words.append("\n  ").append(item.flags().linked() ? "linked " : "");
            words.append(of(batch.buffer(), batch.limit() + BatchDecoder.ItemsDecoder.commandHeaderLength()));
            item.skipCommand();
        }
        return words.toString();
    }
}
