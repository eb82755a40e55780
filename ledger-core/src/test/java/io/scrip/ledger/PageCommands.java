package io.scrip.ledger;

import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.ExtendHoldEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsEncoder;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TickEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns the rows of a page into commands. */
final class PageCommands {
    /** What a later reversal must say of a movement; the gateway would read it from the event log. */
    record Original(String from, String to, String token, long amount, long fee, FeePayer payer, String revenue) {}

    private final PageNames names;
    private final PageLots lots;
    private final PageTransfers transfers;
    private final PageControls controls;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Map<String, Original> originals = new HashMap<>();
    private final Map<String, String> revenueByKind = new HashMap<>();
    private final Map<String, PageRow> holds = new HashMap<>();

    PageCommands(PageNames names, PageLots lots) {
        this.names = names;
        this.lots = lots;
        transfers = new PageTransfers(names);
        controls = new PageControls(names);
    }

    DirectBuffer encode(PageRow row, long nowNs) {
        return switch (row.verb()) {
            case "transfer", "hold" -> transfers.transfer(row, nowNs);
            case "multi" -> transfers.multi(row, nowNs);
            case "batch" -> transfers.batch(row, item -> encode(item, nowNs));
            case "post" -> post(row, nowNs);
            case "void" -> voidHold(row, nowNs);
            case "extend" -> extend(row, nowNs);
            case "reverse" -> reverse(row, nowNs);
            case "issue" -> issue(row, nowNs);
            case "open" -> open(row, nowNs);
            case "token" -> token(row, nowNs);
            case "key" -> key(row, nowNs);
            case "freeze", "unfreeze", "close" -> status(row, nowNs);
            case "bounds" -> bounds(row, nowNs);
            case "fee" -> fee(row, nowNs);
            case "parent", "limit", "budget", "allow", "disallow", "kill", "revive" -> controls.encode(row, nowNs);
            case "tick" -> tick();
            default -> throw new IllegalArgumentException("'" + row.verb() + "' is no command");
        };
    }

    /** Keeps what later rows refer to by this row's id. */
    void applied(PageRow row, PageReply reply) {
        if (row.verb().equals("hold")) {
            holds.put(row.cell("id"), row);
        } else if (row.verb().equals("fee")) {
            revenueByKind.put(row.cell("kind"), row.cell("revenue"));
        }
        PageRow moved = row.verb().equals("post") ? holds.get(row.cell("hold")) : row;
        if (moved != null && moved.has("to") && reply.numbers().containsKey("fee")) {
            originals.put(
                    row.cell("id"),
                    new Original(
                            moved.or("from", "platform/issuance"),
                            moved.cell("to"),
                            moved.or("token", "CRD"),
                            reply.numbers().get("amount"),
                            reply.numbers().get("fee"),
                            reply.feePayer(),
                            revenueByKind.getOrDefault(moved.or("kind", "PLAIN"), "nobody")));
        }
    }

