package io.scrip.ledger;

import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.GetLotsEncoder;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.GetTrialBalanceEncoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes commands for tests; one way to make each. */
public final class Commands {
    private Commands() {}

    /** A condition on a transfer. */
    public record Condition(Side side, Measure measure, Comparison comparison, long value) {}

    /** An item of a batch. */
    public record Item(boolean linked, DirectBuffer command) {}

    /** All a transfer can say. */
    public record Transfer(
            long id,
            long caller,
            long from,
            long to,
            long token,
            long amount,
            long applyBefore,
            boolean dryRun,
            boolean upTo,
            List<Condition> conditions,
            String reference,
            String metadata) {

        public static Transfer of(long id, long from, long to, long token, long amount) {
            return new Transfer(id, from, from, to, token, amount, 0, false, false, List.of(), "", "");
        }

        public DirectBuffer encode() {
            return encode(Role.WALLET);
        }

        public DirectBuffer encode(Role role) {
            ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            TransferEncoder encoder = new TransferEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            encoder.id().high(highOf(id)).low(lowOf(id));
            encoder.caller().role(role).wallet(role == Role.WALLET ? caller : 0);
            encoder.from(from).to(to).token(token).amount(amount).applyBefore(applyBefore);
            encoder.flags().clear().dryRun(dryRun).upTo(upTo);
            encoder.kind(TransferKind.PLAIN).fromAccount(0).toAccount(0).timeoutNs(0);
            TransferEncoder.ConditionsEncoder group = encoder.conditionsCount(conditions.size());
            for (Condition condition : conditions) {
                group.next()
                        .side(condition.side())
                        .measure(condition.measure())
                        .comparison(condition.comparison())
                        .value(condition.value());
            }
            encoder.reference(reference).metadata(metadata);
            return exact(buffer, encoder.encodedLength());
        }
    }

    /** A transfer with a timeout. */
    public record Hold(long id, long from, long to, long token, long amount, long timeoutNs) {
        public static Hold of(long id, long from, long to, long token, long amount, long timeoutNs) {
            return new Hold(id, from, to, token, amount, timeoutNs);
        }

        public DirectBuffer encode() {
            DirectBuffer bytes = Transfer.of(id, from, to, token, amount).encode();
            UnsafeBuffer hold = new UnsafeBuffer(bytes.byteArray());
            int at = MessageHeaderEncoder.ENCODED_LENGTH + TransferEncoder.timeoutNsEncodingOffset();
            hold.putLong(at, timeoutNs, ByteOrder.LITTLE_ENDIAN);
            return hold;
        }
    }

    public static DirectBuffer postHold(long id, long caller, long holdId, long amount, boolean last) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        PostHoldEncoder encoder = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(Role.WALLET).wallet(caller);
        encoder.holdId().high(highOf(holdId)).low(lowOf(holdId));
        encoder.amount(amount).flags().clear().finalCapture(last);
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer voidHold(long id, long caller, long holdId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        VoidHoldEncoder encoder = new VoidHoldEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(Role.WALLET).wallet(caller);
        encoder.holdId().high(highOf(holdId)).low(lowOf(holdId));
        return exact(buffer, encoder.encodedLength());
    }

    /** A reversal of a leg without a fee, by its payee. */
    public static DirectBuffer reverse(long id, LegEventDecoder leg, long amount) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ReverseEncoder encoder = new ReverseEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(Role.WALLET).wallet(leg.to());
        encoder.amount(amount);
        encoder.originalId().high(leg.id().high()).low(leg.id().low());
        encoder.originalAmount(leg.amount())
                .originalFee(0)
                .originalFeePayer(FeePayer.RECEIVER)
                .from(leg.from())
                .to(leg.to())
                .token(leg.token())
                .fromAccount(leg.fromAccount())
                .toAccount(leg.toAccount())
                .revenueWallet(0);
        LegEventDecoder.LotsDecoder lots = leg.lots();
        ReverseEncoder.LotsEncoder group = encoder.lotsCount(lots.count());
        for (LegEventDecoder.LotsDecoder lot : lots) {
            group.next().amount(lot.amount());
            group.terms()
                    .category(lot.terms().category())
                    .priority(lot.terms().priority())
                    .effectiveAt(lot.terms().effectiveAt())
                    .expiresAt(lot.terms().expiresAt())
                    .convertibleFrom(lot.terms().convertibleFrom());
        }
        encoder.feeLotsCount(0);
        encoder.reason("");
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer getLots(long wallet, long token) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        GetLotsEncoder encoder = new GetLotsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.wallet(wallet).token(token).account(0);
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer registerToken(long id, String code, int scale, boolean transferable) {
        return registerToken(id, Role.OPERATOR, code, scale, transferable);
    }

