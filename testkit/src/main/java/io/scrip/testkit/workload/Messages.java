package io.scrip.testkit.workload;

import io.scrip.protocol.AllowCounterpartyEncoder;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.ExtendHoldEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.GetControlsEncoder;
import io.scrip.protocol.GetLotsEncoder;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.GetSettingsEncoder;
import io.scrip.protocol.GetTrialBalanceEncoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.Id128Encoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.KillSwitchEncoder;
import io.scrip.protocol.LotTermsEncoder;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.RemoveCounterpartyEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsEncoder;
import io.scrip.protocol.SetBudgetEncoder;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.SetLimitEncoder;
import io.scrip.protocol.SetParentEncoder;
import io.scrip.protocol.Side;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TickEncoder;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import io.scrip.testkit.model.AccountKey;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.Piece;
import io.scrip.testkit.model.Terms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes messages; one way to make each. Every message is a buffer of its own, exactly as long as the message. */
public final class Messages {
    /** On whose authority. */
    public record Authority(Role role, long wallet) {
        public static final Authority SYSTEM = new Authority(Role.SYSTEM, 0);
        public static final Authority OPERATOR = new Authority(Role.OPERATOR, 0);

        public static Authority of(long wallet) {
            return new Authority(Role.WALLET, wallet);
        }
    }

    /** A condition on a transfer. */
    public record Condition(Side side, Measure measure, Comparison comparison, long value) {}

    /** A movement as a client asks for it. */
    public record Wish(AccountKey from, AccountKey to, long amount) {}