    /** The bytes written so far, cut short by one if the row says so. */
    static DirectBuffer message(ExpandableArrayBuffer buffer, int bodyBytes, PageRow row) {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes - (row.has("cut") ? 1 : 0)];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    private DirectBuffer post(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        PostHoldEncoder encoder = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.needed("by"));
        names.writeId(encoder.holdId(), row.needed("hold"), nowNs);
        encoder.amount(PageNumbers.amount(row.or("amount", "0")));
        encoder.flags().clear().finalCapture(row.has("final"));
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer voidHold(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        VoidHoldEncoder encoder = new VoidHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.needed("by"));
        names.writeId(encoder.holdId(), row.needed("hold"), nowNs);
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer extend(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ExtendHoldEncoder encoder = new ExtendHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.needed("by"));
        names.writeId(encoder.holdId(), row.needed("hold"), nowNs);
        encoder.timeoutNs(PageNumbers.ns(row.needed("timeout")));
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer reverse(PageRow row, long nowNs) {
        Original known = originals.get(row.needed("of"));
        Original of =
                known != null ? known : new Original("nobody", "nobody", "CRD", 1, 0, FeePayer.RECEIVER, "nobody");
        String from = row.or("from", of.from());
        String to = row.or("to", of.to());
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ReverseEncoder encoder = new ReverseEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.needed("by"));
        names.writeId(encoder.originalId(), row.cell("of"), nowNs);
        encoder.amount(PageNumbers.amount(row.or("amount", "0")))
                .originalAmount(PageNumbers.amount(row.or("original_amount", Long.toString(of.amount()))))
                .originalFee(PageNumbers.amount(row.or("original_fee", Long.toString(of.fee()))))
                .originalFeePayer(row.has("payer") ? FeePayer.valueOf(row.cell("payer")) : of.payer())
                .from(names.wallet(from))
                .to(names.wallet(to))
                .token(Commands.token(row.or("token", of.token())))
                .fromAccount(PageNames.account(from))
                .toAccount(PageNames.account(to))
                .revenueWallet(names.wallet(row.or("revenue", of.revenue())));
        lots.writeOriginal(encoder, names.id(row.cell("of"), nowNs));
        encoder.reason("");
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer issue(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        IssueEncoder encoder = new IssueEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.to(names.wallet(row.needed("to")))
                .token(Commands.token(row.or("token", "CRD")))
                .amount(PageNumbers.amount(row.needed("amount")));
        lots.writeTerms(encoder.terms(), row, nowNs);
        encoder.reference("").metadata("");
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer open(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OpenWalletEncoder encoder = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.keyHashHigh(7).keyHashLow(nowNs).owner(row.needed("owner"));
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer token(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RegisterTokenEncoder encoder = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.token(Commands.token(row.needed("token")))
                .scale((short) Integer.parseInt(row.or("scale", "6")))
                .transferable((short) (row.or("transferable", "yes").equals("yes") ? 1 : 0));
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer key(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RegisterOperatorKeyEncoder encoder = new RegisterOperatorKeyEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.keyHashHigh(1).keyHashLow(2);
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer status(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ChangeStatusEncoder encoder = new ChangeStatusEncoder().wrapAndApplyHeader(buffer, 0, header);
        String wallet = row.needed("wallet");
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.wallet(names.wallet(wallet))
                .token(row.has("token") ? Commands.token(row.cell("token")) : 0)
                .account(PageNames.account(wallet))
                .change(StatusChange.valueOf(row.verb().toUpperCase(Locale.ROOT)))
                .reason("");
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer bounds(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetBoundsEncoder encoder = new SetBoundsEncoder().wrapAndApplyHeader(buffer, 0, header);
        String wallet = row.needed("wallet");
        String floor = row.or("floor", "0");
        String ceiling = row.or("ceiling", "none");
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.wallet(names.wallet(wallet))
                .token(Commands.token(row.or("token", "CRD")))
                .account(PageNames.account(wallet))
                .floor(floor.equals("none") ? Accounts.NO_FLOOR : PageNumbers.amount(floor))
                .ceiling(ceiling.equals("none") ? Accounts.NO_CEILING : PageNumbers.amount(ceiling));
        return message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer fee(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetFeeEncoder encoder = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.or("by", "operator"));
        encoder.kind(TransferKind.valueOf(row.needed("kind")))
                .payer(FeePayer.valueOf(row.or("payer", "RECEIVER")))
                .basisPoints(Integer.parseInt(row.or("bps", "0")))
                .minimum(PageNumbers.amount(row.or("min", "0")))
                .maximum(PageNumbers.amount(row.or("max", "max")))
                .revenueWallet(names.wallet(row.needed("revenue")));
        return message(buffer, encoder.encodedLength(), row);
    }

    /** What the host journals when nothing else came. */
    static DirectBuffer tick() {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + TickEncoder.BLOCK_LENGTH];
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        TickEncoder encoder = new TickEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(Role.SYSTEM).wallet(0);
        return buffer;
    }
}
