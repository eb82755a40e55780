package io.scrip.gateway.request;

import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.TransferFields.Member;
import io.scrip.gateway.request.TransferFields.Shape;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the bodies of requests and encodes them as commands. One instance belongs to one thread.
 *
 * <p>Every method throws {@link RequestFault} for what is malformed; then nothing of the command buffer is of use.
 */
public final class RequestReader {
    /** Most items of a batch. */
    public static final int MAX_BATCH_ITEMS = 8_190;

    private static final Shape ISSUE =
            new Shape(2, Member.TO, Member.AMOUNT, Member.ID, Member.REFERENCE, Member.METADATA, Member.TERMS);

    private final RequestContext context;
    private final JsonBody json;
    private final TransferFields fields = new TransferFields();
    private final OpenWalletBody openWalletBody;
    private final TransferRequests transfers;
    private final BatchRequests batches;
    private final MessageHeaderEncoder header;
    private final IssueEncoder issue = new IssueEncoder();
    private final OpenWalletEncoder openWallet = new OpenWalletEncoder();
    private final SettingRequests settings;

    public RequestReader(TokenScales scales) {
        context = new RequestContext(scales);
        json = context.json;
        header = context.header;
        openWalletBody = new OpenWalletBody(json);
        transfers = new TransferRequests(context, fields);
        batches = new BatchRequests(context, fields);
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

    /** Says what is known of the holds that the next body is about. */
    public void holds(HoldScales known) {
        context.holds(known);
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
        issue.to(known ? fields.to : TransferCommands.NOBODY).token(token).amount(amount);
        fields.terms.write(issue.terms());
        issue.putReference(fields.referenceBytes(), 0, fields.referenceBytes().length);
        issue.putMetadata(fields.metadata.bytes(), 0, fields.metadata.lengthBytes());
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + issue.encodedLength());
        return id;
    }

    /** {@code POST /transfers}. A dry run may come without an id: nothing of it is remembered. */
    public CommandId transfer(byte[] body, int length, String idHeader, Viewer caller, CommandBuffer out) {
        return transfers.transfer(body, length, idHeader, caller, out);
    }

    /** {@code POST /transfers/batch}: {@code {"items":[…]}}; returns how many items there are. */
    public int batch(byte[] body, int length, Viewer caller, CommandBuffer out) {
        return batches.batch(body, length, caller, out);
    }

    /** Readers of what else moves value. */
    public TransferRequests transfers() {
        return transfers;
    }
}
