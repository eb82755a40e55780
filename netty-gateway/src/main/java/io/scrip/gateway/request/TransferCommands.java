package io.scrip.gateway.request;

import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.TransferFields.Member;
import io.scrip.protocol.ExtendHoldEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.VoidHoldEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes what {@link TransferFields} has read as commands, alone or as items of a batch. Every method returns the
 * command's length with its header. One instance belongs to one thread.
 */
final class TransferCommands {
    /** No wallet has this number, and none ever will. */
    static final long NOBODY = -1;

    private final RequestContext context;
    private final TransferFields fields;
    private final MessageHeaderEncoder header;
    private final TransferEncoder transfer = new TransferEncoder();
    private final MultiTransferEncoder multi = new MultiTransferEncoder();
    private final PostHoldEncoder post = new PostHoldEncoder();
    private final VoidHoldEncoder voidHold = new VoidHoldEncoder();
    private final ExtendHoldEncoder extend = new ExtendHoldEncoder();

    TransferCommands(RequestContext context, TransferFields fields) {
        this.context = context;
        this.fields = fields;
        header = context.header;
    }

    /** A transfer, or a hold when there is a timeout. */
    int transfer(MutableDirectBuffer buffer, CommandId id, Viewer caller) {
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
                .applyBefore(fields.applyBeforeNs)
                .kind(fields.kind)
                .fromAccount(fields.fromAccount)
                .toAccount(fields.toAccount)
                .timeoutNs(fields.timeoutNs);
        transfer.flags().clear().dryRun(fields.dryRun).upTo(fields.upTo);
        Conditions conditions = fields.conditions;
        TransferEncoder.ConditionsEncoder group = transfer.conditionsCount(conditions.count());
        for (int i = 0; i < conditions.count(); i++) {
            group.next()
                    .side(Side.FROM)
                    .measure(conditions.measure(i))
                    .comparison(conditions.comparison(i))
                    .value(conditions.value(i, scale));
        }
        transfer.putReference(fields.referenceBytes(), 0, fields.referenceBytes().length);
        transfer.putMetadata(fields.metadata.bytes(), 0, fields.metadata.lengthBytes());
        if (fields.timeoutNs != 0 && known) {
            context.holds().placed(id, scale);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + transfer.encodedLength();
    }

    /** A transfer of several legs. */
    int multi(MutableDirectBuffer buffer, CommandId id, Viewer caller) {
        Legs legs = fields.legs;
        multi.wrapAndApplyHeader(CommandBuffer.blank(buffer, MultiTransferEncoder.BLOCK_LENGTH), 0, header);
        multi.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(multi.caller(), caller);
        multi.applyBefore(fields.applyBeforeNs);
        MultiTransferEncoder.LegsEncoder group = multi.legsCount(legs.count());
        for (int i = 0; i < legs.count(); i++) {
            int scale = context.scaleOf(legs.token[i]);
            long amount = AmountText.parse(Legs.name(i) + ".amount", legs.amount[i], scale, false);
            group.next()
                    .from(context.isKnown(scale) ? legs.from[i] : NOBODY)
                    .to(legs.to[i])
                    .token(legs.token[i])
                    .amount(amount)
                    .fromAccount(legs.fromAccount[i])
                    .toAccount(legs.toAccount[i]);
        }
        multi.putReference(fields.referenceBytes(), 0, fields.referenceBytes().length);
        multi.putMetadata(fields.metadata.bytes(), 0, fields.metadata.lengthBytes());
        return MessageHeaderEncoder.ENCODED_LENGTH + multi.encodedLength();
    }

    /**
     * A capture. A part of a hold that is not there is encoded in a way that can never be applied, so that the ledger
     * itself answers and remembers "unknown hold": should the hold be placed in this very moment, the amount might have
     * been read with a wrong scale.
     */
    int post(MutableDirectBuffer buffer, CommandId id, CommandId hold, Viewer caller) {
        long amount = 0;
        boolean known = true;
        if (fields.amount != null) {
            int scale = context.holds().scaleOf(hold, id);
            known = scale != TokenScales.UNKNOWN;
            amount = AmountText.parse(Member.AMOUNT.text(), fields.amount, scale, false);
        }
        post.wrapAndApplyHeader(CommandBuffer.blank(buffer, PostHoldEncoder.BLOCK_LENGTH), 0, header);
        post.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(post.caller(), caller);
        post.holdId().high(known ? hold.high() : 0).low(known ? hold.low() : 0);
        post.amount(amount).flags().clear().finalCapture(fields.isFinal);
        return MessageHeaderEncoder.ENCODED_LENGTH + post.encodedLength();
    }

    /** A void. */
    int voidHold(MutableDirectBuffer buffer, CommandId id, CommandId hold, Viewer caller) {
        voidHold.wrapAndApplyHeader(CommandBuffer.blank(buffer, VoidHoldEncoder.BLOCK_LENGTH), 0, header);
        voidHold.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(voidHold.caller(), caller);
        voidHold.holdId().high(hold.high()).low(hold.low());
        return MessageHeaderEncoder.ENCODED_LENGTH + voidHold.encodedLength();
    }

    /** An extension. */
    int extend(MutableDirectBuffer buffer, CommandId id, CommandId hold, Viewer caller) {
        extend.wrapAndApplyHeader(CommandBuffer.blank(buffer, ExtendHoldEncoder.BLOCK_LENGTH), 0, header);
        extend.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(extend.caller(), caller);
        extend.holdId().high(hold.high()).low(hold.low());
        extend.timeoutNs(fields.timeoutNs);
        return MessageHeaderEncoder.ENCODED_LENGTH + extend.encodedLength();
    }
}
