package io.scrip.gateway.request;

import io.scrip.gateway.json.Amounts;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.FlatBody.Field;
import io.scrip.gateway.request.FlatBody.Form;
import io.scrip.protocol.AllowCounterpartyEncoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Id128Encoder;
import io.scrip.protocol.KillSwitchEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.RemoveCounterpartyEncoder;
import io.scrip.protocol.SetBoundsEncoder;
import io.scrip.protocol.SetBudgetEncoder;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.SetLimitEncoder;
import io.scrip.protocol.SetParentEncoder;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TransferKind;

/**
 * Reads the bodies of requests that set something and encodes them as commands. One instance belongs to one thread.
 *
 * <p>Every method throws {@link RequestFault} for what is malformed, and {@link RequestReader.UnknownToken} for an
 * amount of a token that is not in the table of tokens. A bound that is not wanted is said with null, never by leaving it out.
 */
public final class SettingRequests {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final long UNLIMITED_BELOW = Long.MIN_VALUE;
    /** No wallet has this number, and none ever will. */
    private static final long NOBODY = -1;

    private static final int MAX_ACCOUNT = 65_534;
    private static final int MAX_BASIS_POINTS = 10_000;

    private static final String TOKEN = "token";
    private static final String ACCOUNT = "account";
    private static final String REASON = "reason";
    private static final String COUNTERPARTY = "counterparty";

    private final RequestContext context;
    private final JsonBody json;
    private final MessageHeaderEncoder header;
    private final FlatBody tokenBody = FlatBody.ofCommand(
            Field.required("code", Form.TEXT),
            Field.required("scale", Form.INTEGER),
            Field.required("transferable", Form.BOOL));
    private final FlatBody statusBody = FlatBody.ofCommand(
            Field.optional(TOKEN, Form.TEXT), Field.optional(ACCOUNT, Form.INTEGER), Field.optional(REASON, Form.TEXT));
    private final FlatBody boundsBody = FlatBody.ofCommand(
            Field.required(TOKEN, Form.TEXT),
            Field.optional(ACCOUNT, Form.INTEGER),
            Field.explicit("floor", Form.AMOUNT),
            Field.explicit("ceiling", Form.AMOUNT));
    private final FlatBody feeBody = FlatBody.ofCommand(
            Field.required("kind", Form.TEXT),
            Field.required("payer", Form.TEXT),
            Field.required("basis_points", Form.INTEGER),
            Field.required("minimum_units", Form.AMOUNT),
            Field.explicit("maximum_units", Form.AMOUNT),
            Field.required("revenue_wallet", Form.TEXT));
    private final FlatBody parentBody = FlatBody.ofCommand(Field.explicit("parent", Form.TEXT));
    private final FlatBody limitBody = FlatBody.ofCommand(
            Field.required(TOKEN, Form.TEXT),
            Field.optional(ACCOUNT, Form.INTEGER),
            Field.required("window", Form.TEXT),
            Field.explicit("max_count", Form.INTEGER),
            Field.explicit("max_sum", Form.AMOUNT));
    private final FlatBody budgetBody = FlatBody.ofCommand(
            Field.required(TOKEN, Form.TEXT),
            Field.required("scope", Form.TEXT),
            Field.explicit("per_call", Form.AMOUNT),
            Field.explicit("per_day", Form.AMOUNT),
            Field.explicit("per_month", Form.AMOUNT));
    private final FlatBody counterpartyBody = FlatBody.ofCommand(Field.required(COUNTERPARTY, Form.TEXT));
    private final FlatBody killSwitchBody =
            FlatBody.ofCommand(Field.required("on", Form.BOOL), Field.optional(REASON, Form.TEXT));

    SettingRequests(RequestContext context) {
        this.context = context;
        json = context.json;
        header = context.header;
    }

    /** A request and where its command goes. */
    public static final class Input {
        private final byte[] body;
        private final int length;
        private final String idHeader;
        private final Viewer caller;
        private final long wallet;
        private final CommandBuffer out;

