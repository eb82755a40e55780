package io.scrip.gateway.request;

import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.TransferFields.Member;
import io.scrip.gateway.request.TransferFields.Shape;
import io.scrip.protocol.LotTermsEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.ReverseEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferKind;

/** Reads the bodies of everything that moves or reserves value, but for batches. One instance belongs to one thread. */
public final class TransferRequests {
    /** The token of credits. */
    public static final long CREDITS = TokenCodes.parse("CRD");

    private static final Shape TRANSFER = new Shape(
            4,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.ID,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.DRY_RUN,
            Member.UP_TO,
            Member.KIND,
            Member.FROM_ACCOUNT,
            Member.TO_ACCOUNT);
    /** Both forms of a transfer: {@link #TRANSFER} and {@link #MULTI}. */
    private static final Shape ANY_TRANSFER = new Shape(
            0,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.ID,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.DRY_RUN,
            Member.UP_TO,
            Member.KIND,
            Member.FROM_ACCOUNT,
            Member.TO_ACCOUNT,
            Member.LEGS);

    private static final Shape MULTI =
            new Shape(1, Member.LEGS, Member.ID, Member.REFERENCE, Member.METADATA, Member.APPLY_BEFORE);
    private static final Shape HOLD = new Shape(
            5,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.TIMEOUT,
            Member.ID,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.DRY_RUN,
            Member.UP_TO,
            Member.KIND,
            Member.FROM_ACCOUNT,
            Member.TO_ACCOUNT);
    private static final Shape CREDIT = new Shape(
            2,
            Member.TO,
            Member.AMOUNT,
            Member.ID,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.DRY_RUN,
            Member.UP_TO);
    private static final Shape POST = new Shape(0, Member.ID, Member.AMOUNT, Member.FINAL);
    private static final Shape VOID = new Shape(0, Member.ID);
    private static final Shape EXTEND = new Shape(1, Member.TIMEOUT, Member.ID);
    private static final Shape REVERSE = new Shape(0, Member.ID, Member.AMOUNT, Member.REASON);

    private final RequestContext context;
    private final JsonBody json;
    private final TransferFields fields;
    private final TransferCommands commands;
    private final PlainTransfer plain;
    private final ReverseEncoder reverse = new ReverseEncoder();

    TransferRequests(RequestContext context, TransferFields fields) {
        this.context = context;
        this.fields = fields;
        json = context.json;
        commands = new TransferCommands(context, fields);
        plain = new PlainTransfer(context);
    }

    CommandId transfer(byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        CommandId usual = plain.read(body, length, idHeader, caller, out);
        return usual != null ? usual : anyTransfer(body, length, idHeader, caller, out);
    }

    /** A transfer of any form, read by the parser that can say what is wrong. */
    CommandId anyTransfer(byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        read(body, length, ANY_TRANSFER);
        boolean multi = fields.has(Member.LEGS);
        fields.require(multi ? MULTI : TRANSFER);
        CommandId id = id(idHeader, caller);
        out.length(multi ? commands.multi(out.buffer(), id, caller) : commands.transfer(out.buffer(), id, caller));
        return id;
    }

    /** {@code POST /holds}: a transfer with {@code timeout_seconds}. */
    public CommandId hold(byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        context.holds().begin();
        read(body, length, HOLD);
        CommandId id = id(idHeader, caller);
        out.length(commands.transfer(out.buffer(), id, caller));
        return id;
    }

    /** {@code POST /credits/transfer}: credits from the caller's wallet, with the fee of credit transfers. */
    public CommandId credits(byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        read(body, length, CREDIT);
        fields.from = caller.wallet();
        fields.token = CREDITS;
        fields.kind = TransferKind.CREDIT;
        CommandId id = id(idHeader, caller);
        out.length(commands.transfer(out.buffer(), id, caller));
        return id;
    }

