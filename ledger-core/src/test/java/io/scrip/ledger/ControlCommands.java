package io.scrip.ledger;

import io.scrip.protocol.AllowCounterpartyEncoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.GetControlsEncoder;
import io.scrip.protocol.KillSwitchEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.RemoveCounterpartyEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBudgetEncoder;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.SetLimitEncoder;
import io.scrip.protocol.SetParentEncoder;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the commands that bound spending, and those that spend. A caller of 0 is the operator. */
final class ControlCommands {
    static final long OPERATOR = 0;
    static final long UNLIMITED = Long.MAX_VALUE;

    private ControlCommands() {}

    /** One leg of several. */
    record Leg(long from, long to, long token, long amount) {}

    /** Where a transfer goes from and to, and how. */
    record Spend(
            long from,
            long to,
            long token,
            long amount,
            TransferKind kind,
            int fromAccount,
            int toAccount,
            long timeoutNs,
            boolean dryRun) {
        static Spend of(long from, long to, long token, long amount) {
            return new Spend(from, to, token, amount, TransferKind.PLAIN, 0, 0, 0, false);
        }

        Spend between(int newFromAccount, int newToAccount) {
            return new Spend(from, to, token, amount, kind, newFromAccount, newToAccount, timeoutNs, dryRun);
        }

        Spend kind(TransferKind newKind) {
            return new Spend(from, to, token, amount, newKind, fromAccount, toAccount, timeoutNs, dryRun);
        }

        Spend held(long newTimeoutNs) {
            return new Spend(from, to, token, amount, kind, fromAccount, toAccount, newTimeoutNs, dryRun);
        }

        Spend dry() {
            return new Spend(from, to, token, amount, kind, fromAccount, toAccount, timeoutNs, true);
        }
    }

    static DirectBuffer spend(long id, Spend spend) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TransferEncoder encoder = new TransferEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), spend.from());
        encoder.from(spend.from())
                .to(spend.to())
                .token(spend.token())
                .amount(spend.amount())
                .applyBefore(0)
                .kind(spend.kind())
                .fromAccount(spend.fromAccount())
                .toAccount(spend.toAccount())
                .timeoutNs(spend.timeoutNs());
        encoder.flags().clear().dryRun(spend.dryRun());
        encoder.conditionsCount(0);
        encoder.reference("").metadata("");
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer multi(long id, long caller, Leg... legs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        MultiTransferEncoder encoder =
                new MultiTransferEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.applyBefore(0);
        MultiTransferEncoder.LegsEncoder group = encoder.legsCount(legs.length);
        for (Leg leg : legs) {
            group.next()
                    .from(leg.from())
                    .to(leg.to())
                    .token(leg.token())
                    .amount(leg.amount())
                    .fromAccount(0)
                    .toAccount(0);
        }
        encoder.reference("").metadata("");
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer post(long id, long caller, long holdId, long amount) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        PostHoldEncoder encoder = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.holdId().high(Commands.highOf(holdId)).low(holdId);
        encoder.amount(amount).flags().clear();
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer voidHold(long id, long caller, long holdId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        VoidHoldEncoder encoder = new VoidHoldEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.holdId().high(Commands.highOf(holdId)).low(holdId);
        return exact(buffer, encoder.encodedLength());
    }

    /** Gives all of an original without a fee back. */
    static DirectBuffer reverse(long id, long caller, long originalId, Leg original) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ReverseEncoder encoder = new ReverseEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.originalId().high(Commands.highOf(originalId)).low(originalId);
        encoder.amount(0)
                .originalAmount(original.amount())
                .originalFee(0)
                .originalFeePayer(FeePayer.RECEIVER)
                .from(original.from())
                .to(original.to())
                .token(original.token())
                .fromAccount(0)
                .toAccount(0)
                .revenueWallet(0);
        encoder.lotsCount(0);
        encoder.feeLotsCount(0);
        encoder.reason("");
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer setFee(long id, TransferKind kind, FeePayer payer, int basisPoints, long revenueWallet) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetFeeEncoder encoder = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), OPERATOR);
        encoder.kind(kind)
                .payer(payer)
                .basisPoints(basisPoints)
                .minimum(0)
                .maximum(UNLIMITED)
                .revenueWallet(revenueWallet);
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer setParent(long id, long caller, long wallet, long parent) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetParentEncoder encoder = new SetParentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.wallet(wallet).parent(parent);
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer setLimit(
            long id,
            long caller,
            long wallet,
            long token,
            int account,
            SpendingWindow window,
            long maxCount,
            long maxSum) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetLimitEncoder encoder = new SetLimitEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.wallet(wallet)
                .token(token)
                .account(account)
                .window(window)
                .maxCount(maxCount)
                .maxSum(maxSum);
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer setBudget(
            long id,
            long caller,
            long wallet,
            long token,
            BudgetScope scope,
            long perCall,
            long perDay,
            long perMonth) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetBudgetEncoder encoder = new SetBudgetEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.wallet(wallet)
                .token(token)
                .scope(scope)
                .perCall(perCall)
                .perDay(perDay)
                .perMonth(perMonth);
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer allow(long id, long caller, long wallet, long counterparty) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        AllowCounterpartyEncoder encoder =
                new AllowCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.wallet(wallet).counterparty(counterparty);
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer remove(long id, long caller, long wallet, long counterparty) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RemoveCounterpartyEncoder encoder =
                new RemoveCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.wallet(wallet).counterparty(counterparty);
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer kill(long id, long caller, long wallet, boolean on) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        KillSwitchEncoder encoder = new KillSwitchEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), caller);
        encoder.wallet(wallet).on((short) (on ? 1 : 0)).reason("");
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer close(long id, long wallet, long token, int account) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ChangeStatusEncoder encoder =
                new ChangeStatusEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        caller(encoder.caller(), OPERATOR);
        encoder.wallet(wallet)
                .token(token)
                .account(account)
                .change(StatusChange.CLOSE)
                .reason("");
        return exact(buffer, encoder.encodedLength());
    }

    static DirectBuffer getControls(Role role, long caller, long wallet) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        GetControlsEncoder encoder = new GetControlsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(role).wallet(caller);
        encoder.wallet(wallet);
        return exact(buffer, encoder.encodedLength());
    }

    private static void caller(CallerEncoder encoder, long caller) {
        encoder.role(caller == OPERATOR ? Role.OPERATOR : Role.WALLET).wallet(caller);
    }

    private static DirectBuffer exact(ExpandableArrayBuffer buffer, int bodyBytes) {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