    /** What a posted movement was, for whoever wants it back. */
    public record Original(
            Id id,
            AccountKey from,
            AccountKey to,
            long amount,
            long fee,
            FeePayer payer,
            long revenueWallet,
            List<Piece> lots,
            List<Piece> feeLots) {}

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    public DirectBuffer tick() {
        TickEncoder encoder = new TickEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), Authority.SYSTEM);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer registerToken(Id id, Authority caller, long token, int scale, boolean transferable) {
        RegisterTokenEncoder encoder = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.token(token).scale((short) scale).transferable((short) (transferable ? 1 : 0));
        return exact(encoder.encodedLength());
    }

    public DirectBuffer openWallet(Id id, Authority caller, String owner, long keyHash) {
        OpenWalletEncoder encoder = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.keyHashHigh(keyHash).keyHashLow(~keyHash).owner(owner);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer changeStatus(Id id, Authority caller, AccountKey account, StatusChange change) {
        ChangeStatusEncoder encoder = new ChangeStatusEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(account.wallet()).token(account.token()).account(account.code());
        encoder.change(change).reason("because");
        return exact(encoder.encodedLength());
    }

    public DirectBuffer setBounds(Id id, Authority caller, AccountKey account, long floor, long ceiling) {
        SetBoundsEncoder encoder = new SetBoundsEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(account.wallet()).token(account.token()).account(account.code());
        encoder.floor(floor).ceiling(ceiling);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer setFee(
            Id id, Authority caller, TransferKind kind, FeePayer payer, int basisPoints, long[] range, long revenue) {
        SetFeeEncoder encoder = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.kind(kind).payer(payer).basisPoints(basisPoints);
        encoder.minimum(range[0]).maximum(range[1]).revenueWallet(revenue);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer issue(Id id, Authority caller, long to, long token, long amount, Terms terms) {
        IssueEncoder encoder = new IssueEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.to(to).token(token).amount(amount);
        encode(terms, encoder.terms());
        encoder.reference("").metadata("{}");
        return exact(encoder.encodedLength());
    }

    public DirectBuffer transfer(
            Id id,
            Authority caller,
            Wish wish,
            TransferKind kind,
            long timeoutNs,
            long applyBefore,
            boolean dryRun,
            boolean upTo,
            List<Condition> conditions) {
        TransferEncoder encoder = new TransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.from(wish.from().wallet())
                .to(wish.to().wallet())
                .token(wish.from().token())
                .amount(wish.amount())
                .applyBefore(applyBefore)
                .kind(kind)
                .fromAccount(wish.from().code())
                .toAccount(wish.to().code())
                .timeoutNs(timeoutNs);
        encoder.flags().clear().dryRun(dryRun).upTo(upTo);
        TransferEncoder.ConditionsEncoder group = encoder.conditionsCount(conditions.size());
        for (Condition condition : conditions) {
            group.next()
                    .side(condition.side())
                    .measure(condition.measure())
                    .comparison(condition.comparison())
                    .value(condition.value());
        }
        encoder.reference("").metadata("");
        return exact(encoder.encodedLength());
    }

    public DirectBuffer multiTransfer(Id id, Authority caller, long applyBefore, List<Wish> wishes) {
        MultiTransferEncoder encoder = new MultiTransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.applyBefore(applyBefore);
        MultiTransferEncoder.LegsEncoder legs = encoder.legsCount(wishes.size());
        for (Wish wish : wishes) {
            legs.next()
                    .from(wish.from().wallet())
                    .to(wish.to().wallet())
                    .token(wish.from().token())
                    .amount(wish.amount())
                    .fromAccount(wish.from().code())
                    .toAccount(wish.to().code());
        }
        encoder.reference("").metadata("");
        return exact(encoder.encodedLength());
    }

    public DirectBuffer postHold(Id id, Authority caller, Id hold, long amount, boolean last) {
        PostHoldEncoder encoder = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.holdId().high(hold.high()).low(hold.low());
        encoder.amount(amount).flags().clear().finalCapture(last);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer voidHold(Id id, Authority caller, Id hold) {
        VoidHoldEncoder encoder = new VoidHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.holdId().high(hold.high()).low(hold.low());
        return exact(encoder.encodedLength());
    }

    public DirectBuffer extendHold(Id id, Authority caller, Id hold, long timeoutNs) {
        ExtendHoldEncoder encoder = new ExtendHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.holdId().high(hold.high()).low(hold.low());
        encoder.timeoutNs(timeoutNs);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer reverse(Id id, Authority caller, Original original, long amount) {
        ReverseEncoder encoder = new ReverseEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.originalId().high(original.id().high()).low(original.id().low());
        encoder.amount(amount)
                .originalAmount(original.amount())
                .originalFee(original.fee())
                .originalFeePayer(original.payer())
                .from(original.from().wallet())
                .to(original.to().wallet())
                .token(original.from().token())
                .fromAccount(original.from().code())
                .toAccount(original.to().code())
                .revenueWallet(original.revenueWallet());
        ReverseEncoder.LotsEncoder lots = encoder.lotsCount(original.lots().size());
        for (Piece piece : original.lots()) {
            encode(piece.terms(), lots.next().amount(piece.amount()).terms());
        }
        ReverseEncoder.FeeLotsEncoder feeLots =
                encoder.feeLotsCount(original.feeLots().size());
        for (Piece piece : original.feeLots()) {
            encode(piece.terms(), feeLots.next().amount(piece.amount()).terms());
        }
        encoder.reason("");
        return exact(encoder.encodedLength());
    }

    public DirectBuffer batch(Authority caller, List<DirectBuffer> items, boolean[] linked) {
        BatchEncoder encoder = new BatchEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), caller);
        BatchEncoder.ItemsEncoder group = encoder.itemsCount(items.size());
        for (int i = 0; i < linked.length; i++) {
            group.next().flags().clear().linked(linked[i]);
            group.putCommand(items.get(i), 0, items.get(i).capacity());
        }
        return exact(encoder.encodedLength());
    }

    public DirectBuffer setParent(Id id, Authority caller, long wallet, long parent) {
        SetParentEncoder encoder = new SetParentEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(wallet).parent(parent);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer setLimit(
            Id id, Authority caller, AccountKey account, SpendingWindow window, long maxCount, long maxSum) {
        SetLimitEncoder encoder = new SetLimitEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(account.wallet()).token(account.token()).account(account.code());
        encoder.window(window).maxCount(maxCount).maxSum(maxSum);
        return exact(encoder.encodedLength());
    }

    /** Caps of a call, a day and a month. */
    public DirectBuffer setBudget(Id id, Authority caller, long wallet, long token, BudgetScope scope, long[] caps) {
        SetBudgetEncoder encoder = new SetBudgetEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(wallet).token(token).scope(scope);
        encoder.perCall(caps[0]).perDay(caps[1]).perMonth(caps[2]);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer allow(Id id, Authority caller, long wallet, long counterparty) {
        AllowCounterpartyEncoder encoder = new AllowCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(wallet).counterparty(counterparty);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer disallow(Id id, Authority caller, long wallet, long counterparty) {
        RemoveCounterpartyEncoder encoder = new RemoveCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(wallet).counterparty(counterparty);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer killSwitch(Id id, Authority caller, long wallet, boolean on) {
        KillSwitchEncoder encoder = new KillSwitchEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.wallet(wallet).on((short) (on ? 1 : 0)).reason("");
        return exact(encoder.encodedLength());
    }

    public DirectBuffer registerOperatorKey(Id id, Authority caller, long keyHash) {
        RegisterOperatorKeyEncoder encoder = new RegisterOperatorKeyEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), caller);
        encoder.keyHashHigh(keyHash).keyHashLow(~keyHash);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer getSettings() {
        GetSettingsEncoder encoder = new GetSettingsEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), Authority.OPERATOR);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer getControls(long wallet) {
        GetControlsEncoder encoder = new GetControlsEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), Authority.OPERATOR);
        encoder.wallet(wallet);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer getLots(AccountKey account) {
        GetLotsEncoder encoder = new GetLotsEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), Authority.OPERATOR);
        encoder.wallet(account.wallet()).token(account.token()).account(account.code());
        return exact(encoder.encodedLength());
    }

    public DirectBuffer getWallet(long wallet) {
        GetWalletEncoder encoder = new GetWalletEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), Authority.OPERATOR);
        encoder.wallet(wallet);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer getOutcome(Id id) {
        GetOutcomeEncoder encoder = new GetOutcomeEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), id, encoder.caller(), Authority.OPERATOR);
        return exact(encoder.encodedLength());
    }

    public DirectBuffer getTrialBalance() {
        GetTrialBalanceEncoder encoder = new GetTrialBalanceEncoder().wrapAndApplyHeader(buffer, 0, header);
        begin(encoder.id(), Id.NONE, encoder.caller(), Authority.OPERATOR);
        return exact(encoder.encodedLength());
    }

    /** The first character in the lowest byte. */
    public static long token(String code) {
        byte[] ascii = code.getBytes(StandardCharsets.US_ASCII);
        long packed = 0;
        for (int i = ascii.length - 1; i >= 0; i--) {
            packed = packed << 8 | ascii[i];
        }
        return packed;
    }

    public static DirectBuffer copy(DirectBuffer source, int offset, int length) {
        byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static void encode(Terms terms, LotTermsEncoder encoder) {
        encoder.category(terms.category())
                .priority((short) terms.priority())
                .effectiveAt(terms.effectiveNs())
                .expiresAt(terms.expiresNs())
                .convertibleFrom(terms.convertibleFromNs());
    }

    private static void begin(Id128Encoder idEncoder, Id id, CallerEncoder callerEncoder, Authority caller) {
        idEncoder.high(id.high()).low(id.low());
        callerEncoder.role(caller.role()).wallet(caller.wallet());
    }

    private DirectBuffer exact(int bodyBytes) {
        return copy(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes);
    }
}