    /**
     * {@code POST /holds/{id}/post}.
     *
     * @throws HoldScales.UnknownHolds when an amount is given and it is not known in what token the hold is
     */
    public CommandId post(CommandId hold, byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        context.holds().begin();
        read(body, length, POST);
        CommandId id = CommandId.require(idHeader, fields.id, caller.wallet());
        out.length(commands.post(out.buffer(), id, hold, caller));
        context.holds().end();
        return id;
    }

    /** {@code POST /holds/{id}/void}. */
    public CommandId voidHold(
            CommandId hold, byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        read(body, length, VOID);
        CommandId id = CommandId.require(idHeader, fields.id, caller.wallet());
        out.length(commands.voidHold(out.buffer(), id, hold, caller));
        return id;
    }

    /** {@code POST /holds/{id}/extend}. */
    public CommandId extend(
            CommandId hold, byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        read(body, length, EXTEND);
        CommandId id = CommandId.require(idHeader, fields.id, caller.wallet());
        out.length(commands.extend(out.buffer(), id, hold, caller));
        return id;
    }

    /** {@code POST /transfers/{id}/reverse}, first look: what is malformed, and the command's id. */
    public CommandId reverse(byte[] body, int length, String idHeader, Viewer caller) {
        read(body, length, REVERSE);
        if (caller.role() == Role.OPERATOR && fields.reasonBytes().length == 0) {
            throw JsonBody.missing(Member.REASON.text());
        }
        return CommandId.require(idHeader, fields.id, caller.wallet());
    }

    /** {@code POST /transfers/{id}/reverse}, once the original is known. */
    public CommandId reverse(
            Original original, byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        CommandId id = reverse(body, length, idHeader, caller);
        int scale = context.scaleOf(original.token());
        if (!context.isKnown(scale)) {
            throw new IllegalStateException("a movement in a token that is not registered");
        }
        long amount = fields.amount == null ? 0 : AmountText.parse(Member.AMOUNT.text(), fields.amount, scale, false);
        reverse.wrapAndApplyHeader(out.blank(ReverseEncoder.BLOCK_LENGTH), 0, context.header);
        reverse.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(reverse.caller(), caller);
        reverse.amount(amount);
        reverse.originalId().high(original.idHigh()).low(original.idLow());
        reverse.originalAmount(original.amount())
                .originalFee(original.fee())
                .originalFeePayer(original.feePayer())
                .from(original.from())
                .to(original.to())
                .token(original.token())
                .fromAccount(original.fromAccount())
                .toAccount(original.toAccount())
                .revenueWallet(original.revenueWallet());
        ReverseEncoder.LotsEncoder lots = reverse.lotsCount(original.lots().size());
        for (Original.Lot lot : original.lots()) {
            write(lot, lots.next().amount(lot.amount()).terms());
        }
        ReverseEncoder.FeeLotsEncoder feeLots =
                reverse.feeLotsCount(original.feeLots().size());
        for (Original.Lot lot : original.feeLots()) {
            write(lot, feeLots.next().amount(lot.amount()).terms());
        }
        reverse.putReason(fields.reasonBytes(), 0, fields.reasonBytes().length);
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + reverse.encodedLength());
        return id;
    }

    private static void write(Original.Lot lot, LotTermsEncoder terms) {
        terms.category(lot.category())
                .priority((short) lot.priority())
                .effectiveAt(lot.effectiveAt())
                .expiresAt(lot.expiresAt())
                .convertibleFrom(lot.convertibleFrom());
    }

    private void read(byte[] body, int length, Shape shape) {
        json.read(body, length, false, () -> {
            fields.read(json, shape);
            return null;
        });
    }

    /** A dry run may come without an id: nothing of it is remembered. */
    private CommandId id(String idHeader, Viewer caller) {
        CommandId id = CommandId.resolve(idHeader, fields.id, caller.wallet());
        if (id != null) {
            return id;
        }
        return fields.dryRun ? CommandId.random() : CommandId.require(null, null, caller.wallet());
    }
}
