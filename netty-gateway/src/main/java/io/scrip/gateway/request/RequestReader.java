package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.TransferFields.Member;
import io.scrip.gateway.request.TransferFields.Shape;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import tools.jackson.core.JsonToken;

/**
 * Reads the bodies of requests and encodes them as commands. One instance belongs to one thread.
 *
 * <p>Every method throws {@link RequestFault} for what is malformed; then nothing of the command buffer is of use.
 */
public final class RequestReader {
    /** Most items of a batch. */
    public static final int MAX_BATCH_ITEMS = 8_190;

    private static final int MAX_MESSAGE_BYTES = 2 << 20;
    private static final byte[] NO_BYTES = new byte[0];
    /** No wallet has this number, and none ever will. */
    private static final long NOBODY = -1;

    private static final String ITEMS = "items";

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
            Member.DRY_RUN);
    private static final Shape ITEM = new Shape(
            5,
            Member.ID,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.LINKED);
    private static final Shape ISSUE =
            new Shape(2, Member.TO, Member.AMOUNT, Member.ID, Member.REFERENCE, Member.METADATA, Member.TERMS);
    private static final FieldTable BATCH = FieldTable.of(ITEMS);

    private final RequestContext context;
    private final JsonBody json;
    private final TransferFields fields = new TransferFields();
    private final OpenWalletBody openWalletBody;
    private final ExpandableArrayBuffer item = new ExpandableArrayBuffer(4_096);
    private final MessageHeaderEncoder header;
    private final TransferEncoder transfer = new TransferEncoder();
    private final IssueEncoder issue = new IssueEncoder();
    private final BatchEncoder batch = new BatchEncoder();
    private final OpenWalletEncoder openWallet = new OpenWalletEncoder();
    private final SettingRequests settings;

    public RequestReader(TokenScales scales) {
        context = new RequestContext(scales);
        json = context.json;
        header = context.header;
        openWalletBody = new OpenWalletBody(json);
        settings = new SettingRequests(context);
    }

    /**
     * Thrown when a body names a token that is not in the table: the caller asks the ledger for its tokens, and reads
     * the body again with {@link #tokensAreFresh}. Without that, an amount in a token that has just been registered
     * could be taken with the wrong scale.
     */
    public static final class UnknownToken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownToken() {
            super("a token that is not in the table", null, false, false);
        }
    }

    /**
     * Says whether the table of tokens has just been compared with the ledger. Then a token that is not in it is
     * encoded in a way that can never be applied, so that the ledger itself answers and remembers "unknown token".
     */
    public void tokensAreFresh(boolean fresh) {
        context.tokensAreFresh(fresh);
    }

    /** Reads the requests that set something. */
    public SettingRequests settings() {
        return settings;
    }

    /** The hash under which the core will know the key of a wallet that is being opened. */
    public record KeyHash(long high, long low) {}

    /** {@code POST /wallets}: {@code {"owner","id"?}}. */
    public CommandId openWallet(
            byte[] body, int length, String idHeader, Viewer caller, KeyHash key, CommandBuffer out) {
        openWalletBody.read(body, length);
        CommandId id = CommandId.resolve(idHeader, openWalletBody.id(), caller.wallet());
        if (id == null) {
            id = CommandId.random();
        }
        openWallet.wrapAndApplyHeader(out.blank(OpenWalletEncoder.BLOCK_LENGTH), 0, header);
        openWallet.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(openWallet.caller(), caller);
        openWallet.keyHashHigh(key.high()).keyHashLow(key.low());
        byte[] owner = openWalletBody.owner().getBytes(StandardCharsets.UTF_8);
        openWallet.putOwner(owner, 0, owner.length);
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + openWallet.encodedLength());
        return id;
    }

    /** {@code POST /tokens/{code}/issue}: {@code {"to","amount","id"?,"reference"?,"metadata"?,"terms"?}}. */
    public CommandId issue(long token, byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        json.read(body, length, false, () -> {
            fields.read(json, ISSUE);
            return null;
        });
        CommandId id = CommandId.require(idHeader, fields.id, caller.wallet());
        int scale = context.scaleOf(token);
        long amount = AmountText.parse(Member.AMOUNT.text(), fields.amount, scale, false);
        boolean known = context.isKnown(scale);
        issue.wrapAndApplyHeader(out.blank(IssueEncoder.BLOCK_LENGTH), 0, header);
        issue.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(issue.caller(), caller);
        issue.to(known ? fields.to : NOBODY).token(token).amount(amount);
        fields.terms.write(issue.terms());
        issue.putReference(referenceBytes(), 0, referenceBytes().length);
        issue.putMetadata(fields.metadata.bytes(), 0, fields.metadata.lengthBytes());
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + issue.encodedLength());
        return id;
    }

    /** {@code POST /transfers}. A dry run may come without an id: nothing of it is remembered. */
    public CommandId transfer(byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        json.read(body, length, false, () -> {
            fields.read(json, TRANSFER);
            return null;
        });
        CommandId id = CommandId.resolve(idHeader, fields.id, caller.wallet());
        if (id == null) {
            id = fields.dryRun ? CommandId.random() : CommandId.require(null, null, caller.wallet());
        }
        out.length(encodeTransfer(out.buffer(), id, caller));
        return id;
    }

    /** {@code POST /transfers/batch}: {@code {"items":[…]}}; returns how many items there are. */
    public int batch(byte[] body, int length, Viewer caller, CommandBuffer out) {
        return json.read(body, length, true, () -> {
            long seen = 0;
            int count = 0;
            while (json.nextField(BATCH, seen) != JsonBody.END) {
                seen = 1;
                count = encodeItems(caller, out);
            }
            if (seen == 0) {
                throw JsonBody.missing(ITEMS);
            }
            return count;
        });
    }

    private int encodeItems(Viewer caller, CommandBuffer out) {
        if (json.next() != JsonToken.START_ARRAY) {
            throw JsonBody.wrongType(ITEMS, "a list");
        }
        batch.wrapAndApplyHeader(out.blank(BatchEncoder.BLOCK_LENGTH), 0, header);
        batch.id().high(0).low(0);
        RequestContext.writeCaller(batch.caller(), caller);
        BatchEncoder.ItemsEncoder items = batch.itemsCount(MAX_BATCH_ITEMS);
        int count = 0;
        boolean chainOpen = false;
        for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
            if (token != JsonToken.START_OBJECT) {
                throw JsonBody.wrongType(itemName(count), "an object");
            }
            if (count == MAX_BATCH_ITEMS) {
                throw new RequestFault(ProblemKind.INVALID_VALUE, ITEMS, "A batch has at most 8,190 items.");
            }
            chainOpen = encodeItem(items, count, caller);
            count++;
        }
        if (count == 0) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, ITEMS, "A batch has at least one item.");
        }
        if (chainOpen) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, itemName(count - 1) + ".linked", "The last item is linked to nothing.");
        }
        items.resetCountToIndex();
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + batch.encodedLength());
        if (out.length() > MAX_MESSAGE_BYTES) {
            throw new RequestFault(ProblemKind.BODY_TOO_LARGE, ITEMS, "The batch exceeds 2 MiB.");
        }
        return count;
    }

    private boolean encodeItem(BatchEncoder.ItemsEncoder items, int index, Viewer caller) {
        try {
            fields.read(json, ITEM);
            CommandId id = CommandId.of(fields.id, caller.wallet());
            int itemBytes = encodeTransfer(item, id, caller);
            items.next().flags().clear().linked(fields.linked);
            items.putCommand(item, 0, itemBytes);
            return fields.linked;
        } catch (RequestFault fault) {
            throw fault.inside(itemName(index));
        }
    }

    private int encodeTransfer(MutableDirectBuffer buffer, CommandId id, Viewer caller) {
        int scale = context.scaleOf(fields.token);
        long amount = AmountText.parse(Member.AMOUNT.text(), fields.amount, scale, false);
        boolean known = context.isKnown(scale);
        transfer.wrapAndApplyHeader(CommandBuffer.blank(buffer, TransferEncoder.BLOCK_LENGTH), 0, header);
        transfer.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(transfer.caller(), caller);
        transfer.from(known ? fields.from : NOBODY)
                .to(fields.to)
                .token(fields.token)
                .amount(amount)
                .applyBefore(fields.applyBeforeNs);
        transfer.flags().clear().dryRun(fields.dryRun);
        Conditions conditions = fields.conditions;
        TransferEncoder.ConditionsEncoder group = transfer.conditionsCount(conditions.count());
        for (int i = 0; i < conditions.count(); i++) {
            group.next()
                    .side(Side.FROM)
                    .measure(conditions.measure(i))
                    .comparison(conditions.comparison(i))
                    .value(conditions.value(i, scale));
        }
        transfer.putReference(referenceBytes(), 0, referenceBytes().length);
        transfer.putMetadata(fields.metadata.bytes(), 0, fields.metadata.lengthBytes());
        return MessageHeaderEncoder.ENCODED_LENGTH + transfer.encodedLength();
    }

    private byte[] referenceBytes() {
        return fields.reference == null ? NO_BYTES : fields.reference;
    }

    private static String itemName(int index) {
        return ITEMS + "[" + index + "]";
    }
}