    public static DirectBuffer registerToken(long id, Role role, String code, int scale, boolean transferable) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RegisterTokenEncoder encoder =
                new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(role).wallet(role == Role.WALLET ? 2 : 0);
        encoder.token(token(code)).scale((short) scale).transferable((short) (transferable ? 1 : 0));
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer registerOperatorKey(long id, Role role, long hashHigh, long hashLow) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RegisterOperatorKeyEncoder encoder =
                new RegisterOperatorKeyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(role).wallet(role == Role.WALLET ? 2 : 0);
        encoder.keyHashHigh(hashHigh).keyHashLow(hashLow);
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer openWallet(long id, Role role, String owner, long hashHigh, long hashLow) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OpenWalletEncoder encoder = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(role).wallet(role == Role.WALLET ? 2 : 0);
        encoder.keyHashHigh(hashHigh).keyHashLow(hashLow).owner(owner);
        return exact(buffer, encoder.encodedLength());
    }

    /** The terms of a lot. */
    public record Terms(LotCategory category, int priority, long effective, long expires, long convertibleFrom) {
        static final Terms PLAIN = new Terms(LotCategory.PLAIN, 0, 0, 0, 0);
    }

    public static DirectBuffer issue(long id, Role role, long to, long token, long amount) {
        return issue(id, role, to, token, amount, Terms.PLAIN);
    }

    public static DirectBuffer issue(long id, Role role, long to, long token, long amount, Terms terms) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        IssueEncoder encoder = new IssueEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(highOf(id)).low(lowOf(id));
        encoder.caller().role(role).wallet(role == Role.WALLET ? to : 0);
        encoder.to(to).token(token).amount(amount);
        encoder.terms()
                .category(terms.category())
                .priority((short) terms.priority())
                .effectiveAt(terms.effective())
                .expiresAt(terms.expires())
                .convertibleFrom(terms.convertibleFrom());
        encoder.reference("").metadata("");
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer batch(Role role, long caller, List<Item> items) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        BatchEncoder encoder = new BatchEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(role).wallet(caller);
        BatchEncoder.ItemsEncoder group = encoder.itemsCount(items.size());
        for (Item item : items) {
            group.next().flags().clear().linked(item.linked());
            group.putCommand(item.command(), 0, item.command().capacity());
        }
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer getWallet(Role role, long caller, long wallet) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        GetWalletEncoder encoder = new GetWalletEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(role).wallet(caller);
        encoder.wallet(wallet);
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer getOutcome(long id) {
        return getOutcome(highOf(id), lowOf(id));
    }

    public static DirectBuffer getOutcome(long idHigh, long idLow) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        GetOutcomeEncoder encoder = new GetOutcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(idHigh).low(idLow);
        encoder.caller().role(Role.OPERATOR).wallet(0);
        return exact(buffer, encoder.encodedLength());
    }

    public static DirectBuffer getTrialBalance(Role role) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        GetTrialBalanceEncoder encoder =
                new GetTrialBalanceEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(role).wallet(0);
        return exact(buffer, encoder.encodedLength());
    }

    public static long token(String code) {
        byte[] bytes = code.getBytes(StandardCharsets.US_ASCII);
        long packed = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            packed = packed << 8 | bytes[i];
        }
        return packed;
    }

    /** Test ids are small numbers; this makes them look like UUIDs of no particular version. */
    public static long highOf(long id) {
        return id == 0 ? 0 : 0x5C21_0000_0000_0000L;
    }

    public static long lowOf(long id) {
        return id;
    }

    private static DirectBuffer exact(ExpandableArrayBuffer buffer, int bodyBytes) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes;
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
