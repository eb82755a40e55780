package io.scrip.gateway.feed;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.Id128Decoder;
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
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import io.scrip.protocol.TickDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** What an event tells about its command. Holds flyweights: one thread at a time. */
final class CommandJson {
    private static final int CALLER = MessageHeaderDecoder.ENCODED_LENGTH + Id128Decoder.ENCODED_LENGTH;

    private final TokenScales scales;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CallerDecoder caller = new CallerDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final IssueDecoder issue = new IssueDecoder();
    private final MultiTransferDecoder multi = new MultiTransferDecoder();
    private final OpenWalletDecoder openWallet = new OpenWalletDecoder();

    private String name;
    private Role role;
    private long callerWallet;

    CommandJson(TokenScales scales) {
        this.scales = scales;
    }

    /** Forgets the command: what follows happened by itself. */
    void clear() {
        name = null;
        role = Role.NULL_VAL;
        callerWallet = 0;
    }

    /** Learns the command that the events from here on are of. */
    void learn(DirectBuffer buffer, int offset) {
        header.wrap(buffer, offset);
        name = nameOf(header.templateId());
        caller.wrap(buffer, offset + CALLER);
        role = caller.role();
        callerWallet = caller.wallet();
    }

    /** Writes {@code command} and {@code caller}. */
    void writeOrigin(JsonOut json) {
        json.name("command").string(name).name("caller");
        if (name == null) {
            json.nullValue();
            return;
        }
        json.beginObject().name("role").string(role.name().toLowerCase(Locale.ROOT));
        json.name("wallet_id").wallet(callerWallet).endObject();
    }

    /** Writes {@code reference} and {@code metadata} of a command that has them, and otherwise null. */
    void writeTexts(JsonOut json, DirectBuffer buffer, int offset) {
        String reference = "";
        String metadata = "";
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case TransferDecoder.TEMPLATE_ID -> {
                transfer.wrapAndApplyHeader(buffer, offset, header);
                for (TransferDecoder.ConditionsDecoder condition : transfer.conditions()) {
                    condition.value();
                }
                reference = transfer.reference();
                metadata = transfer.metadata();
            }
            case MultiTransferDecoder.TEMPLATE_ID -> {
                multi.wrapAndApplyHeader(buffer, offset, header);
                for (MultiTransferDecoder.LegsDecoder leg : multi.legs()) {
                    leg.amount();
                }
                reference = multi.reference();
                metadata = multi.metadata();
            }
            case IssueDecoder.TEMPLATE_ID -> {
                issue.wrapAndApplyHeader(buffer, offset, header);
                reference = issue.reference();
                metadata = issue.metadata();
            }
            default -> {
                // The others have neither.
            }
        }
        json.name("reference").string(reference.isEmpty() ? null : reference).name("metadata");
        if (metadata.isEmpty()) {
            json.nullValue();
        } else {
            json.raw(metadata);
        }
    }

    /** Writes what was asked for by the commonest commands: who, to whom, how much; nothing for the others. */
    void writeRequest(JsonOut json, DirectBuffer buffer, int offset) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case TransferDecoder.TEMPLATE_ID -> {
                transfer.wrapAndApplyHeader(buffer, offset, header);
                json.name("from").wallet(transfer.from()).name("to").wallet(transfer.to());
                writeAmount(json, transfer.token(), transfer.amount());
            }
            case IssueDecoder.TEMPLATE_ID -> {
                issue.wrapAndApplyHeader(buffer, offset, header);
                json.name("to").wallet(issue.to());
                writeAmount(json, issue.token(), issue.amount());
            }
            case OpenWalletDecoder.TEMPLATE_ID -> {
                openWallet.wrapAndApplyHeader(buffer, offset, header);
                json.name("owner").string(openWallet.owner());
            }
            default -> {
                // `commands=true` gives the whole command of any kind.
            }
        }
    }

    private void writeAmount(JsonOut json, long token, long amount) {
        int scale = scales.scaleOf(token);
        json.name("token").token(token).name("amount");
        if (scale == TokenScales.UNKNOWN) {
            json.nullValue();
        } else {
            json.amount(amount, scale);
        }
    }

    /** What the API calls a command, whatever becomes of it. */
    static String nameOf(int templateId) {
        return switch (templateId) {
            case TickDecoder.TEMPLATE_ID -> "tick";
            case RegisterOperatorKeyDecoder.TEMPLATE_ID -> "register_operator_key";
            case RegisterTokenDecoder.TEMPLATE_ID -> "register_token";
            case OpenWalletDecoder.TEMPLATE_ID -> "open_wallet";
            case ChangeStatusDecoder.TEMPLATE_ID -> "change_status";
            case SetBoundsDecoder.TEMPLATE_ID -> "set_bounds";
            case SetFeeDecoder.TEMPLATE_ID -> "set_fee";
            case IssueDecoder.TEMPLATE_ID -> "issue";
            case TransferDecoder.TEMPLATE_ID -> "transfer";
            case MultiTransferDecoder.TEMPLATE_ID -> "multi_transfer";
            case PostHoldDecoder.TEMPLATE_ID -> "post_hold";
            case VoidHoldDecoder.TEMPLATE_ID -> "void_hold";
            case ExtendHoldDecoder.TEMPLATE_ID -> "extend_hold";
            case ReverseDecoder.TEMPLATE_ID -> "reverse";
            case BatchDecoder.TEMPLATE_ID -> "batch";
            case SetParentDecoder.TEMPLATE_ID -> "set_parent";
            case SetLimitDecoder.TEMPLATE_ID -> "set_limit";
            case SetBudgetDecoder.TEMPLATE_ID -> "set_budget";
            case AllowCounterpartyDecoder.TEMPLATE_ID -> "allow_counterparty";
            case RemoveCounterpartyDecoder.TEMPLATE_ID -> "remove_counterparty";
            case KillSwitchDecoder.TEMPLATE_ID -> "kill_switch";
            default -> "command_" + templateId;
        };
    }
}