        /** The body is valid during the call only; {@code wallet} is the one in the path, if there is one. */
        public Input(byte[] body, int length, String idHeader, Viewer caller, long wallet, CommandBuffer out) {
            this.body = body;
            this.length = length;
            this.idHeader = idHeader;
            this.caller = caller;
            this.wallet = wallet;
            this.out = out;
        }
    }

    /** One of the methods below. */
    @FunctionalInterface
    public interface Encoding {
        CommandId encode(SettingRequests requests, Input input);
    }

    /** {@code POST /tokens}: {@code {"code","scale","transferable","id"?}}. */
    public CommandId token(Input input) {
        FlatBody body = tokenBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        RegisterTokenEncoder command = new RegisterTokenEncoder()
                .wrapAndApplyHeader(input.out.blank(RegisterTokenEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.token(body.token("code"))
                .scale((short) body.integer("scale", 0, Amounts.MAX_SCALE, 0))
                .transferable(bit(body.flag("transferable")));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/freeze}: {@code {"token"?,"account"?,"reason"?,"id"?}}. */
    public CommandId freeze(Input input) {
        return changeStatus(input, StatusChange.FREEZE);
    }

    /** {@code POST /wallets/{wallet_id}/unfreeze}; the body is the same. */
    public CommandId unfreeze(Input input) {
        return changeStatus(input, StatusChange.UNFREEZE);
    }

    /** {@code POST /wallets/{wallet_id}/close}; the body is the same. */
    public CommandId close(Input input) {
        return changeStatus(input, StatusChange.CLOSE);
    }

    private CommandId changeStatus(Input input, StatusChange change) {
        FlatBody body = statusBody.read(json, input.body, input.length);
        if (body.has(ACCOUNT) && !body.has(TOKEN)) {
            throw JsonBody.missing(TOKEN);
        }
        CommandId id = id(body, input);
        ChangeStatusEncoder command = new ChangeStatusEncoder()
                .wrapAndApplyHeader(input.out.blank(ChangeStatusEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        byte[] reason = body.shortText(REASON);
        command.wallet(input.wallet)
                .token(body.token(TOKEN))
                .account(account(body))
                .change(change);
        command.putReason(reason, 0, reason.length);
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/bounds}: {@code {"token","account"?,"floor","ceiling","id"?}}. */
    public CommandId bounds(Input input) {
        FlatBody body = boundsBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        int scale = scale(body);
        SetBoundsEncoder command =
                new SetBoundsEncoder().wrapAndApplyHeader(input.out.blank(SetBoundsEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.wallet(wallet(input, scale))
                .token(body.token(TOKEN))
                .account(account(body))
                .floor(body.amount("floor", scale, true, UNLIMITED_BELOW))
                .ceiling(body.amount("ceiling", scale, true, UNLIMITED));
        return end(input, id, command.encodedLength());
    }

    /**
     * {@code POST /fees}: {@code {"kind","payer","basis_points","minimum_units","maximum_units","revenue_wallet",
     * "id"?}}. A schedule serves every token, so its bounds are whole smallest units.
     */
    public CommandId fee(Input input) {
        FlatBody body = feeBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        SetFeeEncoder command =
                new SetFeeEncoder().wrapAndApplyHeader(input.out.blank(SetFeeEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.kind(body.word(
                        "kind", TransferKind.CREDIT, TransferKind.MARKETPLACE, TransferKind.TIP, TransferKind.SERVICE))
                .payer(body.word("payer", FeePayer.RECEIVER, FeePayer.SENDER))
                .basisPoints((int) body.integer("basis_points", 0, MAX_BASIS_POINTS, 0))
                .minimum(body.amount("minimum_units", 0, false, 0))
                .maximum(body.amount("maximum_units", 0, false, UNLIMITED))
                .revenueWallet(body.wallet("revenue_wallet"));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/parent}: {@code {"parent","id"?}}. */
    public CommandId parent(Input input) {
        FlatBody body = parentBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        SetParentEncoder command =
                new SetParentEncoder().wrapAndApplyHeader(input.out.blank(SetParentEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.wallet(input.wallet).parent(body.wallet("parent"));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/limits}: {@code {"token","account"?,"window","max_count","max_sum","id"?}}. */
    public CommandId limit(Input input) {
        FlatBody body = limitBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        int scale = scale(body);
        SetLimitEncoder command =
                new SetLimitEncoder().wrapAndApplyHeader(input.out.blank(SetLimitEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.wallet(wallet(input, scale))
                .token(body.token(TOKEN))
                .account(account(body))
                .window(body.word(
                        "window",
                        SpendingWindow.MINUTE,
                        SpendingWindow.HOUR,
                        SpendingWindow.DAY,
                        SpendingWindow.THIRTY_DAYS))
                .maxCount(body.integer("max_count", 0, Long.MAX_VALUE, UNLIMITED))
                .maxSum(body.amount("max_sum", scale, false, UNLIMITED));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/budgets}: {@code {"token","scope","per_call","per_day","per_month","id"?}}. */
    public CommandId budget(Input input) {
        FlatBody body = budgetBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        int scale = scale(body);
        SetBudgetEncoder command =
                new SetBudgetEncoder().wrapAndApplyHeader(input.out.blank(SetBudgetEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.wallet(wallet(input, scale))
                .token(body.token(TOKEN))
                .scope(body.word("scope", BudgetScope.OWN, BudgetScope.BELOW))
                .perCall(body.amount("per_call", scale, false, UNLIMITED))
                .perDay(body.amount("per_day", scale, false, UNLIMITED))
                .perMonth(body.amount("per_month", scale, false, UNLIMITED));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/counterparties}: {@code {"counterparty","id"?}}. */
    public CommandId allow(Input input) {
        FlatBody body = counterpartyBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        AllowCounterpartyEncoder command = new AllowCounterpartyEncoder()
                .wrapAndApplyHeader(input.out.blank(AllowCounterpartyEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.wallet(input.wallet).counterparty(body.wallet(COUNTERPARTY));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/counterparties/remove}; the body is the same. */
    public CommandId remove(Input input) {
        FlatBody body = counterpartyBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        RemoveCounterpartyEncoder command = new RemoveCounterpartyEncoder()
                .wrapAndApplyHeader(input.out.blank(RemoveCounterpartyEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        command.wallet(input.wallet).counterparty(body.wallet(COUNTERPARTY));
        return end(input, id, command.encodedLength());
    }

    /** {@code POST /wallets/{wallet_id}/kill-switch}: {@code {"on","reason"?,"id"?}}. */
    public CommandId killSwitch(Input input) {
        FlatBody body = killSwitchBody.read(json, input.body, input.length);
        CommandId id = id(body, input);
        KillSwitchEncoder command =
                new KillSwitchEncoder().wrapAndApplyHeader(input.out.blank(KillSwitchEncoder.BLOCK_LENGTH), 0, header);
        origin(command.id(), command.caller(), id, input);
        byte[] reason = body.shortText(REASON);
        command.wallet(input.wallet).on(bit(body.flag("on")));
        command.putReason(reason, 0, reason.length);
        return end(input, id, command.encodedLength());
    }

    /** Nothing moves, so an id may be left out; then only the client's care keeps the command from being sent twice. */
    private static CommandId id(FlatBody body, Input input) {
        CommandId id = CommandId.resolve(input.idHeader, body.id(), input.caller.wallet());
        return id == null ? CommandId.random() : id;
    }

    private int scale(FlatBody body) {
        return context.scaleOf(body.token(TOKEN));
    }

    /**
     * The wallet in the path, or one that there will never be when the token is not registered: then the ledger itself
     * answers and remembers "unknown token", whatever is registered meanwhile.
     */
    private long wallet(Input input, int scale) {
        return context.isKnown(scale) ? input.wallet : NOBODY;
    }

    private static int account(FlatBody body) {
        return (int) body.integer(ACCOUNT, 0, MAX_ACCOUNT, 0);
    }

    private static short bit(boolean set) {
        return (short) (set ? 1 : 0);
    }

    private static void origin(Id128Encoder idEncoder, CallerEncoder callerEncoder, CommandId id, Input input) {
        idEncoder.high(id.high()).low(id.low());
        callerEncoder.role(input.caller.role()).wallet(input.caller.wallet());
    }

    private static CommandId end(Input input, CommandId id, int bodyBytes) {
        input.out.length(MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes);
        return id;
    }
}
